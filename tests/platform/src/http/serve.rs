//! Accepts connections: limits their number and their timeouts, and finishes open requests on shutdown.

use super::middleware::MAX_HEAD_BYTES;
use super::peer::Peer;
use super::router::router;
use super::seats::Seats;
use crate::app::App;
use axum::body::Body;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, Semaphore};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Open connections. Further ones wait in the queue of the socket.
const MAX_CONNECTIONS: usize = 4096;
/// Longest time for the head of a request to arrive, and for the next request on a connection that had one before.
const HEAD_TIMEOUT: Duration = Duration::from_secs(75);
/// Longest time in which a caller reads nothing of its response.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// Longest time to finish open requests on shutdown.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(10);
/// Pause after a failed accept, which mostly means too many open files.
const ACCEPT_RETRY_DELAY: Duration = Duration::from_millis(50);

/// Serves requests until `shutdown` completes, then finishes the open ones.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let routes = router(Arc::clone(&app));
    let connections = GracefulShutdown::new();
    let permits = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let seats = Seats::new(app.limits.connections_per_address);
    let first_request_timeout = app.limits.first_request_timeout;
    let mut shutdown = pin!(shutdown);
    loop {
        let permit = Arc::clone(&permits).acquire_owned();
        let next = async { (permit.await, listener.accept().await) };
        let (permit, accepted) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(ACCEPT_RETRY_DELAY).await;
            continue;
        };
        // An address without a seat is refused at once; others are not.
        let Some(seat) = seats.take(peer.ip()) else {
            continue;
        };
        let (service, behind_proxy) = (routes.clone(), app.limits.behind_proxy);
        let has_request = Arc::new(Notify::new());
        let requested = Arc::clone(&has_request);
        let handler = hyper::service::service_fn(move |mut request: hyper::Request<_>| {
            requested.notify_one();
            let peer = Peer::of(peer.ip(), request.headers(), behind_proxy);
            request.extensions_mut().insert(peer);
            service.clone().oneshot(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(with_timeouts(stream)), handler);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            serve_connection(connection, &has_request, first_request_timeout).await;
            drop((seat, permit));
        });
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(SHUTDOWN_TIMEOUT) => {}
    }
    Ok(())
}

/// Serves a connection to its end. Closes it if no request arrives in time, so that idle connections take no seat for
/// long.
async fn serve_connection(
    connection: impl Future<Output = hyper::Result<()>>,
    has_request: &Notify,
    first_request_timeout: Duration,
) {
    let mut connection = pin!(connection);
    tokio::select! {
        // An aborted connection is not an error of the platform.
        _ = connection.as_mut() => return,
        () = tokio::time::sleep(first_request_timeout) => return,
        () = has_request.notified() => {}
    }
    connection.await.ok();
}

fn with_timeouts(stream: TcpStream) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIMEOUT));
    Box::pin(stream)
}
