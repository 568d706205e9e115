//! What people see of the history: versions made of changes, and which of them are kept. Must not touch the disk.

use std::collections::BTreeSet;

use accid_base::{Id, RelativePath};
use accid_model::Retention;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::ledger::{Index, Keep, KeptKind, KeptVersion, Record, RecordKind};
use crate::project::Marks;

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
    /// What a person noted about it.
    pub note: String,
    /// A person pinned it.
    pub pinned: bool,
}

/// A version in the outline of a history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When its last change was made.
    pub at: Timestamp,
    /// Where it comes from.
    pub kind: VersionKind,
    /// The name a person gave it; empty for the others.
    pub name: String,
    /// A person pinned it.
    pub pinned: bool,
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

/// Groups the records into versions, oldest first. What a person marked stays the version it was: nothing joins it.
pub(crate) fn groups(index: &Index, marks: &Marks) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (place, record) in index.records.iter().enumerate() {
        if let Some(group) = groups.last_mut()
            && marks.contains_key(&index.records[group.last].id)
        {
            group.open = false;
        }
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
pub(crate) fn version(index: &Index, marks: &Marks, group: &Group) -> Version {
    let records = &index.records[group.first..=group.last];
    let last = &index.records[group.last];
    let mark = marks.get(&last.id);
    let name = mark.and_then(|mark| mark.name.clone());
    let paths: BTreeSet<&RelativePath> =
        records.iter().flat_map(|record| record.changes.iter().map(|change| &change.path)).collect();
    Version {
        id: last.id.clone(),
        at: last.at,
        started_at: group.started,
        author: last.author.to_string(),
        kind: if name.is_some() { VersionKind::Named } else { group.kind },
        message: name.unwrap_or_else(|| message(records, group.kind)),
        changes: group.changes,
        paths: paths.into_iter().cloned().collect(),
        note: mark.map(|mark| mark.note.clone()).unwrap_or_default(),
        pinned: mark.is_some_and(|mark| mark.pinned),
    }
}

/// A group at a glance.
pub(crate) fn moment(index: &Index, marks: &Marks, group: &Group) -> Moment {
    let last = &index.records[group.last];
    let mark = marks.get(&last.id);
    let given = mark.and_then(|mark| mark.name.clone());
    let kind = if given.is_some() { VersionKind::Named } else { group.kind };
    let name = given
        .unwrap_or_else(|| if kind == VersionKind::Named { last.note.to_string() } else { String::new() });
    Moment { at: last.at, kind, name, pinned: mark.is_some_and(|mark| mark.pinned) }
}

/// What is kept of a history, and what more of it could go.
pub(crate) struct Plan {
    pub keep: Vec<Keep>,
    /// How many more of the oldest versions nothing but the rules of count and age holds.
    pub spare: usize,
    /// The versions that go, as places among the groups, oldest first.
    pub goes: Vec<usize>,
}

/// What is kept of a history at that time: every named and marked version, the newest automatic ones, the last of each
/// day, and whatever is not yet a day old; none of it older than the rules allow but the marked ones. The newest version
/// older than a day is always kept: younger changes build on it. `without` leaves out so many of the oldest versions
/// that only the rules hold, to make the history smaller.
pub(crate) fn plan(index: &Index, marks: &Marks, rules: (&Retention, Timestamp), without: usize) -> Plan {
    let (retention, now) = rules;
    let groups = groups(index, marks);
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let is_young = |group: &Group| now.duration_since(index.records[group.last].at) < UNTOUCHED;
    let mut kept: BTreeSet<usize> = BTreeSet::new();
    let mut spare: BTreeSet<usize> = BTreeSet::new();
    let mut automatic = 0;
    let mut days = BTreeSet::new();
    let mut old_seen = false;
    for (number, group) in groups.iter().enumerate().rev() {
        let last = &index.records[group.last];
        let held = group.kind == VersionKind::Named || marks.contains_key(&last.id);
        automatic += u32::from(!held);
        let age = now.duration_since(last.at).as_hours() / 24;
        let first_old = !is_young(group) && !old_seen;
        old_seen |= first_old;
        let last_of_day = !held && days.insert(day(last.at)) && age < i64::from(retention.daily_days);
        let too_old = retention.max_days > 0 && age >= i64::from(retention.max_days);
        if held || first_old || is_young(group) {
            kept.insert(number);
        } else if !too_old && (automatic <= retention.automatic || last_of_day) {
            spare.insert(number);
        }
    }
    kept.extend(spare.iter().skip(without));
    let goes = (0..groups.len()).filter(|number| !kept.contains(number)).collect();
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
    Plan { keep, spare: spare.len().saturating_sub(without), goes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::VersionMark;

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
        let changes: Vec<_> = groups(&index, &Marks::new()).iter().map(|group| group.changes).collect();
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
        let seen: Vec<_> =
            groups(&index, &Marks::new()).iter().map(|group| (group.kind, group.changes)).collect();
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
        let now = "2026-01-09T13:00:00Z".parse().unwrap();
        let rules = Retention { automatic: 3, daily_days: 4, ..Retention::default() };
        let kept: Vec<_> = plan(&index, &Marks::new(), (&rules, now), 0)
            .keep
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
    fn times(index: &Index, plan: &Plan) -> Vec<String> {
        let place = |keep: &Keep| match keep {
            Keep::Version { place, .. } | Keep::Record(place) => *place,
        };
        plan.keep.iter().map(|keep| index.records[place(keep)].at.to_string()).collect()
    }

    #[test]
    fn nothing_older_than_its_age_is_kept_but_what_a_person_marked() {
        let days: Vec<String> = (1..=9).map(|day| format!("2026-01-0{day}T12:00:00Z")).collect();
        let index = history(&days.iter().map(|at| (at.as_str(), RecordKind::Change)).collect::<Vec<_>>());
        let mut marks = Marks::new();
        let pinned = VersionMark { pinned: true, ..VersionMark::default() };
        marks.insert(index.records[1].id.clone(), pinned);
        let rules = Retention { automatic: 100, daily_days: 100, max_days: 3, ..Retention::default() };
        let now = "2026-01-09T13:00:00Z".parse().unwrap();
        let found = plan(&index, &marks, (&rules, now), 0);
        let expected = [2, 7, 8, 9].map(|day| format!("2026-01-0{day}T12:00:00Z"));
        assert_eq!(times(&index, &found), expected);
        assert_eq!((found.spare, found.goes.len()), (1, 5));
        let smaller = plan(&index, &marks, (&rules, now), 1);
        assert_eq!(
            times(&index, &smaller),
            ["2026-01-02T12:00:00Z", "2026-01-08T12:00:00Z", "2026-01-09T12:00:00Z"]
        );
        assert_eq!(smaller.spare, 0);
    }

    #[test]
    fn a_marked_version_stays_what_it_was_when_more_is_saved_at_once() {
        let index = history(&[
            ("2026-01-01T10:00:00Z", RecordKind::Change),
            ("2026-01-01T10:01:00Z", RecordKind::Change),
        ]);
        let named = VersionMark { name: Some("Before".to_owned()), ..VersionMark::default() };
        let marks = Marks::from([(index.records[0].id.clone(), named)]);
        let groups = groups(&index, &marks);
        let seen: Vec<_> = groups.iter().map(|group| version(&index, &marks, group)).collect();
        assert_eq!(seen.len(), 2);
        assert_eq!((seen[0].kind, seen[0].message.as_str()), (VersionKind::Named, "Before"));
    }
}
