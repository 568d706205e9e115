//! A proxy that makes a connection long: what passes is held back for a while. It forwards one port, or the ports of a
//! server that opens more of them by itself.

use std::{
    io::{Read, Write},
    net::{IpAddr, Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

/// What all connections share.
struct Shared {
    delay: Duration,
    /// After so many bytes from clients every connection breaks; 0 for never.
    cut_after: AtomicU64,
    received: AtomicU64,
    down: AtomicBool,
    /// How many connections to the server are not over, and word of each that is.
    open: Mutex<usize>,
    over: Condvar,
}

/// How long no connection may end before those that are left count as ones that nobody works at.
const QUIET: Duration = Duration::from_secs(3);

/// A running proxy; it ends with the test.
pub struct Proxy {
    shared: Arc<Shared>,
    ports: Vec<u16>,
}

impl Proxy {
    /// Listens at these ports of `here` (0 takes a free one) and forwards to the same ports of `there`, or to the one
    /// that is named. Each byte is held back for half the round trip.
    pub fn start(here: IpAddr, there: IpAddr, ports: &[(u16, u16)], round_trip: Duration) -> Self {
        let shared = Arc::new(Shared {
            delay: round_trip / 2,
            cut_after: AtomicU64::new(0),
            received: AtomicU64::new(0),
            down: AtomicBool::new(false),
            open: Mutex::new(0),
            over: Condvar::new(),
        });
        let mut listening = Vec::new();
        for (port, to) in ports {
            let listener = TcpListener::bind((here, *port)).expect("a port to listen at");
            listening.push(listener.local_addr().expect("its address").port());
            let (shared, to) = (Arc::clone(&shared), SocketAddr::new(there, *to));
            thread::spawn(move || {
                for client in listener.incoming().flatten() {
                    if !shared.down.load(Ordering::SeqCst)
                        && let Ok(server) = TcpStream::connect(to)
                    {
                        relay(&shared, &client, &server);
                    }
                }
            });
        }
        Self { shared, ports: listening }
    }

    /// The ports it listens at, in the order they were named.
    pub fn ports(&self) -> &[u16] {
        &self.ports
    }

    /// Breaks all connections after so many more bytes from clients, and accepts none until [`Proxy::mend`].
    pub fn cut_after(&self, bytes: u64) {
        self.shared.received.store(0, Ordering::SeqCst);
        self.shared.cut_after.store(bytes, Ordering::SeqCst);
    }

    /// Whether it was cut.
    pub fn is_down(&self) -> bool {
        self.shared.down.load(Ordering::SeqCst)
    }

    /// Bytes from clients since the last call of [`Proxy::cut_after`] or [`Proxy::mend`].
    pub fn received(&self) -> u64 {
        self.shared.received.load(Ordering::SeqCst)
    }

    /// Lets connections through again, once the server is done with all that came through before the cut.
    pub fn mend(&self) {
        let mut open = self.shared.open.lock().unwrap_or_else(PoisonError::into_inner);
        // A server that waits for somebody who does not come is done, too.
        while *open > 0 {
            let before = *open;
            let still = |open: &mut usize| *open == before;
            open = match self.shared.over.wait_timeout_while(open, QUIET, still) {
                Ok((_, waited)) if waited.timed_out() => break,
                Ok((open, _)) => open,
                Err(_) => break,
            };
        }
        self.cut_after(0);
        self.shared.down.store(false, Ordering::SeqCst);
    }
}

fn relay(shared: &Arc<Shared>, client: &TcpStream, server: &TcpStream) {
    for (from, to, counted) in [(client, server, true), (server, client, false)] {
        let (Ok(from), Ok(to)) = (from.try_clone(), to.try_clone()) else { return };
        drop((from.set_nodelay(true), to.set_nodelay(true)));
        let shared = Arc::clone(shared);
        let (sender, waiting) = mpsc::channel::<(Instant, Vec<u8>)>();
        let (mut reading, mut writing) = (from, to);
        let writer_shared = Arc::clone(&shared);
        thread::spawn(move || {
            for (due, bytes) in waiting {
                thread::sleep(due.saturating_duration_since(Instant::now()));
                // What came through before the cut reaches the server, whole and in order.
                let cut = !counted && writer_shared.down.load(Ordering::SeqCst);
                if cut || writing.write_all(&bytes).is_err() {
                    drop(writing.shutdown(Shutdown::Both));
                    return;
                }
            }
            drop(writing.shutdown(Shutdown::Write));
        });
        let connection = (!counted).then(|| Connection::begin(&shared));
        thread::spawn(move || {
            let _connection = connection;
            drop(reading.set_read_timeout(Some(Duration::from_millis(50))));
            let mut buffer = vec![0; 64 * 1024];
            loop {
                let down = shared.down.load(Ordering::SeqCst);
                if down && counted {
                    drop(reading.shutdown(Shutdown::Both));
                    return;
                }
                match reading.read(&mut buffer) {
                    Ok(0) => return,
                    // Nobody hears the server's last words, but it may say them: it is done when it hangs up.
                    Ok(_) if down => {}
                    Ok(read) => {
                        let through = if counted { shared.count(read) } else { read };
                        let due = Instant::now() + shared.delay;
                        let gone = sender.send((due, buffer[..through].to_vec())).is_err();
                        if counted && (gone || through < read) {
                            drop(reading.shutdown(Shutdown::Both));
                            return;
                        }
                    }
                    Err(error)
                        if matches!(
                            error.kind(),
                            std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut
                        ) => {}
                    Err(_) => return,
                }
            }
        });
    }
}

/// A connection to the server, until the server hangs up.
struct Connection(Arc<Shared>);

impl Connection {
    fn begin(shared: &Arc<Shared>) -> Self {
        *shared.open.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self(Arc::clone(shared))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        *self.0.open.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.over.notify_all();
    }
}

impl Shared {
    /// How many of these bytes come through.
    fn count(&self, bytes: usize) -> usize {
        let before = self.received.fetch_add(bytes as u64, Ordering::SeqCst);
        let limit = self.cut_after.load(Ordering::SeqCst);
        if limit == 0 || before + (bytes as u64) <= limit {
            return bytes;
        }
        self.down.store(true, Ordering::SeqCst);
        usize::try_from(limit.saturating_sub(before)).unwrap_or(0)
    }
}
