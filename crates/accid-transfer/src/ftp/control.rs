//! One control connection of FTP (RFC 959, 2228, 2428, 3659, 4217) and the data connections it opens. Nothing with a
//! line break is ever sent as part of a command, and data connections go to the control connection's peer only.

use std::{
    io::{self, Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs},
    thread,
    time::Duration,
};

use super::tls::{Stream, Tls};
use crate::error::quoted;

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(20);
/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long is waited for a free port of the server, again and again.
const NO_PORT: [Duration; 4] =
    [Duration::from_millis(100), Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(5)];
/// More than any reply has.
const LONGEST_REPLY: usize = 64 * 1024;
/// More than any list or note has.
const LONGEST_FILE: u64 = 256 * 1024 * 1024;

/// A server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reply {
    pub(super) code: u16,
    pub(super) text: String,
}

impl Reply {
    pub(super) const fn is_good(&self) -> bool {
        self.code >= 200 && self.code < 400
    }

    /// Fit to be shown.
    pub(super) fn quote(&self) -> String {
        format!("{} {}", self.code, quoted(self.text.lines().next().unwrap_or_default()))
    }
}

/// Why a command failed.
#[derive(Debug)]
pub(super) enum Failure {
    /// The connection is of no more use.
    Lost(String),
    /// The server said no.
    No(Reply),
    /// The server does what no honest one does.
    Hostile(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let said = match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => "it was silent for a minute".to_owned(),
            io::ErrorKind::UnexpectedEof => "it ended the connection".to_owned(),
            _ => error.to_string(),
        };
        Self::Lost(said)
    }
}

/// What a server can do beyond the least.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Features {
    pub(super) machine_lists: bool,
    /// It has answered `EPSV` with a port.
    pub(super) extended_passive: bool,
}

/// One control connection.
pub(super) struct Control {
    stream: Stream,
    unread: Vec<u8>,
    peer: IpAddr,
    /// Protects its data connections too.
    tls: Option<Tls>,
    pub(super) features: Features,
    /// Data connections it has opened.
    pub(super) transfers: usize,
    extended_passive: bool,
}

impl Control {
    /// Connects. With `tls` the connection is protected from its first byte, as implicit FTPS wants it.
    pub(super) fn connect(host: &str, port: u16, tls: Option<&Tls>) -> Result<Self, Failure> {
        let addresses = (host, port).to_socket_addrs()?;
        let mut failure = Failure::Lost(format!("there is no host {}", quoted(host)));
        for address in addresses {
            match dial(address) {
                Ok(socket) => {
                    let stream = match tls {
                        Some(tls) => tls.protect(socket)?,
                        None => Stream::Plain(socket),
                    };
                    let mut control = Self {
                        stream,
                        unread: Vec::new(),
                        peer: address.ip(),
                        tls: tls.cloned(),
                        features: Features::default(),
                        transfers: 0,
                        extended_passive: true,
                    };
                    let greeting = control.reply()?;
                    return if greeting.is_good() { Ok(control) } else { Err(Failure::No(greeting)) };
                }
                Err(error) => failure = error.into(),
            }
        }
        Err(failure)
    }

    /// Protects this connection, and the data connections to come.
    pub(super) fn protect(mut self, tls: &Tls) -> Result<Self, Failure> {
        if !self.unread.is_empty() {
            // What came before the protection could be anybody's.
            return Err(Failure::Hostile(
                "it sent more than it was asked for before the protection".to_owned(),
            ));
        }
        let socket = self.stream.socket().try_clone()?;
        self.stream = tls.protect(socket)?;
        self.tls = Some(tls.clone());
        Ok(self)
    }

    /// Sends a command without waiting for its reply. What is sent is never told.
    pub(super) fn send(&mut self, verb: &str, argument: &str) -> Result<(), Failure> {
        if argument.contains(['\r', '\n', '\0']) {
            return Err(Failure::Hostile(
                "a name or a password has a line break in it, and was not sent".to_owned(),
            ));
        }
        let line = if argument.is_empty() { format!("{verb}\r\n") } else { format!("{verb} {argument}\r\n") };
        self.stream.write_all(line.as_bytes())?;
        Ok(self.stream.flush()?)
    }

    /// Sends a command and reads its reply.
    pub(super) fn ask(&mut self, verb: &str, argument: &str) -> Result<Reply, Failure> {
        self.send(verb, argument)?;
        self.reply()
    }

    /// Sends a command that has to go well.
    pub(super) fn must(&mut self, verb: &str, argument: &str) -> Result<Reply, Failure> {
        let reply = self.ask(verb, argument)?;
        if reply.is_good() { Ok(reply) } else { Err(Failure::No(reply)) }
    }

    /// Reads one reply, of one line or several (RFC 959 §4.2).
    pub(super) fn reply(&mut self) -> Result<Reply, Failure> {
        let first = self.line()?;
        let code = first.get(..3).and_then(|code| code.parse().ok());
        let Some(code) = code.filter(|code| (100..600).contains(code)) else {
            return Err(Failure::Hostile(format!(
                "it answered \"{}\", which is no reply of FTP",
                quoted(&first)
            )));
        };
        let mut text = first.get(4..).unwrap_or_default().to_owned();
        if first.as_bytes().get(3) == Some(&b'-') {
            let end = format!("{code} ");
            loop {
                let line = self.line()?;
                if let Some(last) = line.strip_prefix(&end) {
                    text = format!("{text}\n{last}");
                    break;
                }
                if text.len() > LONGEST_REPLY {
                    return Err(Failure::Hostile("its reply does not end".to_owned()));
                }
                text.push('\n');
                text.push_str(&line);
            }
        }
        if code == 421 {
            return Err(Failure::No(Reply { code, text }));
        }
        Ok(Reply { code, text })
    }

    fn line(&mut self) -> Result<String, Failure> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let rest = self.unread.split_off(end + 1);
                let line = std::mem::replace(&mut self.unread, rest);
                return Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned());
            }
            if self.unread.len() > LONGEST_REPLY {
                return Err(Failure::Hostile("its reply has no end of line".to_owned()));
            }
            let mut buffer = [0; 4096];
            match self.stream.read(&mut buffer)? {
                0 => return Err(Failure::Lost("it ended the connection".to_owned())),
                read => self.unread.extend_from_slice(&buffer[..read]),
            }
        }
    }

    /// Opens a data connection and sends the command that reads from it. A server that is known to answer `EPSV` gets both
    /// at once: the answer comes sooner. Not so where files are written: a server that waits for a connection to read from
    /// does not see that the other one was cut, and keeps its place taken for minutes.
    fn open_for(&mut self, verb: &str, path: &str) -> Result<TcpStream, Failure> {
        if !self.features.extended_passive {
            let socket = self.open_data()?;
            self.send(verb, path)?;
            return Ok(socket);
        }
        self.send("EPSV", "")?;
        self.send(verb, path)?;
        let reply = self.reply()?;
        if !reply.is_good() {
            // It was answered before. What the server makes of the other command now is not waited for.
            return Err(Failure::Lost(format!("it says: {}", reply.quote())));
        }
        match dial(SocketAddr::new(self.peer, extended_port(&reply)?)) {
            Ok(socket) => Ok(socket),
            // A server that says no to the command stops waiting for its connection.
            Err(error) => match self.reply()? {
                refusal if refusal.code >= 400 => Err(Failure::No(refusal)),
                _ => Err(error.into()),
            },
        }
    }

    /// Opens a data connection to the peer of this connection, and nobody else.
    fn open_data(&mut self) -> Result<TcpStream, Failure> {
        if self.extended_passive {
            let reply = self.ask_for_port("EPSV")?;
            if reply.is_good() {
                let socket = dial(SocketAddr::new(self.peer, extended_port(&reply)?))?;
                self.features.extended_passive = true;
                return Ok(socket);
            }
            self.extended_passive = false;
        }
        let reply = self.ask_for_port("PASV")?;
        if !reply.is_good() {
            return Err(Failure::No(reply));
        }
        let (address, port) = passive_address(&reply)?;
        // A server behind a router may name its inner address; then its outer one is meant.
        let inner = is_inner(address) && !is_inner(self.peer);
        if address != self.peer && !inner {
            return Err(Failure::Hostile(format!("it wants the files sent to another machine, {address}")));
        }
        Ok(dial(SocketAddr::new(self.peer, port))?)
    }

    /// Asks for a port, again after a while when the server has none free.
    fn ask_for_port(&mut self, verb: &str) -> Result<Reply, Failure> {
        let mut pauses = NO_PORT.iter();
        loop {
            let reply = self.ask(verb, "")?;
            match (reply.code, pauses.next()) {
                (425, Some(pause)) => thread::sleep(*pause),
                (425, None) => return Err(Failure::No(reply)),
                _ => return Ok(reply),
            }
        }
    }

    fn protect_data(&self, socket: TcpStream) -> io::Result<Stream> {
        match &self.tls {
            Some(tls) => tls.protect(socket),
            None => Ok(Stream::Plain(socket)),
        }
    }

    /// Sends a file from that byte on.
    pub(super) fn store(&mut self, path: &str, bytes: &[u8], from: u64) -> Result<(), Failure> {
        self.transfers += 1;
        let socket = self.open_data()?;
        if from > 0 {
            self.must("REST", &from.to_string())?;
        }
        // The data goes on its way before the server has said that it waits for it: that saves a round trip a file.
        self.send("STOR", path)?;
        let rest = usize::try_from(from).ok().and_then(|from| bytes.get(from..)).unwrap_or_default();
        let sent = self.protect_data(socket).and_then(|mut data| {
            data.write_all(rest)?;
            data.flush()?;
            data.finish()?;
            Ok(data)
        });
        let begun = self.reply()?;
        if begun.code >= 200 {
            return Err(Failure::No(begun));
        }
        let done = self.reply()?;
        if !done.is_good() {
            return Err(Failure::No(done));
        }
        sent?;
        Ok(())
    }

    /// Reads what a command such as `RETR` or `MLSD` sends.
    pub(super) fn fetch(&mut self, verb: &str, path: &str) -> Result<Vec<u8>, Failure> {
        self.transfers += 1;
        let socket = self.open_for(verb, path)?;
        let begun = self.reply()?;
        if begun.code >= 200 {
            // Some servers say at once that there is nothing.
            return if begun.is_good() { Ok(Vec::new()) } else { Err(Failure::No(begun)) };
        }
        let mut bytes = Vec::new();
        let read = self.protect_data(socket).and_then(|data| data.take(LONGEST_FILE).read_to_end(&mut bytes));
        let done = self.reply()?;
        if !done.is_good() {
            return Err(Failure::No(done));
        }
        read?;
        Ok(bytes)
    }
}

fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpStream::connect_timeout(&address, CONNECTING)?;
    socket.set_nodelay(true)?;
    socket.set_read_timeout(Some(PATIENCE))?;
    socket.set_write_timeout(Some(PATIENCE))?;
    Ok(socket)
}

/// `229 Entering Extended Passive Mode (|||6446|)`
fn extended_port(reply: &Reply) -> Result<u16, Failure> {
    let inside =
        reply.text.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    let port = inside.and_then(|inside| {
        let mark = inside.chars().next()?;
        inside.split(mark).nth(3)?.parse().ok()
    });
    port.filter(|port| *port != 0)
        .ok_or_else(|| Failure::Hostile(format!("it named no port to send files to: {}", reply.quote())))
}

/// `227 Entering Passive Mode (127,0,0,1,25,46)`
fn passive_address(reply: &Reply) -> Result<(IpAddr, u16), Failure> {
    let begin = reply.text.find(|character: char| character.is_ascii_digit()).unwrap_or(reply.text.len());
    let numbers: Vec<u8> =
        reply.text[begin..].split([',', ')']).map_while(|number| number.trim().parse().ok()).collect();
    match numbers[..] {
        [a, b, c, d, high, low] if (high, low) != (0, 0) => {
            Ok((IpAddr::from([a, b, c, d]), u16::from_be_bytes([high, low])))
        }
        _ => Err(Failure::Hostile(format!("it named no port to send files to: {}", reply.quote()))),
    }
}

fn is_inner(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_private() || address.is_loopback() || address.is_unspecified(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unspecified() || address.is_unique_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(text: &str) -> Reply {
        Reply { code: 227, text: text.to_owned() }
    }

    #[test]
    fn ports_are_read_and_nonsense_is_not() {
        assert_eq!(extended_port(&reply("Entering (|||6446|)")).unwrap(), 6446);
        let (address, port) = passive_address(&reply("Entering Passive Mode (127,0,0,1,25,46).")).unwrap();
        assert_eq!((address.to_string().as_str(), port), ("127.0.0.1", 6446));
        for text in ["", "()", "(|||)", "(|||0|)", "(|||99999|)", "(é)"] {
            assert!(extended_port(&reply(text)).is_err(), "{text}");
        }
        for text in ["", "(1,2,3,4,5)", "(1,2,3,4,0,0)", "(1,2,3,4,5,600)", "é"] {
            assert!(passive_address(&reply(text)).is_err(), "{text}");
        }
    }
}
