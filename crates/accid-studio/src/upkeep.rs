//! Upkeep: thinning out old versions by the owner's retention, and emptying what is old in the trash, now and then and
//! out of the way.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use crate::{Inner, Trash};

/// How long after the start, and how long between two rounds. Nothing younger than a day is ever thinned out, so
/// there is no hurry.
const PAUSE: Duration = Duration::from_secs(4 * 60 * 60);

/// Starts the thread; it ends with the studio.
pub(crate) fn start(inner: Weak<Inner>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            match inner.upgrade() {
                Some(inner) => {
                    purge(&inner);
                    thin_out(&inner);
                }
                None => return,
            }
        }
    });
}

/// Removes for good what has been in the trash for long.
pub(crate) fn purge(inner: &Arc<Inner>) {
    let purged = accid_access::Caller::System
        .permit()
        .map_err(crate::explain)
        .and_then(|may| Trash(inner).purge_old(&may));
    match purged.map(|purged| purged.removed) {
        Ok(0) => {}
        Ok(removed) => tracing::info!(removed, "trash_purged"),
        Err(problem) => tracing::warn!(%problem, "trash_not_purged"),
    }
}

/// Thins out the versions of every project.
pub(crate) fn thin_out(inner: &Inner) {
    for entry in inner.store.projects() {
        let id =
            entry.blotter.as_ref().and_then(|blotter| blotter.get("id")).and_then(serde_json::Value::as_str);
        let Some(Ok(project)) = id.map(|id| inner.store.project(id)) else { continue };
        if inner.waiting_of(&project) > 0 {
            // The Vault gets every version before any is thinned out.
            continue;
        }
        let rules = inner.retention_of(&project);
        match project
            .is_thin(&rules)
            .and_then(|thin| if thin { Ok(None) } else { project.compact(&rules).map(Some) })
        {
            Ok(Some(done)) if done.after_bytes < done.before_bytes => {
                if let Err(problem) = inner.free_originals(&project) {
                    tracing::warn!(project_id = %project.id(), %problem, "originals_not_freed");
                }
                tracing::info!(project_id = %project.id(), before = done.before_bytes, after = done.after_bytes, "ledger_compacted");
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(project_id = %project.id(), %error, "ledger_not_compacted"),
        }
    }
}
