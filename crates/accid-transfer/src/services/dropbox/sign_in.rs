//! Signing in to Dropbox: OAuth 2 (RFC 6749) with PKCE (RFC 7636) and no secret, as
//! <https://developers.dropbox.com/oauth-guide> documents it. Must not know who waits for the answer.

use accid_base::{ContentHash, Random, Secret};
use serde_json::Value;

use super::{FIX, LONGEST, PAUSE, SERVICE};
use crate::services::{
    ServiceError,
    wire::{Reply, Waits, Wire, checked_base},
};

/// What the app asks the person for.
const SCOPES: &str = "account_info.read files.metadata.read files.content.read files.content.write";

/// Where Dropbox is.
#[derive(Debug, Clone)]
pub struct DropboxAddresses {
    /// Where people sign in.
    pub web: String,
    /// Where it is asked.
    pub api: String,
    /// Where files go.
    pub content: String,
}

impl Default for DropboxAddresses {
    fn default() -> Self {
        Self {
            web: "https://www.dropbox.com".to_owned(),
            api: "https://api.dropboxapi.com".to_owned(),
            content: "https://content.dropboxapi.com".to_owned(),
        }
    }
}

impl DropboxAddresses {
    /// All three at one address that speaks the same.
    ///
    /// # Errors
    /// [`ServiceError::InvalidAddress`], when no token may be sent there.
    pub fn at(base: &str) -> Result<Self, ServiceError> {
        let base = checked_base(base)?;
        Ok(Self { web: base.clone(), api: base.clone(), content: base })
    }
}

/// The app of a person's own that speaks to Dropbox, and how.
#[derive(Debug, Clone)]
pub struct DropboxApp {
    /// The app's key; it is no secret.
    pub key: String,
    /// Where Dropbox is.
    pub addresses: DropboxAddresses,
    /// How long it may take.
    pub waits: Waits,
    /// Files larger than this go in parts of this size, in bytes; at most 150 MB.
    pub part: usize,
}

/// A sign-in that a person was sent to.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// Where the person is sent.
    pub url: String,
    /// What comes back with the answer, so that it is known to be the answer to this.
    pub state: Secret<String>,
    /// What proves that who began it also ends it (PKCE).
    pub verifier: Secret<String>,
    /// Where the answer comes to.
    pub redirect: String,
}

/// What the person granted.
#[derive(Debug)]
pub struct Granted {
    /// The token that lasts.
    pub refresh: Secret<String>,
}

impl DropboxApp {
    /// Begins to sign in.
    pub fn begin(&self, redirect: &str, random: &dyn Random) -> SignIn {
        let (state, verifier) = (word(random), word(random));
        let challenge = base64(ContentHash::of(verifier.as_bytes()).as_bytes());
        let query = query(&[
            ("client_id", &self.key),
            ("response_type", "code"),
            ("token_access_type", "offline"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("scope", SCOPES),
            ("redirect_uri", redirect),
            ("state", &state),
        ]);
        SignIn {
            url: format!("{}/oauth2/authorize?{query}", self.addresses.web),
            state: Secret::new(state),
            verifier: Secret::new(verifier),
            redirect: redirect.to_owned(),
        }
    }

    /// Takes what the person granted.
    ///
    /// # Errors
    /// When nobody answers, or the code is not good.
    pub fn take(&self, sign_in: &SignIn, code: &Secret<String>) -> Result<Granted, ServiceError> {
        let wire = Wire::new(SERVICE, self.waits);
        let found = self.token(
            &wire,
            &[
                ("grant_type", "authorization_code"),
                ("code", code.reveal()),
                ("redirect_uri", &sign_in.redirect),
                ("code_verifier", sign_in.verifier.reveal()),
                ("client_id", &self.key),
            ],
        )?;
        let refresh = found["refresh_token"].as_str().filter(|token| !token.is_empty());
        let refresh = refresh.ok_or_else(|| ServiceError::Refused {
            service: SERVICE,
            reason: "it gave no token that lasts".to_owned(),
        })?;
        Ok(Granted { refresh: Secret::new(refresh.to_owned()) })
    }

    /// A new access token, and for how many seconds it is good.
    pub(super) fn renew(
        &self,
        wire: &Wire,
        refresh: &Secret<String>,
    ) -> Result<(Secret<String>, u64), ServiceError> {
        let fields =
            [("grant_type", "refresh_token"), ("refresh_token", refresh.reveal()), ("client_id", &self.key)];
        let found = super::again(|| self.token(wire, &fields))?;
        let token = found["access_token"].as_str().unwrap_or_default().to_owned();
        Ok((Secret::new(token), found["expires_in"].as_u64().unwrap_or(14_400)))
    }

    fn token(&self, wire: &Wire, fields: &[(&str, &str)]) -> Result<Value, ServiceError> {
        let url = format!("{}/oauth2/token", self.addresses.api);
        let headers = [("content-type", "application/x-www-form-urlencoded".to_owned())];
        let reply: Reply = wire.post(&url, &headers, query(fields).as_bytes(), LONGEST)?;
        let value = reply.json();
        let refused =
            |reason: &str| Err(ServiceError::Refused { service: SERVICE, reason: reason.to_owned() });
        match (reply.status, value["error"].as_str().unwrap_or_default()) {
            (200, _) => Ok(value),
            (400 | 401, "invalid_grant") => Err(ServiceError::SignedOut { service: SERVICE, fix: FIX }),
            (400 | 401, "invalid_client" | "unauthorized_client") => {
                refused("it does not know the app key; look at it in the settings, under Services")
            }
            (429, _) => {
                Err(ServiceError::Busy { service: SERVICE, after: reply.retry_after.unwrap_or(PAUSE) })
            }
            // What it says here may repeat what was sent.
            (400..500, _) => refused("the sign-in was not as it expects"),
            (status, _) => {
                Err(ServiceError::Away { service: SERVICE, reason: format!("it answered {status}") })
            }
        }
    }
}

/// 256 random bits as a word for addresses.
fn word(random: &dyn Random) -> String {
    let mut bytes = [0; 32];
    random.fill(&mut bytes);
    base64(&bytes)
}

/// Base64 for addresses, without padding (RFC 4648 §5).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0_u32, |word, byte| (word << 8) | u32::from(*byte));
        let word = word << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let index = (word >> (18 - 6 * place)) & 63;
            out.push(char::from(LETTERS[index as usize]));
        }
    }
    out
}

/// Fields as an address or a form carries them.
fn query(fields: &[(&str, &str)]) -> String {
    let mut out = String::new();
    for (name, value) in fields {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_addresses_are_those_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let challenge = base64(ContentHash::of(verifier.as_bytes()).as_bytes());
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assert_eq!((base64(b""), base64(b"f"), base64(b"fo")), (String::new(), "Zg".into(), "Zm8".into()));
    }

    #[test]
    fn fields_stay_apart_whatever_they_hold() {
        assert_eq!(query(&[("a", "x&y=z"), ("b", "é %")]), "a=x%26y%3Dz&b=%C3%A9%20%25");
    }
}
