//! The studio in a headless Chromium, on a page of 200 modules: what `web/bench/studio.mjs` measures.

use std::process::{Command, Stdio};

use accid_test::Sandbox;
use serde_json::Value;

use super::Row;
use crate::tree;

/// One figure as the script prints it: with a number and a limit when something is promised, else as text.
fn row(figure: &Value) -> Option<Row> {
    let what = figure["what"].as_str()?;
    match (figure["measured"].as_f64(), figure["limit"].as_f64()) {
        (Some(measured), Some(limit)) => Some(Row::within(what, measured, limit, figure["unit"].as_str()?)),
        _ => Some(Row::known(what, figure["text"].as_str()?.to_owned())),
    }
}

/// Opens, types, drags and scrolls. Says so in one line where there is no Node.js or no Chromium.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    let server = sandbox.start(&["up", "--demo"]);
    let output = Command::new("node")
        .arg("web/bench/studio.mjs")
        .env("ACCID_URL", server.url())
        .current_dir(tree::root())
        .stderr(Stdio::inherit())
        .output();
    let figures = match output {
        Ok(output) if output.status.success() => read(&String::from_utf8_lossy(&output.stdout)),
        Ok(output) => Err(format!("web/bench/studio.mjs ended with {}", output.status)),
        Err(error) => Err(format!("node cannot be started: {error}")),
    };
    figures.unwrap_or_else(|problem| {
        vec![Row::known("the studio in a browser", format!("not measured: {problem}"))]
    })
}

/// The figures that a script printed.
pub(super) fn read(text: &str) -> Result<Vec<Row>, String> {
    let figures: Vec<Value> =
        serde_json::from_str(text).map_err(|error| format!("its figures are not readable: {error}"))?;
    let rows: Option<Vec<Row>> = figures.iter().map(row).collect();
    rows.ok_or_else(|| "a figure has neither a limit nor a text".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_of_the_browser_become_lines_of_the_table() {
        let rows = read(
            r#"[{"what":"open","measured":310.5,"limit":300,"unit":"ms"},{"what":"slowest","text":"400 ms"}]"#,
        )
        .unwrap();
        let lines: Vec<String> = rows.iter().map(Row::line).collect();
        assert_eq!(lines, ["| open | 310 ms | ≤ 300 ms | **no** |", "| slowest | 400 ms |  |  |"]);
        assert!(read("{}").is_err());
        assert!(read(r#"[{"what":"open"}]"#).is_err());
    }
}
