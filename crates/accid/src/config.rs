//! Where the data is, where to listen and how much to log: settings, then environment, then command line; the later
//! wins. The only file that reads the environment (clap reads the `ACCID_…` variables for it).

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use accid_base::{Secret, SystemVfs, Vfs};
use accid_model::Settings;
use accid_studio::{DropboxAddresses, ServiceOptions, checked_base};

use crate::{arguments::Listen, failure::Failure, keyring::SystemKeyring};

/// The tools of one process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// All of them.
    All,
    /// The Vault alone.
    Vault,
    /// The Builder alone.
    Builder,
    /// Waypoint alone.
    Waypoint,
}

impl Tool {
    /// Its command.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::All => "up",
            Self::Vault => "vault",
            Self::Builder => "builder",
            Self::Waypoint => "waypoint",
        }
    }

    /// Its own port when nobody names one, so that tools of one machine do not clash; `None`: as the settings say.
    const fn port(self) -> Option<u16> {
        match self {
            Self::All | Self::Vault => None,
            Self::Builder => Some(9848),
            Self::Waypoint => Some(9849),
        }
    }

    /// A tool that runs alone beside others owns a data folder of its own.
    const fn folder(self) -> &'static str {
        match self {
            Self::All | Self::Vault => "accid",
            Self::Builder => "accid-builder",
            Self::Waypoint => "accid-waypoint",
        }
    }
}

/// The data folder: what was named, or the platform's.
///
/// # Errors
/// When none was named and the platform does not say where data goes.
pub fn data_folder(named: Option<&Path>, tool: Tool) -> Result<PathBuf, Failure> {
    let folder = match named {
        Some(folder) => folder.to_path_buf(),
        None => platform_folder(&environment)
            .ok_or_else(|| {
                Failure::new("This machine does not say where data goes. Name a folder with --data DIR.")
            })?
            .join(tool.folder()),
    };
    std::path::absolute(&folder)
        .map_err(|error| Failure::new(format!("The folder {} cannot be used. {error}.", folder.display())))
}

#[expect(clippy::disallowed_methods, reason = "this is the place that reads the environment")]
pub(crate) fn environment(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Says what opens the passwords and keys: the keyring of the system, and which file, `ACCID_KEY_FILE`, or `accid-key` among the credentials that systemd
/// hands to a service (systemd.exec(5), `LoadCredential=`).
pub fn open_credentials(studio: &accid_studio::Studio) {
    studio.use_keyring(Arc::new(SystemKeyring::find()));
    studio.use_runner(crate::build_runner::system_runner());
    let of_service = || environment("CREDENTIALS_DIRECTORY").map(|folder| folder.join("accid-key"));
    let of_service = || of_service().filter(|file| SystemVfs.exists(file));
    if let Some(file) = environment("ACCID_KEY_FILE").or_else(of_service) {
        studio.use_key_file(file);
    }
}

/// Says what the environment says of services on the web: the keys of Dropbox' app and of imgBB, and other addresses that
/// speak as they do (`ACCID_DROPBOX_URL`, `ACCID_IMGBB_URL`).
///
/// # Errors
/// When an address is one that no token may be sent to.
pub fn name_services(studio: &accid_studio::Studio) -> Result<(), accid_base::Problem> {
    let text = |name: &str| environment(name).map(|value| value.to_string_lossy().trim().to_owned());
    let explained = |error: accid_studio::ServiceError| accid_base::Explain::problem(&error);
    let mut options = ServiceOptions {
        dropbox_app_key: text("ACCID_DROPBOX_APP_KEY"),
        imgbb_key: text("ACCID_IMGBB_KEY").map(Secret::new),
        ..ServiceOptions::default()
    };
    if let Some(url) = text("ACCID_DROPBOX_URL") {
        options.dropbox = DropboxAddresses::at(&url).map_err(explained)?;
    }
    if let Some(url) = text("ACCID_IMGBB_URL") {
        options.imgbb = checked_base(&url).map_err(explained)?;
    }
    studio.use_services(options);
    Ok(())
}

/// XDG Base Directory Specification 0.8; Apple's File System Programming Guide; Windows' known folders.
fn platform_folder(environment: &dyn Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    if cfg!(target_os = "windows") {
        return environment("LOCALAPPDATA").or_else(|| environment("APPDATA"));
    }
    let home = environment("HOME").filter(|home| home.is_absolute());
    if cfg!(target_os = "macos") {
        return home.map(|home| home.join("Library/Application Support"));
    }
    let named = environment("XDG_DATA_HOME").filter(|folder| folder.is_absolute());
    named.or_else(|| home.map(|home| home.join(".local/share")))
}

/// The settings in a data folder, without taking it; defaults when there are none or they are damaged, which the
/// studio says when it opens them.
pub fn read_settings(root: &Path) -> Settings {
    let bytes = SystemVfs.read(&root.join(Settings::FILE)).unwrap_or_default();
    serde_json::from_slice(&bytes).unwrap_or_default()
}

/// The address at which a process on this machine finds the one that listens there.
pub fn own_address(address: SocketAddr) -> SocketAddr {
    if !address.ip().is_unspecified() {
        return address;
    }
    let loopback = match address {
        SocketAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        SocketAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    SocketAddr::new(loopback, address.port())
}

/// Whether other machines may reach this process: a Vault that a tool is paired with answers those, and nobody else.
///
/// # Errors
/// When others could reach it and there is nothing for them.
pub fn check_reach(address: SocketAddr, tool: Tool, root: &Path) -> Result<(), Failure> {
    if address.ip().is_loopback() {
        return Ok(());
    }
    let paired = SystemVfs.read(&root.join("keys/pairings.json")).is_ok_and(|bytes| bytes.len() > 2);
    if !matches!(tool, Tool::Vault | Tool::All) {
        return Err(Failure::new(
            "Only the Vault answers other machines: its tools go to it. Leave --host away, or use 127.0.0.1.",
        ));
    }
    if paired {
        return Ok(());
    }
    Err(Failure::new(format!(
        "ACCID does not listen at {} yet: other machines could reach it there, it has no accounts that could tell \
         people apart, and no tool is paired with it. Pair one first, with: accid vault pair. Only paired tools are \
         answered then.",
        address.ip()
    )))
}

/// Where to listen.
///
/// # Errors
/// When it is neither this machine itself nor all of its addresses. See also [`check_reach`].
pub fn address(listen: &Listen, settings: &Settings, tool: Tool) -> Result<SocketAddr, Failure> {
    let host = listen.host.as_deref().unwrap_or(&settings.host);
    let port = listen.port.or(tool.port()).unwrap_or(settings.port);
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address = if bare.eq_ignore_ascii_case("localhost") {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    } else {
        bare.parse::<IpAddr>().map_err(|_| {
            Failure::new(format!("\"{host}\" is not an address to listen at. Use 127.0.0.1, the address of this machine itself."))
        })?
    };
    let own = address == IpAddr::V4(Ipv4Addr::LOCALHOST) || address == IpAddr::V6(Ipv6Addr::LOCALHOST);
    if own || address.is_unspecified() {
        return Ok(SocketAddr::new(address, port));
    }
    Err(Failure::new(format!(
        "ACCID does not listen at {host}: it has no accounts yet that could tell people apart, and its own studio could \
         not be reached there. Use 127.0.0.1 for this machine alone, or 0.0.0.0 for tools of other machines that are \
         paired with this Vault."
    )))
}

/// How much to log, as a filter of `tracing`.
pub fn log_filter(listen: &Listen, settings: &Settings) -> String {
    let level = listen.log.as_deref().unwrap_or(&settings.log);
    level.trim().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(host: &str) -> Listen {
        Listen { host: Some(host.to_owned()), ..Listen::default() }
    }

    #[test]
    fn the_command_line_wins_over_the_settings() {
        let settings = Settings { port: 1234, log: "debug".to_owned(), ..Settings::default() };
        assert_eq!(address(&Listen::default(), &settings, Tool::All).unwrap().port(), 1234);
        let named = Listen { port: Some(99), log: Some("warn".to_owned()), ..Listen::default() };
        assert_eq!(address(&named, &settings, Tool::Builder).unwrap().port(), 99);
        assert_eq!(log_filter(&Listen::default(), &settings), "debug");
        assert_eq!(log_filter(&named, &settings), "warn");
    }

    #[test]
    fn only_this_machine_itself_is_listened_at() {
        for host in ["127.0.0.1", "localhost", "::1", "[::1]"] {
            assert!(address(&listen(host), &Settings::default(), Tool::All).is_ok(), "{host}");
        }
        for host in ["192.168.1.5", "127.0.0.2"] {
            let sentence = address(&listen(host), &Settings::default(), Tool::All).unwrap_err().to_string();
            assert!(sentence.contains("0.0.0.0"), "{sentence}");
        }
        for host in ["0.0.0.0", "::"] {
            let all = address(&listen(host), &Settings::default(), Tool::All).unwrap();
            assert!(own_address(all).ip().is_loopback());
            for tool in [Tool::All, Tool::Vault, Tool::Builder] {
                let sentence = check_reach(all, tool, Path::new("/nowhere")).unwrap_err().to_string();
                assert!(sentence.contains("paired") || tool == Tool::Builder, "{sentence}");
            }
        }
        assert!(address(&listen("my host"), &Settings::default(), Tool::All).is_err());
    }

    #[test]
    fn a_tool_that_runs_alone_has_a_port_and_a_folder_of_its_own() {
        let settings = Settings::default();
        let ports = [Tool::All, Tool::Builder, Tool::Waypoint]
            .map(|tool| address(&Listen::default(), &settings, tool).unwrap().port());
        assert_eq!(ports, [9847, 9848, 9849]);
        assert_ne!(Tool::Builder.folder(), Tool::All.folder());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_platforms_folder_is_the_one_of_xdg() {
        let home = |name: &str| (name == "HOME").then(|| PathBuf::from("/home/ada"));
        assert_eq!(platform_folder(&home), Some(PathBuf::from("/home/ada/.local/share")));
        let both = |name: &str| Some(PathBuf::from(if name == "HOME" { "/home/ada" } else { "/xdg" }));
        assert_eq!(platform_folder(&both), Some(PathBuf::from("/xdg")));
        assert_eq!(platform_folder(&|_| Some(PathBuf::from("relative"))), None);
    }
}
