//! Progress bars, on a terminal only, and waiting for a job of the API.

use std::{io::IsTerminal, thread, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::Value;

use crate::{
    client::{ApiClient, segment},
    failure::Failure,
    output::{Format, text},
};

/// How often a job is asked how far it is.
const PAUSE: Duration = Duration::from_millis(80);

/// Whether progress is shown.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    shown: bool,
}

/// One bar, or nothing when progress is not shown.
pub struct Bar(Option<ProgressBar>);

impl Progress {
    /// Shown when a person looks: sentences are wanted and the error stream is a terminal.
    pub fn new(format: Format) -> Self {
        Self { shown: format == Format::Sentences && std::io::stderr().is_terminal() }
    }

    /// A bar with that title.
    pub fn bar(self, title: &'static str) -> Bar {
        let style = ProgressStyle::with_template("{prefix} [{bar:30}] {pos}/{len} {wide_msg}");
        Bar(self.shown.then(|| {
            let bar = ProgressBar::new(0).with_prefix(title);
            if let Ok(style) = style { bar.with_style(style.progress_chars("=> ")) } else { bar }
        }))
    }

    /// Starts work that the API does as a job, waits for its end, and gives its result.
    ///
    /// # Errors
    /// When it cannot be started, or ends with a problem.
    pub fn job(
        self,
        client: &dyn ApiClient,
        path: &str,
        body: Value,
        title: &'static str,
    ) -> Result<Value, Failure> {
        if !self.shown {
            return client.post(&format!("{path}?wait=true"), body);
        }
        let started = client.post(path, body)?;
        let Some(id) = started["id"].as_str() else {
            return Ok(started);
        };
        let bar = self.bar(title);
        let address = format!("/api/v1/jobs/{}", segment(id));
        loop {
            let mut job = client.get(&address)?;
            bar.at(
                job["done"].as_u64().unwrap_or(0),
                job["total"].as_u64().unwrap_or(0),
                text(&job, "message"),
            );
            match text(&job, "state") {
                "running" => thread::sleep(PAUSE),
                "done" => {
                    bar.finish();
                    return Ok(job["result"].take());
                }
                _ => {
                    bar.finish();
                    return Err(failed(&job));
                }
            }
        }
    }
}

fn failed(job: &Value) -> Failure {
    match &job["problem"] {
        Value::String(sentence) => Failure::new(sentence.clone()),
        Value::Null => Failure::new("The work was cancelled."),
        problem => Failure::of_problem(problem),
    }
}

impl Bar {
    /// Shows how far it is.
    pub fn at(&self, done: u64, total: u64, message: &str) {
        if let Some(bar) = &self.0 {
            bar.set_length(total);
            bar.set_position(done);
            bar.set_message(message.to_owned());
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}
