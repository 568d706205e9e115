//! Use cases about ACCID itself: health, performance, validation and repair, settings, migration.

use std::sync::{Arc, Mutex};

use accid_access::{Administer, Permit, Read};
use accid_base::{ContentHash, ErrorCode, FieldError, Finding, Problem, Severity, locked};
use accid_model::{Document as _, Fields, Settings};
use accid_store::{Damage, Inspection, Project, ProjectEntry, Repaired};
use accid_vault::PlannedMigration;
use serde_json::{Value, json};

use crate::{
    HealthView, Inner, MigrationStep, RepairProposal, RepairRequest, RepairView, Role, SettingsView,
    ValidationView, explain,
};

/// Use cases about ACCID itself.
pub struct System<'a>(pub(crate) &'a Arc<Inner>);

/// Measures this process; kept, because the use of a processor is a difference between two looks.
pub(crate) struct Meter(Mutex<Option<sysinfo::System>>);

impl Default for Meter {
    fn default() -> Self {
        Self(Mutex::new(sysinfo::System::new().ok()))
    }
}

impl Meter {
    fn read(&self) -> Option<(f32, u64)> {
        let mut system = locked(&self.0);
        let system = system.as_mut()?;
        let own = sysinfo::get_current_pid().ok()?;
        system.refresh_processes_specifics(
            sysinfo::ProcessesToUpdate::Some(&[own]),
            true,
            sysinfo::ProcessRefreshKind::nothing().with_cpu().with_memory(),
        );
        let process = system.process(own)?;
        Some((process.cpu_usage(), process.memory()))
    }
}

fn step(project: &str, planned: &PlannedMigration) -> MigrationStep {
    MigrationStep {
        project: project.to_owned(),
        path: planned.path.to_string(),
        from: planned.from,
        to: planned.to,
        steps: planned.steps.iter().map(|step| (*step).to_owned()).collect(),
    }
}

impl System<'_> {
    /// How this ACCID is; anybody on this machine may ask.
    pub fn health(&self) -> HealthView {
        HealthView {
            status: "ok",
            mode: "local_dev",
            version: "2.0",
            instance: self.0.instance.clone(),
            roles: self.0.roles.names(),
            program: env!("CARGO_PKG_VERSION"),
        }
    }

    /// What this process uses: `cpu` in percent of one core since the last look, `memory` in bytes, `uptime` in
    /// seconds.
    ///
    /// # Errors
    /// None yet; what cannot be measured is null.
    pub fn performance(&self, _: &Permit<Read>) -> Result<Value, Problem> {
        let measured = self.0.meter.read();
        let uptime = self.0.clock.now().duration_since(self.0.started).as_secs();
        Ok(json!({
            "cpu": measured.map(|(cpu, _)| cpu), "memory": measured.map(|(_, memory)| memory), "uptime": uptime,
            "projects": self.0.store.projects().len(),
        }))
    }

    fn projects(&self, entries: Vec<ProjectEntry>) -> (Vec<Arc<Project>>, Vec<Finding>) {
        let mut projects = Vec::new();
        let mut findings = Vec::new();
        for entry in entries {
            let id = entry.blotter.as_ref().and_then(|blotter| blotter.get("id")).and_then(Value::as_str);
            match id.map(|id| self.0.store.project(id)) {
                Some(Ok(project)) => projects.push(project),
                Some(Err(error)) => {
                    let message = format!("{error}.");
                    findings.push(
                        Finding::new(Severity::Error, "project.unreadable", message).in_path(&entry.folder),
                    );
                }
                None => {}
            }
            findings.extend(entry.finding);
        }
        (projects, findings)
    }

    /// Looks at every file of every project, originals too, and at what the sound ones say; changes nothing.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn validate(&self, _: &Permit<Read>) -> Result<ValidationView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let Inspection { files, damages, sound } = self.0.store.inspect();
        let (projects, mut findings) = self.projects(self.0.store.projects_in(sound));
        findings.extend(damages.iter().map(|damage| {
            let message = format!("{} {} {}", damage.what, damage.why, damage.repair);
            Finding::new(Severity::Error, damage.kind.as_str(), message).in_path(&damage.path)
        }));
        for project in projects {
            if let Ok(loaded) = self.0.builder.site(&project) {
                findings.extend(loaded.findings.iter().cloned());
            }
        }
        let proposal = |damage: &Damage| RepairProposal {
            id: damage.id(),
            kind: damage.kind.as_str().to_owned(),
            path: damage.path.clone(),
            what: damage.what.clone(),
            why: damage.why.clone(),
            repair: damage.repair.clone(),
        };
        let proposals = damages.iter().filter(|damage| damage.is_repairable()).map(proposal).collect();
        Ok(ValidationView { files, findings, proposals })
    }

    /// Mends what can be mended without losing anything.
    ///
    /// # Errors
    /// When the Vault is not part of this process or the disk refuses.
    pub fn repair(
        &self,
        permit: &Permit<Administer>,
        request: &RepairRequest,
    ) -> Result<RepairView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let wanted =
            |damage: &Damage| request.proposals.as_ref().is_none_or(|chosen| chosen.contains(&damage.id()));
        let done = self.0.store.repair_chosen(&wanted).map_err(explain)?;
        let finding = |repaired: &Repaired| {
            Finding::new(Severity::Note, repaired.kind.as_str(), &repaired.what).in_path(&repaired.path)
        };
        let repaired: Vec<_> = done.iter().map(finding).collect();
        tracing::info!(repaired = repaired.len(), by = permit.author(), "repaired");
        let read = accid_access::Caller::System.permit::<Read>().map_err(explain)?;
        Ok(RepairView { repaired, findings: self.validate(&read)?.findings })
    }

    /// The settings in force, before environment and command line.
    ///
    /// # Errors
    /// None; damaged settings are a finding and the defaults serve.
    pub fn settings(&self, _: &Permit<Read>) -> Result<SettingsView, Problem> {
        let (settings, findings) = self.0.store.read_settings();
        let etag = ContentHash::of(&serde_json::to_vec(&settings).unwrap_or_default());
        Ok(SettingsView { settings, etag, findings })
    }

    /// Changes settings; those of host, port and log take effect at the next start.
    ///
    /// # Errors
    /// When they changed since they were read, or a value is not acceptable.
    pub fn update_settings(
        &self,
        permit: &Permit<Administer>,
        fields: &Fields,
        expected: Option<ContentHash>,
    ) -> Result<SettingsView, Problem> {
        let read = accid_access::Caller::System.permit::<Read>().map_err(explain)?;
        let current = self.settings(&read)?;
        if expected.is_some_and(|hash| hash != current.etag) {
            return Err(Problem::new(ErrorCode::Stale, "The settings were not saved.")
                .because("They changed since they were read.")
                .fix("Load them again and repeat the change.")
                .with_details(json!({ "current": current.settings })));
        }
        let Ok(Value::Object(mut draft)) = serde_json::to_value(&current.settings) else {
            return Err(Problem::new(ErrorCode::Internal, "The settings cannot be read."));
        };
        for (name, value) in
            fields.iter().filter(|(name, _)| !matches!(name.as_str(), "etag" | "findings" | "schema_version"))
        {
            draft.insert(name.clone(), value.clone());
        }
        let opened = accid_model::open::<Settings>(&Value::Object(draft)).map_err(explain)?;
        check(&opened.document)?;
        self.0.store.write_settings(&opened.document).map_err(explain)?;
        tracing::info!(by = permit.author(), "settings_saved");
        self.settings(&read)
    }

    /// The documents that an update of ACCID would rewrite; nothing is written.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn migration_plan(&self, _: &Permit<Read>) -> Result<Vec<MigrationStep>, Problem> {
        self.0.roles.require(Role::Vault)?;
        let mut steps = Vec::new();
        for project in self.projects(self.0.store.projects()).0 {
            let slug = self.0.vault.blotter(&project).map_err(explain)?.blotter.slug;
            steps.extend(
                self.0.vault.plan_migration(&project).iter().map(|planned| step(slug.as_str(), planned)),
            );
        }
        Ok(steps)
    }

    /// Rewrites the documents of an older format, after a named version of the state before.
    ///
    /// # Errors
    /// When the Vault is not part of this process, a document changed meanwhile, or the disk refuses.
    pub fn migrate(&self, permit: &Permit<Administer>) -> Result<Vec<MigrationStep>, Problem> {
        self.0.roles.require(Role::Vault)?;
        let mut steps = Vec::new();
        for project in self.projects(self.0.store.projects()).0 {
            let slug = self.0.vault.blotter(&project).map_err(explain)?.blotter.slug;
            let done = self.0.vault.migrate(&project, permit.author()).map_err(explain)?;
            steps.extend(done.iter().map(|planned| step(slug.as_str(), planned)));
        }
        Ok(steps)
    }
}

fn check(settings: &Settings) -> Result<(), Problem> {
    let mut errors = Vec::new();
    let mut refuse = |pointer: &str, message: &str| {
        errors.push(FieldError { pointer: pointer.to_owned(), message: message.to_owned() });
    };
    if settings.host != "localhost" && settings.host.parse::<std::net::IpAddr>().is_err() {
        refuse("/host", "a host is an address such as 127.0.0.1, or localhost");
    }
    if settings.port == 0 {
        refuse("/port", "a port is a number from 1 to 65535");
    }
    if !matches!(settings.log.as_str(), "error" | "warn" | "info" | "debug") {
        refuse("/log", "use error, warn, info or debug");
    }
    if settings.dropbox_app_key.len() > 128
        || !settings.dropbox_app_key.bytes().all(|one| one.is_ascii_alphanumeric() || b"-_".contains(&one))
    {
        refuse("/dropbox_app_key", "the key of a Dropbox app has letters and digits, at most 128");
    }
    if settings.trash_days > 3_650 {
        refuse("/trash_days", "keep what was removed for at most 3,650 days; 0 for always");
    }
    if settings.schema_version != Settings::VERSION {
        refuse("/schema_version", "the settings are of another format");
    }
    errors.extend(crate::keeping::complaints(&settings.retention, "/retention"));
    if errors.is_empty() {
        return Ok(());
    }
    Err(Problem::new(ErrorCode::InvalidValue, "The settings were not saved.")
        .because("One or more values are not acceptable.")
        .fix("Mend the named values and send them again.")
        .with_errors(errors))
}
