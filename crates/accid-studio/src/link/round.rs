//! One visit to the Vault: say hello, hand over what it lacks, do what it wants. Each step can be cut off anywhere: the
//! next visit asks how far the Vault is and goes on from there.

use std::{collections::BTreeMap, sync::Arc};

use accid_access::{Caller, Role, Write};
use accid_base::{ContentHash, Id, Problem, locked};
use accid_model::Photo;
use accid_store::{Carried, Project};

use super::{CallError, VaultClient};
use crate::{
    Delivery, Hello, History, Inner, Lacking, Offer, Order, OrderDone, Restore, RestoreFile, Taken, Welcome,
    explain,
};

/// Most changes of one delivery.
const MOST_RECORDS: usize = 200;
/// Most text of one delivery, in bytes; one change is sent whole, however large.
const MOST_TEXT: usize = 4 << 20;
/// Most originals that are asked about at a time.
const MOST_NAMES: usize = 2_000;

const AT: &str = "/api/v1/connected";

impl Inner {
    /// One visit.
    pub(super) fn round(&self, client: &VaultClient) -> Result<(), CallError> {
        let first = locked(&self.link.known).answered.is_none();
        if first {
            self.check_vault(client)?;
        }
        let (dirty, done, all) = {
            let mut known = locked(&self.link.known);
            let all = !std::mem::replace(&mut known.asked_all, true);
            (std::mem::take(&mut known.dirty), std::mem::take(&mut known.done), all)
        };
        let result = self.visit(client, (dirty || all, done.clone()));
        if result.is_err() {
            let mut known = locked(&self.link.known);
            known.dirty = true;
            known.asked_all = false;
            // What was done is told again: the Vault knows orders by their id.
            let told = std::mem::take(&mut known.done);
            known.done = done.into_iter().chain(told).collect();
        }
        result
    }

    /// Discovery: only another process that is a Vault counts.
    fn check_vault(&self, client: &VaultClient) -> Result<(), CallError> {
        let health = client.health()?;
        let is_vault =
            health["roles"].as_array().is_some_and(|roles| roles.iter().any(|role| role == "vault"));
        if !is_vault {
            return Err(CallError::Refused("What answers at its address is no Vault.".to_owned()));
        }
        if health["instance"].as_str() == Some(self.instance.as_str()) {
            return Err(CallError::Refused("Its address is this tool's own.".to_owned()));
        }
        Ok(())
    }

    fn visit(&self, client: &VaultClient, (changed, done): (bool, Vec<OrderDone>)) -> Result<(), CallError> {
        let projects = if changed { self.own_projects() } else { Vec::new() };
        let hello = Hello {
            roles: self.roles.names().into_iter().map(str::to_owned).collect(),
            projects: projects.iter().map(|project| project.id()).collect(),
            done: Vec::new(),
        };
        let welcome: Welcome = client.greet(&format!("{AT}/hello"), &hello)?;
        for standing in &welcome.projects {
            let mut known = locked(&self.link.known);
            match &standing.through {
                Some(through) => known.through.insert(standing.project.clone(), through.clone()),
                None => known.through.remove(&standing.project),
            };
            known.states.insert(standing.project.clone(), standing.state.clone());
        }
        for project in &projects {
            self.hand_over(client, project)?;
        }
        if changed {
            self.remember_through();
        }
        let mut orders = welcome.orders;
        if !done.is_empty() {
            // Told after the changes that came of it are there: whoever waits for it finds them.
            let told = Hello { done, ..Hello::default() };
            orders.extend(client.greet::<Welcome>(&format!("{AT}/hello"), &told)?.orders);
        }
        for order in &orders {
            let done = self.carry_out(order);
            let mut known = locked(&self.link.known);
            known.done.push(done);
            known.dirty = true;
        }
        Ok(())
    }

    /// Hands over all of a project that the Vault lacks.
    fn hand_over(&self, client: &VaultClient, project: &Arc<Project>) -> Result<(), CallError> {
        let id = project.id();
        let name = self.vault.blotter(project).map(|stored| stored.blotter.name).unwrap_or_default();
        let state = locked(&self.link.known).states.get(&id).cloned().unwrap_or_default();
        let note = match state.as_str() {
            "trashed" => Some(format!("\"{name}\" is in the Vault's trash, so its changes stay here.")),
            "foreign" => Some(format!("The Vault has another project with the identity of \"{name}\".")),
            _ => None,
        };
        let refused = match note {
            Some(note) => Some(note),
            None => match self.deliver(client, project, state == "kept") {
                Err(CallError::Refused(why)) => Some(format!("\"{name}\" was not taken. {why}")),
                other => {
                    other?;
                    None
                }
            },
        };
        let mut known = locked(&self.link.known);
        match refused {
            Some(note) => known.notes.insert(id, note),
            None => known.notes.remove(&id),
        };
        Ok(())
    }

    fn deliver(&self, client: &VaultClient, project: &Arc<Project>, mut kept: bool) -> Result<(), CallError> {
        loop {
            // Originals come before the changes that name them, so that the Vault never shows a page without them.
            if kept {
                self.send_media(client, project)?;
            }
            let through = locked(&self.link.known).through.get(&project.id()).cloned();
            let records = project.carry_after(through.as_ref(), MOST_RECORDS);
            if records.is_empty() {
                return Ok(());
            }
            let taken = self.send_records(client, project, records)?;
            let Some(last) = taken.through else {
                return Err(CallError::Away("it did not say how far it is".to_owned()));
            };
            if through.as_ref() == Some(&last) {
                return Err(CallError::Away("it took nothing".to_owned()));
            }
            locked(&self.link.known).through.insert(project.id(), last);
            kept = true;
        }
    }

    /// Sends changes with those contents the Vault does not have.
    fn send_records(
        &self,
        client: &VaultClient,
        project: &Project,
        mut records: Vec<Carried>,
    ) -> Result<Taken, CallError> {
        let hashes = |records: &[Carried]| -> Vec<ContentHash> {
            records
                .iter()
                .flat_map(|record| record.objects.iter().filter_map(|object| object.after))
                .collect()
        };
        let offer = Offer { project: project.id(), contents: hashes(&records), media: Vec::new() };
        let lacking: Lacking = client.send(&format!("{AT}/lacking"), &offer)?;
        let lacking: std::collections::HashSet<ContentHash> = lacking.contents.into_iter().collect();
        let mut contents = BTreeMap::new();
        let mut bytes = 0;
        let mut whole = 0;
        for record in &records {
            for hash in
                record.objects.iter().filter_map(|object| object.after).filter(|hash| lacking.contains(hash))
            {
                let text = project.content(&hash).map_err(unreadable)?.unwrap_or_default();
                bytes += text.len();
                contents.insert(hash.to_string(), String::from_utf8_lossy(&text).into_owned());
            }
            whole += 1;
            if bytes > MOST_TEXT {
                break;
            }
        }
        records.truncate(whole);
        let slug =
            self.vault.blotter(project).map(|stored| stored.blotter.slug.to_string()).unwrap_or_default();
        client.send(&format!("{AT}/records"), &Delivery { project: project.id(), slug, records, contents })
    }

    /// Sends originals the Vault does not have.
    fn send_media(&self, client: &VaultClient, project: &Project) -> Result<(), CallError> {
        let id = project.id();
        let names = project.media_names().map_err(unreadable)?;
        let unsure: Vec<String> = {
            let known = locked(&self.link.known);
            names.into_iter().filter(|name| !known.media.contains(&(id.clone(), name.clone()))).collect()
        };
        for some in unsure.chunks(MOST_NAMES) {
            let offer = Offer { project: id.clone(), contents: Vec::new(), media: some.to_vec() };
            let lacking: Lacking = client.send(&format!("{AT}/lacking"), &offer)?;
            for name in &lacking.media {
                let file = project.folder().join(Photo::MEDIA).join(name);
                let Ok(bytes) = self.vfs.read(&file) else { continue };
                client.put(&format!("{AT}/{id}/media/{name}"), bytes)?;
            }
            locked(&self.link.known).media.extend(some.iter().map(|name| (id.clone(), name.clone())));
        }
        Ok(())
    }

    /// Does what a person in the Vault wants of a project that is owned here.
    fn carry_out(&self, order: &Order) -> OrderDone {
        let blank = OrderDone {
            id: order.id.clone(),
            change: None,
            version: None,
            note: String::new(),
            paths: Vec::new(),
            problem: None,
        };
        match self.try_order(order, blank.clone()) {
            Ok(done) => done,
            Err(problem) => OrderDone { problem: Some(problem.sentence()), ..blank },
        }
    }

    fn try_order(&self, order: &Order, blank: OrderDone) -> Result<OrderDone, Problem> {
        let by = Caller::Person { name: order.by.clone(), role: Role::Maintainer };
        let may = by.permit::<Write>().map_err(explain)?;
        let ending = || Problem::new(accid_base::ErrorCode::ServiceUnavailable, "The tool is ending.");
        let inner = self.own.get().and_then(std::sync::Weak::upgrade).ok_or_else(ending)?;
        let history = History(&inner);
        let project: &Id = &order.project;
        let Some(version) = order.version.clone() else {
            let message = order.message.as_deref().unwrap_or_default();
            let named = history.snapshot(&may, project.as_str(), message)?;
            return Ok(OrderDone { version: Some(named.id), ..blank });
        };
        let restored = match &order.file {
            Some(path) => {
                history.restore_file(&may, project.as_str(), &RestoreFile { version, path: path.clone() })?
            }
            None => {
                let restore = Restore {
                    version,
                    page: order.page.clone(),
                    module: order.module.clone(),
                    photo: None,
                    theme: order.theme,
                };
                history.restore(&may, project.as_str(), &restore)?
            }
        };
        Ok(OrderDone { change: restored.change, note: restored.note, paths: restored.paths, ..blank })
    }
}

fn unreadable(error: accid_store::StoreError) -> CallError {
    CallError::Refused(explain(error).sentence())
}
