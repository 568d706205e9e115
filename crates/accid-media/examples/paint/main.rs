//! Paints the pictures of the demo *Yacht Adventures*: layered prints in one palette, made of nothing but
//! arithmetic, so that their origin and licence are beyond doubt. The same program paints the same pictures.
//!
//! `cargo run --release -p accid-media --example paint -- crates/accid-studio/demo/media [NAME…]`

mod chart;
mod coasts;
mod layer;
mod nature;
mod noise;
mod palette;
mod scenes;
mod shapes;
mod swell;
mod yacht;

use std::{error::Error, path::PathBuf};

use accid_base::{SystemVfs, Vfs as _};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use layer::Layer;

/// A picture: its name and what paints it.
type Picture = (&'static str, fn() -> Layer);

const PICTURES: &[Picture] = &[
    ("golden-hour", scenes::golden_hour::paint),
    ("trade-winds", scenes::trade_winds::paint),
    ("tobago-cays", scenes::tobago_cays::paint),
    ("admiralty-bay", scenes::admiralty_bay::paint),
    ("pitons", scenes::pitons::paint),
    ("night-watch", scenes::night_watch::paint),
    ("squall", scenes::squall::paint),
    ("under-the-keel", scenes::under_the_keel::paint),
    ("sail-plan", scenes::sail_plan::paint),
    ("windward-islands", chart::paint),
];

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("name the folder to paint into")?);
    let names: Vec<_> = arguments.collect();
    SystemVfs.create_folders(&folder)?;
    for (name, paint) in
        PICTURES.iter().filter(|(name, _)| names.is_empty() || names.iter().any(|one| one == name))
    {
        let picture = paint().on_paper();
        let (width, height) = (u16::try_from(picture.width)?, u16::try_from(picture.height)?);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 82);
        encoder.set_sampling_factor(SamplingFactor::F_2_2);
        encoder.set_progressive(true);
        encoder.set_optimized_huffman_tables(true);
        encoder.encode(&picture.to_bytes(), width, height, ColorType::Rgb)?;
        SystemVfs.write(&folder.join(format!("{name}.jpg")), &bytes)?;
        println!("{name}.jpg  {width} × {height}  {} KB", bytes.len() / 1024);
    }
    Ok(())
}
