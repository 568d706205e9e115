//! What is done by itself: backups, thinning out behind them, and restore drills, when they are due.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use jiff::Timestamp;

use super::settings::{BackupFile, BackupSchedule};
use crate::Inner;

/// How often it is looked whether something is due.
const PAUSE: Duration = Duration::from_secs(5 * 60);
/// How long after one that failed the next is tried, in seconds.
const AGAIN: i64 = 60 * 60;

/// Starts the thread; it ends with the studio.
pub(crate) fn start(inner: Weak<Inner>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            match inner.upgrade() {
                Some(inner) => round(&inner),
                None => return,
            }
        }
    });
}

/// What is due now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    Nothing,
    Backup,
    Drill,
}

fn is_due(
    schedule: BackupSchedule,
    good: Option<Timestamp>,
    tried: Option<Timestamp>,
    now: Timestamp,
) -> bool {
    let Some(pause) = schedule.seconds() else { return false };
    let since = |at: Option<Timestamp>| at.map_or(i64::MAX, |at| now.duration_since(at).as_secs());
    since(good) >= pause && since(tried) >= AGAIN.min(pause)
}

pub(crate) fn due(file: &BackupFile, now: Timestamp) -> Due {
    let Some(place) = &file.place else { return Due::Nothing };
    let run = |run: &Option<super::BackupRun>| run.as_ref().map(|run| run.at);
    let drill = |run: &Option<super::DrillRun>| run.as_ref().map(|run| run.at);
    if is_due(place.schedule, run(&file.last_good), run(&file.last), now) {
        Due::Backup
    } else if file.last_good.is_some()
        && is_due(place.drill, drill(&file.last_good_drill), drill(&file.last_drill), now)
    {
        Due::Drill
    } else {
        Due::Nothing
    }
}

/// One look, and what follows from it. Failures are noted where people see them.
pub(crate) fn round(inner: &Arc<Inner>) {
    let Ok(file) = inner.backup_keeper().read() else { return };
    let Some(place) = &file.place else { return };
    match due(&file, inner.clock.now()) {
        Due::Nothing => {}
        Due::Backup => drop(inner.start_job("backup", place.id.clone(), |inner, progress| {
            let run = inner.back_up("accid", progress)?;
            inner.thin_out_backups(progress)?;
            Ok(serde_json::json!(run))
        })),
        Due::Drill => drop(inner.start_job("restore-drill", place.id.clone(), |inner, progress| {
            Ok(serde_json::json!(inner.restore_drill(progress)?))
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backups::settings::{BackupRun, Kept};

    fn file(schedule: BackupSchedule, good: Option<&str>, tried: Option<&str>) -> BackupFile {
        let run =
            |at: Option<&str>| at.map(|at| BackupRun { at: at.parse().unwrap(), ..BackupRun::default() });
        let place = Kept {
            id: "019ca8b4-2d80-7000-8000-000000000002".parse().unwrap(),
            url: "file:///b".to_owned(),
            schedule,
            drill: BackupSchedule::Monthly,
            keep: Default::default(),
            pin: None,
        };
        let (last_good, last) = (run(good), run(tried));
        BackupFile { place: Some(place), last_good, last, ..BackupFile::default() }
    }

    #[test]
    fn a_backup_is_due_when_the_last_good_one_is_old_and_a_failed_one_is_not_tried_at_once_again() {
        let now: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
        let due_of = |schedule, good, tried| due(&file(schedule, good, tried), now);
        let (yesterday, today, just) =
            (Some("2026-03-09T11:59:00Z"), Some("2026-03-10T09:00:00Z"), Some("2026-03-10T11:50:00Z"));
        assert_eq!(due_of(BackupSchedule::Daily, None, None), Due::Backup);
        assert_eq!(due_of(BackupSchedule::Daily, yesterday, yesterday), Due::Backup);
        assert_eq!(due_of(BackupSchedule::Daily, yesterday, today), Due::Backup);
        assert_eq!(due_of(BackupSchedule::Daily, yesterday, just), Due::Drill);
        assert_eq!(due_of(BackupSchedule::Daily, today, today), Due::Drill);
        assert_eq!(due_of(BackupSchedule::Hourly, today, today), Due::Backup);
        assert_eq!(due_of(BackupSchedule::Never, None, None), Due::Nothing);
    }
}
