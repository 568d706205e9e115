//! `accid up`, `accid vault`, `accid builder`, `accid waypoint`: one process that listens until it is told to stop.

use std::{
    io::{ErrorKind, IsTerminal, Write},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    sync::{Arc, mpsc},
    thread,
    time::Duration,
};

use accid_access::{Administer, Caller, Write as WriteAction};
use accid_base::{ErrorCode, Problem, SystemClock, SystemRandom, SystemVfs};
use accid_http::{HttpOptions, HttpState};
use accid_store::{Background, Store};
use accid_studio::{ConnectRequest, LogBook, Role, Roles, Studio, StudioOptions};
use tokio::runtime;

use crate::{
    arguments::{Alone, Common, Up},
    browser,
    config::{self, Tool},
    failure::Failure,
    log,
    secrets::{self, Source},
};

/// How long the files may take to follow the ledger at the end; the next start does what is left.
const LAST_FLUSH: Duration = Duration::from_millis(800);

/// Starts all tools.
///
/// # Errors
/// When it cannot listen or the data folder cannot be used.
pub fn up(common: &Common, options: &Up) -> Result<(), Failure> {
    start(common, Tool::All, options, &Alone::default())
}

/// Starts one tool alone.
///
/// # Errors
/// As [`up`].
pub fn alone(common: &Common, tool: Tool, alone: &Alone) -> Result<(), Failure> {
    start(common, tool, &Up { listen: alone.listen.clone(), ..Up::default() }, alone)
}

fn start(common: &Common, tool: Tool, options: &Up, alone: &Alone) -> Result<(), Failure> {
    let root = config::data_folder(common.data.as_deref(), tool)?;
    let settings = config::read_settings(&root);
    let address = config::address(&options.listen, &settings, tool)?;
    config::check_reach(address, tool, &root)?;
    let log = log::start(&config::log_filter(&options.listen, &settings))?;
    if let Some(holder) = Store::in_use(&SystemVfs, &root) {
        return join(&root, &holder.url, holder.pid);
    }
    let listener = listen(address)?;
    let studio = match open_studio(&root, tool, log) {
        Ok(studio) => studio,
        Err(problem) if problem.code == ErrorCode::DataInUse => {
            let holder = Store::in_use(&SystemVfs, &root).ok_or_else(|| Failure::explain(&problem))?;
            return join(&root, &holder.url, holder.pid);
        }
        Err(problem) => return Err(Failure::explain(&problem)),
    };
    if options.demo {
        make_demo(&studio).map_err(|problem| Failure::explain(&problem))?;
    }
    connect(&studio, tool, alone)?;
    serve(studio, listener, &Place { root, tool, open: options.open })
}

/// Takes the connection to the Vault up: the one that is kept, or the one that is named now.
fn connect(studio: &Studio, tool: Tool, alone: &Alone) -> Result<(), Failure> {
    if !matches!(tool, Tool::Builder | Tool::Waypoint) {
        return Ok(());
    }
    let explained = |problem: Problem| Failure::explain(&problem);
    let Some(url) = &alone.vault else { return studio.connection().resume(None).map_err(explained) };
    let token = if alone.vault_token_stdin {
        secrets::read(Source::StandardInput, "")?.map(|token| token.reveal().clone())
    } else {
        None
    };
    if token.is_none() {
        // Without a token the tool starts all the same, and the studio says that it has to be paired.
        return studio.connection().resume(Some(url)).map_err(explained);
    }
    let may = Caller::Owner.permit::<Administer>();
    let may = may.map_err(|denied| Failure::explain(&accid_base::Explain::problem(&denied)))?;
    studio.connection().connect(&may, &ConnectRequest { url: url.clone(), token }).map_err(explained)
}

struct Place {
    root: PathBuf,
    tool: Tool,
    open: bool,
}

fn open_studio(root: &Path, tool: Tool, log: Arc<LogBook>) -> Result<Studio, Problem> {
    let roles = match tool {
        Tool::All => Roles::all(),
        Tool::Vault => Roles::only(Role::Vault),
        Tool::Builder => Roles::only(Role::Builder),
        Tool::Waypoint => Roles::only(Role::Waypoint),
    };
    let studio = Studio::open(StudioOptions {
        root: root.to_path_buf(),
        vfs: Arc::new(SystemVfs),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
        background: Background::On,
        roles,
        log,
    })?;
    config::open_credentials(&studio);
    config::name_services(&studio)?;
    Ok(studio)
}

/// The demo is there before the first answer: a fresh studio is not shown empty.
fn make_demo(studio: &Studio) -> Result<(), Problem> {
    let may =
        Caller::System.permit::<WriteAction>().map_err(|denied| accid_base::Explain::problem(&denied))?;
    studio.projects().create_demo(&may).map(drop)
}

fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!(
            "Port {} is in use by another program. Choose another with --port, such as --port {}, or end that program.",
            address.port(),
            address.port().checked_add(1).unwrap_or(9847),
        )),
        ErrorKind::PermissionDenied => Failure::new(format!(
            "Port {} may not be used by this account. Choose one above 1023 with --port.",
            address.port()
        )),
        _ => Failure::new(format!(
            "ACCID cannot listen at {address}. {error}. Choose another with --host and --port."
        )),
    };
    let listener = TcpListener::bind(address).map_err(refused)?;
    listener.set_nonblocking(true).map_err(refused)?;
    Ok(listener)
}

/// Another process holds the data: shows that one instead.
fn join(root: &Path, url: &str, process: u32) -> Result<(), Failure> {
    let folder = root.display();
    if url.is_empty() {
        return Err(Failure::new(format!(
            "The data folder {folder} is held by another ACCID (process {process}) that is just starting or ending. \
             Try again in a moment."
        )));
    }
    say(&format!("ACCID is running already with the data folder {folder}: {url} (process {process})."));
    say(&match browser::open(url) {
        Ok(()) => "Opened it in the browser.".to_owned(),
        Err(note) => note,
    });
    Ok(())
}

fn serve(studio: Studio, listener: TcpListener, place: &Place) -> Result<(), Failure> {
    let broken =
        |error: std::io::Error| Failure::new(format!("The server stopped. {error}. Start it again."));
    let address = listener.local_addr().map_err(broken)?;
    let url = format!("http://{}", config::own_address(address));
    studio.announce(&url).map_err(|problem| Failure::explain(&problem))?;
    let state = HttpState::new(HttpOptions::local(studio.clone(), address.port()));
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(broken)?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let stop = stop_signal()?;
        tell_ready(&url, place);
        accid_http::serve(listener, state, stop).await
    });
    tracing::info!("stopping");
    let flushed = flush(studio);
    runtime.shutdown_timeout(Duration::from_millis(100));
    served.map_err(broken)?;
    flushed?;
    tracing::info!("stopped");
    Ok(())
}

fn tell_ready(url: &str, place: &Place) {
    let data = place.root.display();
    tracing::info!(url, data = %data, tool = place.tool.as_str(), process = std::process::id(), "ready");
    if std::io::stdout().is_terminal() {
        say(&format!("\n  ACCID is ready: {url}\n  Your projects are in {data}\n  Stop it with Ctrl-C.\n"));
    }
    if place.open {
        let url = url.to_owned();
        thread::spawn(move || {
            if let Err(note) = browser::open(&url) {
                tracing::info!("{note}");
            }
        });
    }
}

/// Over when the person or the system asks the process to end.
fn stop_signal() -> std::io::Result<impl Future<Output = ()> + Send + 'static> {
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    #[cfg(unix)]
    let mut hangup = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?;
    #[cfg(unix)]
    let mut interrupt = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::interrupt())?;
    Ok(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
            _ = interrupt.recv() => {}
        }
        #[cfg(not(unix))]
        drop(tokio::signal::ctrl_c().await);
    })
}

/// Lets the files follow the ledger, but not for long: what was acknowledged is in the ledger anyway.
fn flush(studio: Studio) -> Result<(), Failure> {
    let (done, wait) = mpsc::channel();
    thread::spawn(move || done.send(studio.close()));
    match wait.recv_timeout(LAST_FLUSH) {
        Ok(result) => result.map_err(|problem| Failure::explain(&problem)),
        Err(_) => Ok(()),
    }
}

/// Prints a line; a closed terminal is no reason to stop.
fn say(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
