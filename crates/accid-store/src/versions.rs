//! What people see of the history: versions made of changes, and which of them are kept. Must not touch the disk.

use std::collections::BTreeSet;

use accid_base::{Id, RelativePath};
use accid_model::Retention;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::ledger::{Index, Keep, KeptKind, KeptVersion, Record, RecordKind};

/// Changes nearer to each other than this are one version.
const APART: SignedDuration = SignedDuration::from_mins(5);

/// Changes younger than this are never thinned out.
const UNTOUCHED: SignedDuration = SignedDuration::from_hours(24);

/// Where a version comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionKind {
    /// Made by saves.
    Automatic,
    /// Named by a person.
    Named,
    /// Made by another program that wrote the files.
    Outside,
}

impl VersionKind {
    /// The kind as written in answers: `automatic`, `named`, `outside`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Named => "named",
            Self::Outside => "outside",
        }
    }
}

/// A state of a project that a person can go back to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its id: that of its last change. It always means the state right after that change.
    pub id: Id,
    /// When its last change was made.
    pub at: Timestamp,
    /// When its first change was made.
    pub started_at: Timestamp,
    /// Who made the last change.
    pub author: String,
    /// What was done, or the name a person gave.
    pub message: String,
    /// Where it comes from.
    pub kind: VersionKind,
    /// How many changes it is made of.
    pub changes: usize,
    /// The objects it touched.
    pub paths: Vec<RelativePath>,
}

/// Records that are one version.
pub(crate) struct Group {
    first: usize,
    pub last: usize,
    pub kind: VersionKind,
    changes: usize,
    started: Timestamp,
    /// Whether a following record may still join.
    open: bool,
}

fn kind_of(kept: &KeptVersion) -> VersionKind {
    match kept.kind {
        KeptKind::Automatic => VersionKind::Automatic,
        KeptKind::Named => VersionKind::Named,
        KeptKind::Outside => VersionKind::Outside,
    }
}

fn single(place: usize, record: &Record, kind: VersionKind, open: bool) -> Group {
    Group { first: place, last: place, kind, changes: 1, started: record.at, open }
}

/// Groups the records into versions, oldest first.
pub(crate) fn groups(index: &Index) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, record) in index.records.iter().enumerate() {
        let near =
            |group: &Group| group.open && record.at.duration_since(index.records[group.last].at) < APART;
        let joins = |kind| move |group: &&mut Group| near(group) && group.kind == kind;
        if let Some(kept) = &record.version {
            let started = Timestamp::from_millisecond(kept.started).unwrap_or(record.at);
            let group = single(place, record, kind_of(kept), false);
            groups.push(Group { changes: kept.changes, started, ..group });
            continue;
        }
        match record.kind {
            RecordKind::Change | RecordKind::Outside => {
                let outside = record.kind == RecordKind::Outside;
                let kind = if outside { VersionKind::Outside } else { VersionKind::Automatic };
                match groups.last_mut().filter(joins(kind)) {
                    Some(group) => {
                        group.last = place;
                        group.changes += 1;
                    }
                    None => groups.push(single(place, record, kind, true)),
                }
            }
            RecordKind::Restore => groups.push(single(place, record, VersionKind::Automatic, false)),
            RecordKind::Snapshot => match groups.last_mut().filter(joins(VersionKind::Automatic)) {
                Some(group) => {
                    group.last = place;
                    group.kind = VersionKind::Named;
                    group.open = false;
                }
                None => groups.push(Group { changes: 0, ..single(place, record, VersionKind::Named, false) }),
            },
        }
    }
    groups
}

/// What was done in a group, from the notes of its changes.
fn message(records: &[Record], kind: VersionKind) -> String {
    if kind == VersionKind::Named {
        return records.last().map(|record| record.note.to_string()).unwrap_or_default();
    }
    let mut notes: Vec<&str> = Vec::new();
    for record in records {
        if !record.note.is_empty() && !notes.contains(&&*record.note) {
            notes.push(&record.note);
        }
    }
    match notes.as_slice() {
        [first, second, third, rest @ ..] if !rest.is_empty() => {
            format!("{first}; {second}; {third} and {} more", rest.len())
        }
        few => few.join("; "),
    }
}

/// A group as people see it.
pub(crate) fn version(index: &Index, group: &Group) -> Version {
    let records = &index.records[group.first..=group.last];
    let last = &index.records[group.last];
    let paths: BTreeSet<&RelativePath> =
        records.iter().flat_map(|record| record.changes.iter().map(|change| &change.path)).collect();
    Version {
        id: last.id.clone(),
        at: last.at,
        started_at: group.started,
        author: last.author.to_string(),
        message: message(records, group.kind),
        kind: group.kind,
        changes: group.changes,
        paths: paths.into_iter().cloned().collect(),
    }
}

/// What is kept of a history at that time: every named version, the newest automatic ones, the last of each day, and
/// whatever is not yet a day old. The newest version older than a day is always kept: younger changes build on it.
pub(crate) fn plan(index: &Index, retention: &Retention, now: Timestamp) -> Vec<Keep> {
    let groups = groups(index);
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let is_young = |group: &Group| now.duration_since(index.records[group.last].at) < UNTOUCHED;
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    let mut automatic = 0;
    let mut days = BTreeSet::new();
    let mut old_seen = false;
    for (number, group) in groups.iter().enumerate().rev() {
        let at = index.records[group.last].at;
        let unnamed = group.kind != VersionKind::Named;
        automatic += u32::from(unnamed);
        let age = now.duration_since(at).as_hours() / 24;
        let first_old = !is_young(group) && !old_seen;
        old_seen |= first_old;
        let last_of_day = unnamed && days.insert(day(at)) && age < i64::from(retention.daily_days);
        if !unnamed || automatic <= retention.automatic || last_of_day || first_old || is_young(group) {
            kept.insert(number);
        }
    }
    let mut keep = Vec::new();
    for group in kept.iter().filter_map(|number| groups.get(*number)) {
        if is_young(group) {
            keep.extend((group.first..=group.last).map(Keep::Record));
        } else {
            let kind = match group.kind {
                VersionKind::Automatic => KeptKind::Automatic,
                VersionKind::Named => KeptKind::Named,
                VersionKind::Outside => KeptKind::Outside,
            };
            let version =
                KeptVersion { kind, started: group.started.as_millisecond(), changes: group.changes };
            let note = message(&index.records[group.first..=group.last], group.kind);
            keep.push(Keep::Version { place: group.last, version, note });
        }
    }
    keep
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(id: u32, at: &str, kind: RecordKind) -> Record {
        Record {
            id: format!("r{id}").parse().unwrap(),
            at: at.parse().unwrap(),
            author: "owner".into(),
            note: format!("note {id}").into(),
            kind,
            version: None,
            changes: Vec::new(),
        }
    }

    fn history(records: &[(&str, RecordKind)]) -> Index {
        let mut index = Index::default();
        for (number, (at, kind)) in records.iter().enumerate() {
            index.push(record(u32::try_from(number).unwrap(), at, *kind));
        }
        index
    }

    #[test]
    fn changes_less_than_five_minutes_apart_are_one_version() {
        let index = history(&[
            ("2026-01-01T10:00:00Z", RecordKind::Change),
            ("2026-01-01T10:04:59Z", RecordKind::Change),
            ("2026-01-01T10:09:59Z", RecordKind::Change),
        ]);
        let changes: Vec<_> = groups(&index).iter().map(|group| group.changes).collect();
        assert_eq!(changes, [2, 1]);
    }

    #[test]
    fn a_snapshot_closes_a_version_and_a_restore_and_an_outside_edit_stand_alone() {
        let at = "2026-01-01T10:00:00Z";
        let kinds = [
            RecordKind::Change,
            RecordKind::Snapshot,
            RecordKind::Change,
            RecordKind::Outside,
            RecordKind::Change,
            RecordKind::Restore,
            RecordKind::Change,
            RecordKind::Change,
        ];
        let index = history(&kinds.map(|kind| (at, kind)));
        let seen: Vec<_> = groups(&index).iter().map(|group| (group.kind, group.changes)).collect();
        use VersionKind::{Automatic, Named, Outside};
        let expected =
            [(Named, 1), (Automatic, 1), (Outside, 1), (Automatic, 1), (Automatic, 1), (Automatic, 2)];
        assert_eq!(seen, expected);
    }

    #[test]
    fn retention_keeps_the_newest_the_last_of_each_day_every_named_one_and_the_last_day_untouched() {
        let mut records = Vec::new();
        for day in 1..=9 {
            for hour in [8, 12] {
                records.push((format!("2026-01-0{day}T{hour:02}:00:00Z"), RecordKind::Change));
            }
        }
        records.insert(1, ("2026-01-01T09:00:00Z".to_owned(), RecordKind::Snapshot));
        let index = history(&records.iter().map(|(at, kind)| (at.as_str(), *kind)).collect::<Vec<_>>());
        let plan =
            plan(&index, &Retention { automatic: 3, daily_days: 4 }, "2026-01-09T13:00:00Z".parse().unwrap());
        let kept: Vec<_> = plan
            .iter()
            .map(|keep| match keep {
                Keep::Version { place, .. } => (index.records[*place].at.to_string(), "version"),
                Keep::Record(place) => (index.records[*place].at.to_string(), "record"),
            })
            .collect();
        let expected = [
            ("2026-01-01T09:00:00Z", "version"),
            ("2026-01-06T12:00:00Z", "version"),
            ("2026-01-07T12:00:00Z", "version"),
            ("2026-01-08T12:00:00Z", "version"),
            ("2026-01-09T08:00:00Z", "record"),
            ("2026-01-09T12:00:00Z", "record"),
        ];
        assert_eq!(kept, expected.map(|(at, what)| (at.to_owned(), what)));
    }
}
