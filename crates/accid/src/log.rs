//! The log: lines on the standard output, and the last of them in the book that the studio shows. Must not know what is
//! said.

use std::{fmt, fmt::Write as _, io::IsTerminal, sync::Arc};

use accid_base::Clock as _;
use accid_studio::LogBook;
use tracing::{Event, Subscriber, field::Field};
use tracing_subscriber::{
    EnvFilter, Layer,
    layer::{Context, SubscriberExt as _},
    util::SubscriberInitExt as _,
};

use crate::failure::Failure;

/// Begins to log, and gives the book of the last lines.
///
/// # Errors
/// When the filter cannot be read.
pub fn start(filter: &str) -> Result<Arc<LogBook>, Failure> {
    let book = Arc::new(LogBook::default());
    let scribe = Scribe(Arc::clone(&book));
    let filter = EnvFilter::builder().parse(filter).map_err(|error| {
        Failure::new(format!(
            "\"{filter}\" does not say how much to log. {error}. Use error, warn, info or debug."
        ))
    })?;
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stdout).with_target(false);
    if std::io::stdout().is_terminal() {
        log.compact().finish().with(scribe).init();
    } else {
        log.json()
            .flatten_event(true)
            .with_current_span(false)
            .with_span_list(false)
            .finish()
            .with(scribe)
            .init();
    }
    Ok(book)
}

/// Writes what is said into the book.
struct Scribe(Arc<LogBook>);

impl<S: Subscriber> Layer<S> for Scribe {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words::default();
        event.record(&mut words);
        let at = accid_base::SystemClock.now();
        self.0.write(at, event.metadata().level().as_str(), &words.message, words.details.trim_end());
    }
}

#[derive(Default)]
struct Words {
    message: String,
    details: String,
}

impl tracing::field::Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        // Writing into a text does not fail.
        let _ = match field.name() {
            "message" => write!(self.message, "{value:?}"),
            name => write!(self.details, "{name}={value:?} "),
        };
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let _ = match field.name() {
            "message" => write!(self.message, "{value}"),
            name => write!(self.details, "{name}={value} "),
        };
    }
}
