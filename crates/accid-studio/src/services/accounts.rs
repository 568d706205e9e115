//! Use cases about accounts: connecting, who is connected, letting go. Nothing secret is ever answered.

use std::{
    collections::BTreeMap,
    sync::{Arc, atomic::Ordering},
};

use accid_access::{Administer, Permit, Read};
use accid_base::{ErrorCode, FieldError, Problem, Secret, locked};
use accid_store::Project;
use accid_transfer::{BreakerState, CloudAccount, CloudFiles as _, Dropbox, DropboxApp};
use accid_vault::LockState;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Account, Pending, Service};
use crate::{Inner, Role, explain};

/// How long a person may take to say yes, in seconds.
const SIGN_IN_SECONDS: i64 = 600;
/// How many sign-ins may be under way.
const MOST_PENDING: usize = 16;
/// What stands for all projects where a project is named.
const SHARED: &str = "shared";

/// How a service stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ServiceView {
    /// Name in addresses: `dropbox` or `imgbb`.
    pub service: String,
    /// Name for people.
    pub title: String,
    /// Whether it can be connected: of Dropbox, whether the key of an app is known.
    pub ready: bool,
    /// Key of the Dropbox app, which is no secret.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub app_key: String,
    /// Whether its key comes from the environment, where it is changed.
    pub from_environment: bool,
    /// Whether it is connected.
    pub connected: bool,
    /// Whether the sign-in or key did not hold when it was last used: it has to be given anew.
    pub signed_out: bool,
    /// Who is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<CloudAccount>,
    /// Whether the account is the project's own.
    pub own: bool,
    /// Where the circuit breaker stands: `closed`, `open` or `half-open`.
    pub breaker: String,
    /// What a person should know; empty when there is nothing to say.
    pub message: String,
}

/// The key of a service.
#[derive(Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct SetServiceKey {
    /// Of Dropbox the key of the app, of imgBB the key of the account.
    pub key: String,
}

impl std::fmt::Debug for SetServiceKey {
    /// It may not be seen.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("SetServiceKey(…)")
    }
}

/// What Dropbox sends the browser back with (RFC 6749 §4.1.2).
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct SignInAnswer {
    /// What is exchanged for a token, when the person said yes.
    pub code: String,
    /// Which sign-in it is the answer to.
    pub state: String,
    /// Why there is no code.
    pub error: String,
}

/// Use cases about accounts.
pub struct Services<'a>(pub(crate) &'a Arc<Inner>);

fn refused(what: &str, pointer: &str, message: &str) -> Problem {
    let errors = vec![FieldError { pointer: pointer.to_owned(), message: message.to_owned() }];
    Problem::new(ErrorCode::InvalidValue, what).because(format!("It {message}.")).with_errors(errors)
}

/// What is said of a sign-in or key that the service does not accept.
fn refused_there(service: Service) -> String {
    let what = match service {
        Service::Dropbox => "the sign-in: it was taken back, or has run out. Connect again.",
        Service::ImgBb => "the key. Enter it again.",
    };
    format!("{} did not accept {what}", service.title())
}

fn account_of(about: &Value) -> Option<CloudAccount> {
    serde_json::from_value(about.get("account")?.clone()).ok()
}

impl Services<'_> {
    /// How all services stand.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn list(&self, _: &Permit<Read>) -> Result<Vec<ServiceView>, Problem> {
        self.0.roles.require(Role::Vault)?;
        Ok(Service::ALL.into_iter().map(|service| self.view(service)).collect())
    }

    fn view(&self, service: Service) -> ServiceView {
        let options = self.0.services.options();
        let app_key = if service == Service::Dropbox { self.0.app_key() } else { String::new() };
        let from_environment = match service {
            Service::Dropbox => options.dropbox_app_key.is_some(),
            Service::ImgBb => options.imgbb_key.is_some(),
        };
        let about = self.0.vault.about_secret(service.secret());
        let imgbb_from_outside = service == Service::ImgBb && from_environment;
        let connected = imgbb_from_outside || matches!(about, Ok(Some(_)));
        let station = self.0.services.station(service);
        let breaker = station.breaker.state(self.0.clock.now());
        let locked_away = !imgbb_from_outside
            && self.0.vault.credentials.status().is_ok_and(|(state, _)| state == LockState::Locked);
        let signed_out = connected
            && match service {
                Service::Dropbox => self.0.services.is_signed_out(""),
                Service::ImgBb => station.refused.load(Ordering::Relaxed),
            };
        let note = locked(&self.0.services.sign_in_note).clone();
        let message = match &about {
            Err(error) => accid_base::Explain::problem(error).sentence(),
            Ok(_) if service == Service::Dropbox && !note.is_empty() => note,
            Ok(_) if connected && breaker != BreakerState::Closed => self.0.resting(service).sentence(),
            Ok(_) if signed_out => refused_there(service),
            Ok(_) if connected && locked_away => {
                format!("Passwords and keys are locked. {} waits until you unlock them.", service.title())
            }
            Ok(_) => String::new(),
        };
        ServiceView {
            service: service.name().to_owned(),
            title: service.title().to_owned(),
            ready: service == Service::ImgBb || !app_key.is_empty(),
            app_key,
            from_environment,
            connected,
            signed_out,
            account: about.ok().flatten().as_ref().and_then(account_of),
            own: false,
            breaker: breaker.as_str().to_owned(),
            message,
        }
    }

    /// How Dropbox stands for a project: its own account, or the one of all projects.
    ///
    /// # Errors
    /// When the project is missing.
    pub fn of_project(&self, _: &Permit<Read>, project: &str) -> Result<ServiceView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let project = self.0.project(project)?;
        let mut view = self.view(Service::Dropbox);
        let own = self.0.vault.about_project_secret(&project, Service::Dropbox.secret()).map_err(explain)?;
        if let Some(about) = own {
            (view.connected, view.own, view.account) = (true, true, account_of(&about));
            view.signed_out = self.0.services.is_signed_out(project.id().as_str());
            if view.signed_out {
                view.message = refused_there(Service::Dropbox);
            }
        }
        Ok(view)
    }

    /// Keeps the key of a service.
    ///
    /// # Errors
    /// When there is no such service, the key cannot be one, or the credentials are locked.
    pub fn set_key(
        &self,
        permit: &Permit<Administer>,
        service: &str,
        request: &SetServiceKey,
    ) -> Result<ServiceView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let service = Service::named(service)?;
        let key = request.key.trim();
        let plain = |one: u8| one.is_ascii_alphanumeric() || b"-_".contains(&one);
        if key.is_empty() || key.len() > 128 || !key.bytes().all(plain) {
            let message = "is of 1 to 128 letters and digits";
            return Err(refused("The key was not kept.", "/key", message)
                .fix(format!("Copy it as {} shows it.", service.title())));
        }
        match service {
            Service::Dropbox => {
                let (mut settings, _) = self.0.store.read_settings();
                key.clone_into(&mut settings.dropbox_app_key);
                self.0.store.write_settings(&settings).map_err(explain)?;
            }
            Service::ImgBb => {
                let secret = Secret::new(key.to_owned());
                self.0.vault.keep_secret(service.secret(), json!({}), &secret).map_err(explain)?;
            }
        }
        let station = self.0.services.station(service);
        station.breaker.retry_now();
        station.refused.store(false, Ordering::Relaxed);
        locked(&self.0.services.sign_in_note).clear();
        tracing::info!(service = service.name(), by = permit.author(), "service_key_changed");
        Ok(self.view(service))
    }

    /// Lets a service go: signs out where that can be done, and forgets what is kept.
    ///
    /// # Errors
    /// When there is no such service, or the disk refuses.
    pub fn forget(&self, permit: &Permit<Administer>, service: &str) -> Result<ServiceView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let service = Service::named(service)?;
        if service == Service::Dropbox {
            self.sign_out(None);
        }
        self.0.vault.forget_secret(service.secret()).map_err(explain)?;
        locked(&self.0.services.sign_in_note).clear();
        tracing::info!(service = service.name(), by = permit.author(), "service_forgotten");
        Ok(self.view(service))
    }

    /// Lets a project's own account go; the one of all projects serves it again.
    ///
    /// # Errors
    /// When the project is missing, or the disk refuses.
    pub fn forget_own(
        &self,
        permit: &Permit<Administer>,
        look: &Permit<Read>,
        project: &str,
    ) -> Result<ServiceView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let found = self.0.project(project)?;
        self.sign_out(Some(&found));
        self.0.vault.forget_project_secret(&found, Service::Dropbox.secret()).map_err(explain)?;
        tracing::info!(project_id = %found.id(), by = permit.author(), "service_forgotten");
        self.of_project(look, project)
    }

    /// Takes the sign-in back at Dropbox too, when it can be reached; if not, it is forgotten here all the same.
    fn sign_out(&self, project: Option<&Arc<Project>>) {
        let owner = project.map_or_else(String::new, |project| project.id().to_string());
        let client = locked(&self.0.services.clients).get(&owner).cloned();
        let client = client.or_else(|| self.0.open_dropbox(project.map(AsRef::as_ref)).ok().flatten());
        if let Some(client) = client {
            drop(self.0.ask(Service::Dropbox, || client.client.sign_out()));
        }
        locked(&self.0.services.clients).remove(&owner);
    }

    /// Tries a service at once, and says how it stands then.
    ///
    /// # Errors
    /// When there is no such service.
    pub fn retry(&self, _: &Permit<Read>, service: &str) -> Result<ServiceView, Problem> {
        self.0.roles.require(Role::Vault)?;
        let service = Service::named(service)?;
        self.0.services.station(service).breaker.retry_now();
        // imgBB has no call that does nothing; its next picture is the try.
        if service == Service::Dropbox
            && let Ok((client, _)) = self.0.dropbox(None)
        {
            drop(self.0.ask(service, || client.ask(|dropbox| dropbox.account())));
        }
        Ok(self.view(service))
    }

    /// Begins to connect Dropbox, for one project or (`shared`) for all: gives the address a person is sent to. Dropbox
    /// sends him back to `redirect`, and we from there to the settings at `home`.
    ///
    /// # Errors
    /// When the project is missing, no app key is known, or the credentials are locked: then nothing could be kept.
    pub fn begin(
        &self,
        permit: &Permit<Administer>,
        project: &str,
        (redirect, home): (&str, &str),
    ) -> Result<String, Problem> {
        self.0.roles.require(Role::Vault)?;
        let what = "Dropbox was not connected.";
        let project = match project {
            SHARED => None,
            named => Some(self.0.project(named)?.id().to_string()),
        };
        let app = self.0.dropbox_app(self.0.app_key());
        if app.key.is_empty() {
            return Err(Problem::new(ErrorCode::CredentialsMissing, what)
                .because("No app key is known.")
                .fix("Enter one in the settings, under Services; docs/services.md says how to make it."));
        }
        if self.0.vault.credentials.status().map_err(explain)?.0 == LockState::Locked {
            return Err(Problem::new(ErrorCode::CredentialsLocked, what)
                .because("Passwords and keys are locked, so what Dropbox gives could not be kept.")
                .fix("Unlock them in the settings first."));
        }
        let sign_in = app.begin(redirect, self.0.random.as_ref());
        let url = sign_in.url.clone();
        let now = self.0.clock.now();
        let mut pending = locked(&self.0.services.pending);
        pending.retain(|one| now.duration_since(one.begun).as_secs() < SIGN_IN_SECONDS);
        if pending.len() >= MOST_PENDING {
            pending.remove(0);
        }
        pending.push(Pending { sign_in, app, project, home: home.to_owned(), begun: now });
        locked(&self.0.services.sign_in_note).clear();
        tracing::info!(service = "dropbox", by = permit.author(), "service_sign_in");
        Ok(url)
    }

    /// Ends what [`Services::begin`] began: gives the address to go back to. Whatever came of it stands in how the service
    /// stands: it is no answer to a sign-in of this process, the person said no, or Dropbox does not take the code.
    ///
    /// # Errors
    /// When the Vault is not part of this process.
    pub fn finish(&self, permit: &Permit<Administer>, answer: &SignInAnswer) -> Result<String, Problem> {
        self.0.roles.require(Role::Vault)?;
        let pending = {
            let mut pending = locked(&self.0.services.pending);
            let found = pending.iter().position(|one| *one.sign_in.state.reveal() == answer.state);
            found.map(|index| pending.remove(index))
        };
        let home = pending.as_ref().map(|pending| pending.home.clone()).unwrap_or_default();
        let outcome = self.connect(permit, answer, pending);
        let note = outcome.as_ref().err().map(Problem::sentence).unwrap_or_default();
        *locked(&self.0.services.sign_in_note) = note;
        let came = if outcome.is_ok() { "connected" } else { "refused" };
        Ok(format!("{home}/settings?dropbox={came}"))
    }

    fn connect(
        &self,
        permit: &Permit<Administer>,
        answer: &SignInAnswer,
        pending: Option<Pending>,
    ) -> Result<(), Problem> {
        let what = "Dropbox was not connected.";
        let now = self.0.clock.now();
        let fresh = |one: &Pending| now.duration_since(one.begun).as_secs() < SIGN_IN_SECONDS;
        let Some(pending) = pending.filter(fresh) else {
            return Err(Problem::new(ErrorCode::InvalidValue, what)
                .because("What came back is no answer to a sign-in that was begun here, or came too late.")
                .fix("Begin again in the settings, under Services."));
        };
        if answer.code.is_empty() {
            let said_no = answer.error == "access_denied";
            let why = if said_no { "You said no at Dropbox." } else { "Dropbox gave no permission." };
            return Err(Problem::new(ErrorCode::CredentialsMissing, what).because(why));
        }
        let Pending { sign_in, app, project, .. } = pending;
        let code = Secret::new(answer.code.clone());
        let granted = self.0.ask(Service::Dropbox, || app.take(&sign_in, &code))?;
        let client = Dropbox::new(app.clone(), granted.refresh.clone(), Arc::clone(&self.0.clock));
        let client = Arc::new(Account::new(client));
        let account = self.0.ask(Service::Dropbox, || client.ask(|dropbox| dropbox.account()))?;
        let about = json!({ "account": account, "app_key": app.key });
        let (name, vault) = (Service::Dropbox.secret(), &self.0.vault);
        match &project {
            None => vault.keep_secret(name, about, &granted.refresh).map_err(explain)?,
            Some(id) => {
                let project = self.0.project(id)?;
                vault.keep_project_secret(&project, name, about, &granted.refresh).map_err(explain)?;
            }
        }
        tracing::info!(service = "dropbox", project_id = project, by = permit.author(), "service_connected");
        locked(&self.0.services.clients).insert(project.unwrap_or_default(), client);
        Ok(())
    }
}

impl Inner {
    /// The key of the Dropbox app: of the environment, or of the settings.
    fn app_key(&self) -> String {
        let named = self.services.options().dropbox_app_key;
        named.unwrap_or_else(|| self.store.read_settings().0.dropbox_app_key)
    }

    fn dropbox_app(&self, key: String) -> DropboxApp {
        let options = self.services.options();
        DropboxApp { key, addresses: options.dropbox, waits: options.waits, part: options.part }
    }

    /// Opens the account that is kept; nothing when there is none.
    fn open_dropbox(&self, project: Option<&Project>) -> Result<Option<Arc<Account>>, Problem> {
        let (name, vault) = (Service::Dropbox.secret(), &self.vault);
        let about = match project {
            None => vault.about_secret(name),
            Some(project) => vault.about_project_secret(project, name),
        };
        let Some(about) = about.map_err(explain)? else { return Ok(None) };
        let refresh = match project {
            None => vault.secret(name),
            Some(project) => vault.project_secret(project, name),
        };
        let Some(refresh) = refresh.map_err(explain)? else { return Ok(None) };
        // A token belongs to the app it was given to, whatever the settings say now.
        let key = about["app_key"].as_str().unwrap_or_default().to_owned();
        let app = self.dropbox_app(key);
        Ok(Some(Arc::new(Account::new(Dropbox::new(app, refresh, Arc::clone(&self.clock))))))
    }

    /// The Dropbox of a project, its own or that of all projects, and whether it is its own.
    pub(super) fn dropbox(&self, project: Option<&Project>) -> Result<(Arc<Account>, bool), Problem> {
        let own = project.map(|project| (project.id().to_string(), Some(project)));
        for (owner, of) in own.into_iter().chain([(String::new(), None)]) {
            if let Some(client) = locked(&self.services.clients).get(&owner) {
                return Ok((Arc::clone(client), of.is_some()));
            }
            if let Some(client) = self.open_dropbox(of)? {
                let held: &mut BTreeMap<_, _> = &mut locked(&self.services.clients);
                held.insert(owner, Arc::clone(&client));
                return Ok((client, of.is_some()));
            }
        }
        Err(Problem::new(ErrorCode::CredentialsMissing, "Dropbox is not connected.").fix(
            "Connect it in the settings, under Services. Everything on this machine goes on without it.",
        ))
    }
}
