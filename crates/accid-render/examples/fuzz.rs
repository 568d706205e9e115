//! Writes generated pages full of hostile text into a folder, for HTML checkers:
//! `cargo run -p accid-render --example fuzz -- FOLDER [HOW MANY]`.
#![expect(clippy::disallowed_methods, reason = "a tool for the people who work on the renderer")]

#[path = "../tests/common/mod.rs"]
mod common;

use accid_render::Mode;
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder to write to")?;
    let count: usize = std::env::args().nth(2).map_or(Ok(200), |count| count.parse())?;
    std::fs::create_dir_all(&folder)?;
    let mut runner = TestRunner::deterministic();
    for index in 0..count {
        let page = common::pages().new_tree(&mut runner).map_err(|reason| reason.to_string())?.current();
        let html = common::site_of(&page).render_page(&page, &Mode::Export).html;
        std::fs::write(format!("{folder}/{index:03}.html"), html)?;
    }
    Ok(())
}
