//! What machine this is: figures mean nothing without it.

use std::fs;

use crate::tree;

fn field(path: &str, name: &str) -> String {
    let text = fs::read_to_string(path).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with(name));
    line.and_then(|line| line.split_once(':')).map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
}

/// One sentence: processor, memory, system, compiler.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory =
        field("/proc/meminfo", "MemTotal").trim_end_matches(" kB").parse().unwrap_or(0_u64) / 1_000_000;
    let kernel = tree::output("uname", &["-sr"]).unwrap_or_default();
    let compiler = tree::output("rustc", &["--version"]).unwrap_or_default();
    format!(
        "Machine: {} ({cores} cores), {memory} GB of memory, {}, {}.",
        field("/proc/cpuinfo", "model name"),
        kernel.trim(),
        compiler.trim()
    )
}

/// Resident memory of a process in megabytes, 0 where `/proc` does not say.
pub fn resident_megabytes(process: u32) -> f64 {
    let text = field(&format!("/proc/{process}/status"), "VmRSS");
    text.trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1e3
}
