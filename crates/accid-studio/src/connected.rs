//! The Vault's side of connected mode: tools of other processes or machines hand their projects over, and the Vault
//! keeps them as replicas, so that its Time Machine and publishing work for them. What a person wants of a replica that
//! only its owner may do is asked of that tool. Must not know how anything travels.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Condvar, Mutex, PoisonError},
    time::{Duration, Instant},
};

use accid_access::{Administer, Permit, Read, Write};
use accid_base::{ContentHash, ErrorCode, Id, Problem, Slug, locked};
use accid_store::{Project, Replica};
use accid_vault::{Pairing, RestoreScope};
use jiff::Timestamp;

use crate::{
    Delivery, Hello, Inner, Lacking, Offer, Order, OrderDone, PairRequest, PairedView, PairingView,
    RestoredView, Role, Standing, Taken, Welcome, explain,
};

/// A tool that was not heard of for so long is away, in seconds.
const AWAY_SECONDS: i64 = 15;
/// How long a person waits for what is asked of the owner of a replica.
const ANSWER: Duration = Duration::from_secs(20);
/// Most records of one delivery.
const MOST_RECORDS: usize = 2_000;

/// Use cases of tools that are paired with this Vault, and about them.
pub struct Connected<'a>(pub(crate) &'a Arc<Inner>);

/// Tools as they were last heard of, and what was asked of them.
#[derive(Default)]
pub(crate) struct Presences {
    known: Mutex<HashMap<Id, Presence>>,
    answered: Condvar,
}

#[derive(Default)]
struct Presence {
    seen: Option<Timestamp>,
    orders: VecDeque<Order>,
    done: HashMap<Id, OrderDone>,
}

fn foreign() -> Problem {
    Problem::new(ErrorCode::NameTaken, "The Vault did not take the project over.")
        .because("It has a project of this identity that does not come from this tool.")
        .fix("Duplicate the project here; the copy gets an identity of its own.")
}

impl Connected<'_> {
    fn present(&self, pairing: &Id) -> (Option<Timestamp>, bool) {
        let seen = locked(&self.0.presences.known).get(pairing).and_then(|presence| presence.seen);
        let now = self.0.clock.now();
        (seen, seen.is_some_and(|seen| now.duration_since(seen).as_secs() < AWAY_SECONDS))
    }

    fn view(&self, pairing: Pairing, replicas: &[Id]) -> PairingView {
        let (seen_at, present) = self.present(&pairing.id);
        let projects = replicas.iter().filter(|origin| **origin == pairing.id).count();
        PairingView {
            id: pairing.id,
            name: pairing.name,
            made_at: pairing.made_at,
            seen_at,
            present,
            projects,
        }
    }

    fn origins(&self) -> Vec<Id> {
        let entries = self.0.store.projects();
        let ids = entries.iter().filter_map(|entry| entry.blotter.as_ref()?.get("id")?.as_str());
        ids.filter_map(|id| Some(self.0.store.project(id).ok()?.replica()?.origin)).collect()
    }

    /// All tools that are paired with this Vault.
    ///
    /// # Errors
    /// When the Vault is not part of this process, or the pairings cannot be read.
    pub fn pairings(&self, _: &Permit<Read>) -> Result<Vec<PairingView>, Problem> {
        self.0.roles.require(Role::Vault)?;
        let origins = self.origins();
        let all = self.0.vault.pairings.list().map_err(explain)?;
        Ok(all.into_iter().map(|pairing| self.view(pairing, &origins)).collect())
    }

    /// Pairs a tool; its token is answered this once.
    ///
    /// # Errors
    /// When the Vault is not part of this process, the name is not acceptable, or the disk refuses.
    pub fn pair(&self, permit: &Permit<Administer>, request: &PairRequest) -> Result<PairedView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let (pairing, token) = self.0.vault.pairings.pair(&request.name).map_err(explain)?;
        tracing::info!(pairing = %pairing.id, by = permit.author(), "tool_paired");
        Ok(PairedView { pairing: self.view(pairing, &[]), token: token.reveal().clone() })
    }

    /// Ends a pairing; what the tool handed over stays.
    ///
    /// # Errors
    /// When there is none of that id, or the disk refuses.
    pub fn unpair(&self, permit: &Permit<Administer>, pairing: &str) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        self.0.vault.pairings.remove(&pairing.parse().map_err(explain)?).map_err(explain)?;
        tracing::info!(pairing, by = permit.author(), "tool_unpaired");
        Ok(())
    }

    /// The pairing that a token belongs to; nothing when the Vault is not part of this process.
    pub fn of_token(&self, token: &str) -> Option<Pairing> {
        self.0.roles.require(Role::Vault).ok()?;
        self.0.vault.pairings.of_token(token)
    }

    /// Whether a project is a replica of that tool's.
    pub fn owns(&self, pairing: &Pairing, project: &str) -> bool {
        let replica = self.0.store.project(project).ok().and_then(|project| project.replica());
        replica.is_some_and(|replica| replica.origin == pairing.id)
    }

    /// Whether a job works on a replica of that tool's.
    pub fn owns_job(&self, pairing: &Pairing, job: &str) -> bool {
        self.0.jobs.project_of(job).is_some_and(|project| self.owns(pairing, project.as_str()))
    }

    fn standing(&self, pairing: &Pairing, id: &Id) -> Standing {
        let (state, through) = match self.0.store.project(id.as_str()) {
            Ok(project) => match project.replica() {
                Some(replica) if replica.origin == pairing.id => ("kept", replica.through),
                _ => ("foreign", None),
            },
            Err(_) => {
                let trashed = self.0.store.trashed_projects().iter().any(|one| one.id == id.as_str());
                (if trashed { "trashed" } else { "new" }, None)
            }
        };
        Standing { project: id.clone(), state: state.to_owned(), through }
    }

    /// A tool calls: notes that it is there, says how far its projects are kept, and what is wanted of it.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn hello(&self, _: &Permit<Read>, pairing: &Pairing, hello: &Hello) -> Result<Welcome, Problem> {
        self.0.roles.require(Role::Vault)?;
        let orders = {
            let mut known = locked(&self.0.presences.known);
            let presence = known.entry(pairing.id.clone()).or_default();
            presence.seen = Some(self.0.clock.now());
            for done in &hello.done {
                presence.done.insert(done.id.clone(), done.clone());
            }
            presence.orders.drain(..).collect()
        };
        if !hello.done.is_empty() {
            self.0.presences.answered.notify_all();
        }
        let projects = hello.projects.iter().take(10_000).map(|id| self.standing(pairing, id)).collect();
        Ok(Welcome { instance: self.0.instance.clone(), projects, orders })
    }

    /// A tool offers contents: says which of them are not here.
    ///
    /// # Errors
    /// When the project is not that tool's.
    pub fn lacking(&self, _: &Permit<Read>, pairing: &Pairing, offer: Offer) -> Result<Lacking, Problem> {
        self.0.roles.require(Role::Vault)?;
        let Some(project) = self.replica_of(pairing, &offer.project)? else {
            return Ok(Lacking { contents: offer.contents, media: Vec::new() });
        };
        let have: std::collections::HashSet<String> =
            project.media_names().map_err(explain)?.into_iter().collect();
        Ok(Lacking {
            contents: offer.contents.into_iter().filter(|hash| !project.has_content(hash)).collect(),
            media: offer.media.into_iter().filter(|name| !have.contains(name)).collect(),
        })
    }

    fn replica_of(&self, pairing: &Pairing, id: &Id) -> Result<Option<Arc<Project>>, Problem> {
        let Ok(project) = self.0.store.project(id.as_str()) else { return Ok(None) };
        match project.replica() {
            Some(replica) if replica.origin == pairing.id => Ok(Some(project)),
            _ => Err(foreign()),
        }
    }

    /// A tool sends an original.
    ///
    /// # Errors
    /// When the project is not that tool's, or the content is not what the name says.
    pub fn take_media(
        &self,
        _: &Permit<Write>,
        pairing: &Pairing,
        (project, name): (&str, &str),
        bytes: &[u8],
    ) -> Result<(), Problem> {
        self.0.roles.require(Role::Vault)?;
        let id: Id = project.parse().map_err(explain)?;
        let project = self.replica_of(pairing, &id)?.ok_or_else(|| {
            Problem::new(ErrorCode::ProjectNotFound, "The Vault does not have this project yet.")
                .fix("Send its changes first.")
        })?;
        let wrong = || {
            Problem::new(ErrorCode::InvalidValue, "The original was not taken.")
                .because("Its content is not what its name says.")
                .fix("Send it again.")
        };
        let (hash, extension) = name.split_once('.').ok_or_else(wrong)?;
        if ContentHash::of(bytes).to_string() != hash {
            return Err(wrong());
        }
        project.put_media(bytes, extension).map_err(explain)?;
        Ok(())
    }

    /// A tool sends changes of a project; those that are here already are not taken again.
    ///
    /// # Errors
    /// When the project is not that tool's, a content is missing or is not what its hash says, or the disk refuses.
    pub fn take(&self, _: &Permit<Write>, pairing: &Pairing, delivery: Delivery) -> Result<Taken, Problem> {
        self.0.roles.require(Role::Vault)?;
        let mut contents = BTreeMap::new();
        for (hash, text) in delivery.contents {
            let hash: ContentHash = hash.parse().map_err(|reason: &str| {
                Problem::new(ErrorCode::InvalidValue, "The changes were not taken.")
                    .because(format!("{reason}."))
            })?;
            contents.insert(hash, text.into_bytes());
        }
        let records = &delivery.records[..delivery.records.len().min(MOST_RECORDS)];
        let project = match self.replica_of(pairing, &delivery.project)? {
            Some(project) => {
                let taken = project.receive(records, &contents).map_err(explain)?;
                return Ok(Taken { taken, through: project.replica().and_then(|replica| replica.through) });
            }
            None if self.0.store.trashed_projects().iter().any(|one| one.id == delivery.project.as_str()) => {
                return Err(foreign());
            }
            None => {
                let replica =
                    Replica { origin: pairing.id.clone(), name: pairing.name.clone(), through: None };
                let folder = Slug::from_text(&delivery.slug, "project");
                self.0.store.adopt_project(&delivery.project, &folder, &replica, (records, &contents))
            }
        };
        let project = project.map_err(explain)?;
        tracing::info!(project_id = %project.id(), from = pairing.name, "project_adopted");
        Ok(Taken { taken: records.len(), through: project.replica().and_then(|replica| replica.through) })
    }
}

impl Inner {
    /// Has the owner of a replica bring something back, and waits until it is here.
    pub(crate) fn restore_at_origin(
        &self,
        project: &Project,
        by: &str,
        version: &Id,
        scope: &RestoreScope,
    ) -> Result<RestoredView, Problem> {
        let mut order = self.order(project, by);
        order.version = Some(version.clone());
        match scope {
            RestoreScope::File(path) => order.file = Some(path.to_string()),
            RestoreScope::Page(page) => order.page = Some(page.clone()),
            RestoreScope::Module(module) => order.module = Some(module.clone()),
            RestoreScope::Theme => order.theme = true,
            RestoreScope::Project => {}
        }
        let done = self.ask_origin(project, order)?;
        Ok(RestoredView { version: version.clone(), change: done.change, note: done.note, paths: done.paths })
    }

    /// Has the owner of a replica name its present state, and gives the version's id.
    pub(crate) fn snapshot_at_origin(
        &self,
        project: &Project,
        by: &str,
        message: &str,
    ) -> Result<Id, Problem> {
        let mut order = self.order(project, by);
        order.message = Some(message.to_owned());
        let done = self.ask_origin(project, order)?;
        done.version.ok_or_else(|| Problem::new(ErrorCode::Internal, "The version has no id."))
    }

    fn order(&self, project: &Project, by: &str) -> Order {
        Order {
            id: self.new_id(),
            project: project.id(),
            by: by.to_owned(),
            version: None,
            file: None,
            page: None,
            module: None,
            theme: false,
            message: None,
        }
    }

    fn ask_origin(&self, project: &Project, order: Order) -> Result<OrderDone, Problem> {
        let replica = project.replica().unwrap_or_else(|| Replica {
            origin: self.instance.clone(),
            name: String::new(),
            through: None,
        });
        let away = || {
            Problem::new(ErrorCode::ServiceUnavailable, "Nothing was brought back.")
                .because(format!(
                    "The project is edited on \"{}\", and that does not answer now.",
                    replica.name
                ))
                .fix("Start it, and try again; everything it handed over is safe here.")
        };
        let now = self.clock.now();
        let (id, end) = (order.id.clone(), Instant::now() + ANSWER);
        let mut known = locked(&self.presences.known);
        let presence = known.entry(replica.origin.clone()).or_default();
        if presence.seen.is_none_or(|seen| now.duration_since(seen).as_secs() >= AWAY_SECONDS) {
            return Err(away());
        }
        presence.orders.push_back(order);
        loop {
            if let Some(done) = known.get_mut(&replica.origin).and_then(|presence| presence.done.remove(&id))
            {
                return match done.problem {
                    Some(problem) => {
                        Err(Problem::new(ErrorCode::ServiceUnavailable, "Nothing was brought back.")
                            .because(format!("\"{}\" says: {problem}", replica.name)))
                    }
                    None => Ok(done),
                };
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                if let Some(presence) = known.get_mut(&replica.origin) {
                    presence.orders.retain(|order| order.id != id);
                }
                return Err(away());
            }
            let waited = self.presences.answered.wait_timeout(known, left);
            known = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
