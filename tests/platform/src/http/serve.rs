//! Connections: how many, how slow they may be, and how they end when the platform stops.

use super::guard::{MAX_HEAD_BYTES, Peer};
use super::router;
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
use tokio::sync::Semaphore;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// Connections at once; more wait in the socket's queue.
const MAX_CONNECTIONS: usize = 4096;
/// Longest time for the head of a request to arrive, and for the next request on a connection.
const HEAD_TIME: Duration = Duration::from_secs(75);
/// Longest time for which a caller may take nothing of its answer.
const STALL_TIME: Duration = Duration::from_secs(30);
/// Longest time for answers under way when the platform stops.
const GRACE: Duration = Duration::from_secs(10);
/// Pause after a connection could not be taken: there are too many open files, most often.
const BREATH: Duration = Duration::from_millis(50);

/// Answers until `shutdown` is ready, then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    app: Arc<App>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let service = router(Arc::clone(&app));
    let connections = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let mut shutdown = pin!(shutdown);
    loop {
        let seat = Arc::clone(&seats).acquire_owned();
        let next = async { (seat.await, listener.accept().await) };
        let (seat, accepted) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(BREATH).await;
            continue;
        };
        let (router, trusting) = (service.clone(), app.limits.behind_proxy);
        let answer = hyper::service::service_fn(move |mut request: hyper::Request<_>| {
            let peer = Peer::of(peer.ip(), request.headers(), trusting);
            request.extensions_mut().insert(peer);
            router.clone().oneshot(request.map(Body::new))
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIME)
            .max_buf_size(MAX_HEAD_BYTES)
            .serve_connection(TokioIo::new(patient(stream)), answer);
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            // A caller that breaks off is no fault of ours.
            connection.await.ok();
            drop(seat);
        });
    }
    drop(listener);
    tokio::select! {
        () = connections.shutdown() => {}
        () = tokio::time::sleep(GRACE) => {}
    }
    Ok(())
}

fn patient(stream: TcpStream) -> std::pin::Pin<Box<TimeoutStream<TcpStream>>> {
    stream.set_nodelay(true).ok();
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(STALL_TIME));
    Box::pin(stream)
}
