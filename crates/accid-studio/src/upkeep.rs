//! Upkeep: thinning out old versions by the owner's retention, now and then and out of the way.

use std::{sync::Weak, time::Duration};

use crate::Inner;

/// How long after the start, and how long between two rounds. Nothing younger than a day is ever thinned out, so
/// there is no hurry.
const PAUSE: Duration = Duration::from_secs(4 * 60 * 60);

/// Starts the thread; it ends with the studio.
pub(crate) fn start(inner: Weak<Inner>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            match inner.upgrade() {
                Some(inner) => thin_out(&inner),
                None => return,
            }
        }
    });
}

/// Thins out the versions of every project.
pub(crate) fn thin_out(inner: &Inner) {
    let (settings, _) = inner.store.read_settings();
    for entry in inner.store.projects() {
        let id =
            entry.blotter.as_ref().and_then(|blotter| blotter.get("id")).and_then(serde_json::Value::as_str);
        let Some(Ok(project)) = id.map(|id| inner.store.project(id)) else { continue };
        if inner.waiting_of(&project) > 0 {
            // The Vault gets every version before any is thinned out.
            continue;
        }
        match project.compact(&settings.retention) {
            Ok(done) if done.after_bytes < done.before_bytes => {
                tracing::info!(project_id = %project.id(), before = done.before_bytes, after = done.after_bytes, "ledger_compacted");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(project_id = %project.id(), %error, "ledger_not_compacted"),
        }
    }
}
