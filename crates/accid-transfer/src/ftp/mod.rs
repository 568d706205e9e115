//! FTP and FTPS: a few control connections to one server, as many as it lets us have.

mod control;
mod listing;
mod tls;

use std::sync::{Condvar, Mutex, PoisonError};

use accid_base::locked;

use self::{
    control::{Control, Failure, Features},
    tls::{Tls, Version},
};
use crate::{
    Access, Found, Login, Pin, TransferError,
    error::quoted,
    remote::{Made, Wire},
    url::{Protection, ServerAddress},
};

/// How many connections are worth having; hosts commonly allow five from one address.
const MOST: usize = 4;
/// How many renames are on their way before the first is answered.
const BATCH: usize = 16;

/// A server that speaks FTP.
pub(crate) struct FtpWire {
    address: ServerAddress,
    protection: Protection,
    access: Access,
    pool: Mutex<Pool>,
    returned: Condvar,
}

struct Pool {
    idle: Vec<Control>,
    open: usize,
    most: usize,
    shown: Option<Pin>,
    version: Version,
    features: Option<Features>,
}

impl FtpWire {
    pub(crate) const fn new(address: ServerAddress, protection: Protection, access: Access) -> Self {
        let pool = Pool {
            idle: Vec::new(),
            open: 0,
            most: MOST,
            shown: None,
            version: Version::Older,
            features: None,
        };
        Self { address, protection, access, pool: Mutex::new(pool), returned: Condvar::new() }
    }

    fn explain(&self, failure: Failure, what: &str) -> TransferError {
        let place = self.place();
        match failure {
            Failure::Lost(reason) => TransferError::Unreachable { place, reason },
            Failure::No(reply) if reply.code == 421 => {
                TransferError::Unreachable { place, reason: format!("it says: {}", reply.quote()) }
            }
            Failure::No(reply) => {
                TransferError::Refused { place, what: what.to_owned(), reason: reply.quote() }
            }
            Failure::Hostile(reason) => TransferError::Hostile { place, reason },
        }
    }

    /// Does something with a connection. One that failed is thrown away; the server's plain "no" leaves it good.
    fn with<T>(
        &self,
        what: &str,
        work: impl FnOnce(&mut Control) -> Result<T, Failure>,
    ) -> Result<T, TransferError> {
        let mut control = self.take()?;
        let result = work(&mut control);
        let spent = control.transfers >= 2 && locked(&self.pool).version == Version::Newer;
        let good = match &result {
            Ok(_) => !spent,
            Err(Failure::No(reply)) => reply.code != 421 && !spent,
            Err(_) => false,
        };
        {
            let mut pool = locked(&self.pool);
            if good {
                pool.features = Some(control.features);
                pool.idle.push(control);
            } else {
                pool.open -= 1;
            }
        }
        self.returned.notify_one();
        result.map_err(|failure| self.explain(failure, what))
    }

    /// A connection that nobody uses: an idle one, a new one, or, when there are as many as may be, the next that
    /// comes free.
    fn take(&self) -> Result<Control, TransferError> {
        loop {
            if let Some(control) = self.idle_or_room() {
                return Ok(control);
            }
            let refused = match self.sign_in() {
                Ok(control) => return Ok(control),
                Err(refused) => refused,
            };
            let mut pool = locked(&self.pool);
            pool.open -= 1;
            // A server that lets us have some connections but no more is asked for fewer.
            if pool.open == 0
                || !matches!(refused, TransferError::Unreachable { .. } | TransferError::SignIn { .. })
            {
                drop(pool);
                self.returned.notify_all();
                return Err(refused);
            }
            pool.most = (pool.most / 2).max(1).min(pool.open);
        }
    }

    /// Waits for an idle connection, or for room for a new one, which is then reserved.
    fn idle_or_room(&self) -> Option<Control> {
        let mut pool = locked(&self.pool);
        loop {
            if let Some(control) = pool.idle.pop() {
                return Some(control);
            }
            if pool.open < pool.most {
                pool.open += 1;
                return None;
            }
            pool = self.returned.wait(pool).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn sign_in(&self) -> Result<Control, TransferError> {
        let (version, known) = {
            let pool = locked(&self.pool);
            (pool.version, self.access.pin.clone().or_else(|| pool.shown.clone()))
        };
        let connected = match self.connect(known.clone(), version) {
            // A server that is done with TLS 1.2.
            Err(TransferError::Unprotected { .. }) if version == Version::Older => {
                let newer = self.connect(known, Version::Newer);
                if newer.is_ok() {
                    locked(&self.pool).version = Version::Newer;
                }
                newer
            }
            connected => connected,
        };
        let (mut control, shown) = connected?;
        if let Some(shown) = shown {
            locked(&self.pool).shown = Some(shown);
        }
        self.authenticate(&mut control)?;
        self.prepare(&mut control).map_err(|failure| self.explain(failure, "the transfer of files"))?;
        Ok(control)
    }

    /// Connects, protects the connection as the address asks, and compares the certificate.
    fn connect(&self, known: Option<Pin>, version: Version) -> Result<(Control, Option<Pin>), TransferError> {
        let explain = |failure| self.explain(failure, "the connection");
        let ServerAddress { host, port, .. } = &self.address;
        if self.protection == Protection::None {
            return Ok((Control::connect(host, *port, None).map_err(explain)?, None));
        }
        let unprotected = |reason| TransferError::Unprotected { place: self.place(), reason };
        let tls = Tls::new(host, known.clone(), version).map_err(unprotected)?;
        let connected = if self.protection == Protection::Implicit {
            Control::connect(host, *port, Some(&tls))
        } else {
            let mut control = Control::connect(host, *port, None).map_err(explain)?;
            match control.ask("AUTH", "TLS").map_err(explain)? {
                reply if reply.is_good() => {}
                reply => return Err(unprotected(reply.quote())),
            }
            control.protect(&tls)
        };
        // The handshake happens with the first command; no password is in it.
        let ready = connected.and_then(|mut control| {
            control.must("PBSZ", "0")?;
            control.must("PROT", "P")?;
            Ok(control)
        });
        let shown = tls.shown();
        match (ready, known, shown) {
            (_, Some(known), Some(shown)) if known != shown => {
                Err(TransferError::PinChanged { place: self.place(), known, shown })
            }
            (Ok(control), _, shown) => Ok((control, shown)),
            (Err(Failure::Lost(reason)), _, None) => Err(unprotected(reason)),
            (Err(Failure::No(reply)), _, _) if reply.code != 421 => Err(unprotected(reply.quote())),
            (Err(failure), _, _) => Err(explain(failure)),
        }
    }

    fn authenticate(&self, control: &mut Control) -> Result<(), TransferError> {
        let refused = |reason: String| TransferError::SignIn { place: self.place(), reason };
        let password = match &self.access.login {
            Some(Login::Password(password)) => password,
            Some(_) => return Err(refused("FTP has no keys; it needs a password".to_owned())),
            None => return Err(refused("there is no password yet".to_owned())),
        };
        let explain = |failure| match failure {
            Failure::No(reply) if reply.code != 421 => refused(reply.quote()),
            failure => self.explain(failure, "the sign-in"),
        };
        let user = if self.address.user.is_empty() { "anonymous" } else { &self.address.user };
        let reply = control.ask("USER", user).map_err(explain)?;
        match reply.code {
            230 => Ok(()),
            331 | 332 => control.must("PASS", password.reveal()).map(|_| ()).map_err(explain),
            _ => Err(refused(reply.quote())),
        }
    }

    fn prepare(&self, control: &mut Control) -> Result<(), Failure> {
        let known = locked(&self.pool).features;
        // All questions go at once. `OPTS` is refused by some servers, as unknown or as what is always so anyway.
        if known.is_none() {
            control.send("FEAT", "")?;
        }
        control.send("OPTS", "UTF8 ON")?;
        control.send("TYPE", "I")?;
        control.features = if let Some(features) = known {
            features
        } else {
            let said = control.reply()?.text.to_ascii_uppercase();
            let has = |name: &str| said.lines().any(|line| line.trim().starts_with(name));
            Features { machine_lists: has("MLSD") || has("MLST"), ..Features::default() }
        };
        control.reply()?;
        let reply = control.reply()?;
        if reply.is_good() { Ok(()) } else { Err(Failure::No(reply)) }
    }
}

const fn is_missing(code: u16) -> bool {
    matches!(code, 550 | 450 | 501 | 553)
}

impl Wire for FtpWire {
    fn place(&self) -> String {
        self.address.place()
    }

    fn pin(&self) -> Option<Pin> {
        locked(&self.pool).shown.clone()
    }

    fn lanes(&self) -> usize {
        MOST
    }

    fn list(&self, folder: &str) -> Result<Vec<(String, Found)>, TransferError> {
        self.with("a look into a folder", |control| {
            let machine = control.features.machine_lists;
            // Unix servers hide names with a dot in front from a LIST without -a.
            let fetched = match (machine, folder) {
                (true, folder) => control.fetch("MLSD", folder),
                (false, "") => control.fetch("LIST", "-a"),
                (false, folder) => control.fetch("LIST", &format!("-a {folder}")),
            };
            let bytes = match fetched {
                Ok(bytes) => bytes,
                Err(Failure::No(reply)) if is_missing(reply.code) => Vec::new(),
                Err(failure) => return Err(failure),
            };
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let read = if machine { listing::read_machine_line } else { listing::read_line };
            Ok(text.lines().filter_map(read).collect())
        })
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, TransferError> {
        self.with(&format!("to send {}", quoted(path)), |control| match control.fetch("RETR", path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Failure::No(reply)) if is_missing(reply.code) => Ok(None),
            Err(failure) => Err(failure),
        })
    }

    fn write(&self, path: &str, bytes: &[u8], from: u64) -> Result<(), TransferError> {
        self.with("to take a file", |control| match control.store(path, bytes, from) {
            // Not every server goes on with a file that is there in part.
            Err(Failure::No(reply)) if from > 0 && reply.code >= 500 && reply.code != 552 => {
                control.ask("DELE", path)?;
                control.store(path, bytes, 0)
            }
            stored => stored,
        })
    }

    fn make_folder(&self, path: &str) -> Result<Made, TransferError> {
        self.with("to make a folder", |control| {
            let reply = control.ask("MKD", path)?;
            match reply.code {
                257 | 250 => Ok(Made::New),
                550 | 521 | 553 => Ok(Made::Not),
                _ => Err(Failure::No(reply)),
            }
        })
    }

    fn rename_all(
        &self,
        moves: &[(String, String)],
        aside: &dyn Fn(&str) -> String,
    ) -> Result<(), TransferError> {
        self.with("to rename a file", |control| {
            for batch in moves.chunks(BATCH) {
                for (from, to) in batch {
                    control.send("RNFR", from)?;
                    control.send("RNTO", to)?;
                }
                // All replies are read before anything is decided, so that the connection stays in step.
                let mut replies = Vec::new();
                for _ in batch {
                    replies.push((control.reply()?, control.reply()?));
                }
                for ((from, to), (ready, done)) in batch.iter().zip(replies) {
                    if !ready.is_good() {
                        return Err(Failure::No(ready));
                    }
                    if !done.is_good() {
                        rename_around(control, from, to, &aside(to))?;
                    }
                }
            }
            Ok(())
        })
    }

    fn remove_file(&self, path: &str) -> Result<(), TransferError> {
        self.with("to remove a file", |control| {
            let reply = control.ask("DELE", path)?;
            // A file that is gone and one that may not be removed give the same reply; a look tells them apart.
            if reply.is_good() || reply.code == 550 && control.ask("SIZE", path)?.code == 550 {
                return Ok(());
            }
            Err(Failure::No(reply))
        })
    }

    fn remove_empty_folder(&self, path: &str) -> Result<bool, TransferError> {
        self.with("to remove a folder", |control| Ok(control.ask("RMD", path)?.is_good()))
    }
}

/// For a server that refuses to rename over an existing file: that file steps aside first, and comes back when the
/// new one cannot take its place.
fn rename_around(control: &mut Control, from: &str, to: &str, aside: &str) -> Result<(), Failure> {
    control.must("RNFR", to)?;
    control.must("RNTO", aside)?;
    let placed = control.must("RNFR", from).and_then(|_| control.must("RNTO", to));
    if let Err(failure) = placed {
        control.must("RNFR", aside)?;
        control.must("RNTO", to)?;
        return Err(failure);
    }
    control.ask("DELE", aside)?;
    Ok(())
}
