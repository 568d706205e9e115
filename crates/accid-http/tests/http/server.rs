//! The same over a socket: one real server on 127.0.0.1.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::{Duration, Instant},
};

use accid_http::{HttpOptions, HttpState, serve};
use tokio::{net::TcpListener, sync::oneshot};

use crate::support::TestApp;

/// Sends this head and reads until the text occurs; the open socket stays with the caller.
async fn exchange(address: SocketAddr, head: String, until: &'static str) -> (TcpStream, String) {
    let work = move || {
        let mut socket = TcpStream::connect(address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket.write_all(head.as_bytes()).unwrap();
        let (mut read, mut chunk) = (String::new(), [0; 4096]);
        while !read.contains(until) {
            let count = socket.read(&mut chunk).unwrap();
            assert!(count > 0, "ended: {read}");
            read += std::str::from_utf8(&chunk[..count]).unwrap();
        }
        (socket, read)
    };
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_answers_and_stops_in_time_with_streams_open() {
    let app = TestApp::new();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let state = HttpState::new(HttpOptions::local(app.studio.clone(), address.port()));
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(serve(listener, state, async {
        let _ = stopped.await;
    }));
    let ask = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", address.port());

    let (_idle, health) = exchange(address, ask("/api/health"), "}").await;
    assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    let two_hosts = ask("/").replace("\r\n\r\n", "\r\nHost: evil.example\r\n\r\n");
    let (_, refused) = exchange(address, two_hosts, "}").await;
    assert!(refused.starts_with("HTTP/1.1 403"), "{refused}");
    let (_stream, _) = exchange(address, ask("/api/events"), "text/event-stream").await;

    let begun = Instant::now();
    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}
