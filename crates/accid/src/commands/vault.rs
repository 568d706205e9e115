//! `accid vault pair|pairings|unpair`: tools of other processes or machines that hand their projects to this Vault.

use serde_json::json;

use crate::{
    client::{ApiClient, Body, Method, segment},
    failure::Failure,
    output::{Report, text},
};

const AT: &str = "/api/v1/vault/pairings";

/// Pairs a tool and prints its token, this once.
pub fn pair(client: &dyn ApiClient, name: &str) -> Result<Report, Failure> {
    let paired = client.post(AT, json!({"name": name}))?;
    let sentence = format!(
        "Paired \"{}\". This is its token; it is shown this once:\n\n  {}\n\nStart the tool with: accid builder \
         --vault URL --vault-token-stdin\nwhere URL is the address of this Vault. For tools of other machines start \
         the Vault with --host 0.0.0.0.",
        text(&paired["pairing"], "name"),
        text(&paired, "token")
    );
    Ok(Report::new(sentence, paired))
}

/// Lists the tools.
pub fn pairings(client: &dyn ApiClient) -> Result<Report, Failure> {
    let pairings = client.list(AT)?;
    let line = |pairing: &serde_json::Value| {
        let state = if pairing["present"] == true { "there now" } else { "away" };
        let projects = pairing["projects"].as_u64().unwrap_or(0);
        format!("{}  {}  {state}, {projects} projects", text(pairing, "id"), text(pairing, "name"))
    };
    let sentence = if pairings.is_empty() {
        "No tool is paired with this Vault. Pair one with: accid vault pair NAME".to_owned()
    } else {
        pairings.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Ok(Report::new(sentence, json!(pairings)))
}

/// Ends a pairing.
pub fn unpair(client: &dyn ApiClient, pairing: &str) -> Result<Report, Failure> {
    let removed = client.call(Method::Delete, &format!("{AT}/{}", segment(pairing)), Body::Empty)?;
    Ok(Report::new("The pairing is ended; what the tool handed over stays.".to_owned(), removed))
}
