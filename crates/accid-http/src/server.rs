//! Listening at a TCP socket, and stopping. Must not know routes.

use std::{io, net::SocketAddr, time::Duration};

use axum::serve::ListenerExt;
use tokio::{net::TcpListener, sync::oneshot};

use crate::{HttpState, router};

/// How long requests that are at work may go on after the order to stop.
const GRACE: Duration = Duration::from_secs(4);

/// Serves until `shutdown` is over, then finishes what is at work for at most 4 seconds; event streams end at once.
///
/// # Errors
/// When the socket fails.
pub async fn serve(
    listener: TcpListener,
    state: HttpState,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (stopping, stopped) = oneshot::channel();
    let service = router(state.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let listener = listener.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        shutdown.await;
        state.close();
        let _ = stopping.send(());
    });
    let overdue = async {
        match stopped.await {
            Ok(()) => tokio::time::sleep(GRACE).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        result = server => result,
        () = overdue => Ok(()),
    }
}
