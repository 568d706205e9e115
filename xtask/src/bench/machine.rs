//! What machine this is: figures mean nothing without it.

use std::{fs, time::Duration};

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

/// Ticks of the processor's clock in a second, as `/proc` counts them on every Linux there is.
const TICKS: u64 = 100;

/// Processor time of a process and of those it started and waited for, and the most memory it ever held in bytes; none
/// when it is gone, or where there is no `/proc`.
pub fn spent_by(process: u32) -> Option<(Duration, f64)> {
    let cpu = spent(&fs::read_to_string(format!("/proc/{process}/stat")).ok()?, 4)?;
    let most = field(&format!("/proc/{process}/status"), "VmHWM");
    Some((cpu, most.trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) * 1e3))
}

/// Processor time of this process.
pub fn own_cpu() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    spent(&text, 2).unwrap_or_default()
}

/// Processor time of all programs this one has started and waited for, and of those they waited for.
pub fn childrens_cpu() -> Duration {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    spent(&text, 4).unwrap_or_default().saturating_sub(spent(&text, 2).unwrap_or_default())
}

/// The sum of the first `fields` of utime, stime, cutime and cstime (proc_pid_stat(5)).
fn spent(text: &str, fields: usize) -> Option<Duration> {
    // The name stands in brackets and may hold blanks.
    let behind = text.rsplit_once(')')?.1;
    let ticks = behind.split_whitespace().skip(11).take(fields).filter_map(|part| part.parse::<u64>().ok());
    Some(Duration::from_millis(ticks.sum::<u64>() * 1_000 / TICKS))
}
