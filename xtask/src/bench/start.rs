//! From exec to the first healthy answer, and the memory of a studio that has nothing to do.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::Child,
    thread,
    time::{Duration, Instant},
};

use accid_test::Sandbox;

use super::{Row, machine, milliseconds, percentile};

/// Starts with 20 projects, and with a fresh demo.
pub fn measure(sandbox: &Sandbox) -> Vec<Row> {
    for number in 1..=20 {
        sandbox.run(&["new", &format!("Project {number}"), "--type", "html"]).good();
    }
    let mut times: Vec<f64> = (0..10)
        .map(|_| {
            let (time, mut child) = start(sandbox, &["up"], "/api/health", "\"ok\"");
            end(&mut child);
            time
        })
        .collect();
    let slowest = times.iter().copied().fold(0.0, f64::max);
    let median = percentile(&mut times, 0.5);
    let (_, mut child) = start(sandbox, &["up"], "/api/projects", "\"total\":20");
    // Nothing happens in these two seconds, which is the point.
    thread::sleep(Duration::from_secs(2));
    let memory = machine::resident_megabytes(child.id());
    end(&mut child);

    let mut demos = Vec::new();
    for number in 0..5 {
        let data = sandbox.text(&format!("demo-{number}"));
        let words = ["up", "--demo", "--data", &data];
        let (time, mut child) = start(sandbox, &words, "/api/projects", "yacht-adventures");
        end(&mut child);
        demos.push(time);
    }
    vec![
        Row::within("exec to first healthy answer, 20 projects (median of 10)", median, 150.0, "ms"),
        Row::within("the same, slowest of 10", slowest, 150.0, "ms"),
        Row::within(
            "exec to the demo being listed, fresh data (median of 5)",
            percentile(&mut demos, 0.5),
            150.0,
            "ms",
        ),
        Row::within("memory when idle, 20 projects", memory, 40.0, "MB"),
    ]
}

/// Starts the program and asks until the answer holds the text; the time in milliseconds from before exec.
fn start(sandbox: &Sandbox, words: &[&str], path: &str, wanted: &str) -> (f64, Child) {
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).map_or(0, |it| it.port());
    let words: Vec<String> =
        words.iter().map(|&word| word.to_owned()).chain(["--port".to_owned(), port.to_string()]).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut command = sandbox.command(&words);
    command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    let begun = Instant::now();
    let Ok(child) = command.spawn() else { end_of_program() };
    while begun.elapsed() < Duration::from_secs(20) {
        if ask(port, path).is_some_and(|answer| answer.contains(wanted)) {
            return (milliseconds(begun.elapsed()), child);
        }
    }
    (f64::NAN, child)
}

fn ask(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    answer.starts_with("HTTP/1.1 200").then_some(answer)
}

fn end(child: &mut Child) {
    drop(child.kill());
    drop(child.wait());
}

fn end_of_program() -> ! {
    eprintln!("The program could not be started.");
    std::process::exit(1)
}
