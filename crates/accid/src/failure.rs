//! Why a command could not do what it was asked: one plain sentence for the person who typed it.

use std::fmt;

use accid_base::Explain;
use serde_json::Value;

/// A plain sentence, or a few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// Says that.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// Says what a floor below says.
    pub fn explain(error: &dyn Explain) -> Self {
        Self(error.problem().sentence())
    }

    /// Says what an `application/problem+json` says, with each value that is not acceptable on its own line.
    pub fn of_problem(problem: &Value) -> Self {
        let text = |key: &str| problem[key].as_str().filter(|text| !text.is_empty());
        let mut sentence = text("error")
            .or_else(|| text("detail"))
            .or_else(|| text("title"))
            .unwrap_or(
                "ACCID answered something that this command does not understand. Are both of one version?",
            )
            .to_owned();
        for error in problem["errors"].as_array().into_iter().flatten() {
            let pointer = error["pointer"].as_str().unwrap_or_default().trim_start_matches('/');
            let message = error["message"].as_str().unwrap_or_default();
            if !sentence.contains(message) {
                sentence.push_str(&if pointer.is_empty() {
                    format!("\n  {message}")
                } else {
                    format!("\n  {pointer}: {message}")
                });
            }
        }
        Self(sentence)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_value_that_is_not_acceptable_is_named() {
        let problem = json!({
            "error": "The project cannot be made.",
            "errors": [{"pointer": "/name", "message": "A name has a letter."}],
        });
        assert_eq!(
            Failure::of_problem(&problem).to_string(),
            "The project cannot be made.\n  name: A name has a letter."
        );
    }
}
