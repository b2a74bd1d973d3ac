//! `serve`: answers kiosks until a signal stops the program.

use super::output::CommandError;
use crate::app::App;
use crate::http::serve;
use crate::limits::Limits;
use std::io::{self, Write};
use std::sync::Arc;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

#[derive(clap::Args)]
pub struct Args {
    /// Address and port; port 0 picks a free one.
    #[arg(long, default_value = "127.0.0.1:8787")]
    listen: String,
    /// Trust X-Forwarded-For: only behind a reverse proxy that sets it. No request counts as coming from this machine
    /// then, so /metrics needs a token.
    #[arg(long)]
    behind_proxy: bool,
    /// Requests per second for each kiosk, 0 for no limit.
    #[arg(long, default_value_t = 200, value_name = "N")]
    kiosk_rate: u32,
    /// Requests per second for each address without a token, 0 for no limit.
    #[arg(long, default_value_t = 100, value_name = "N")]
    address_rate: u32,
}

impl Args {
    pub fn limits(&self) -> Limits {
        Limits::new(self.kiosk_rate, self.address_rate, self.behind_proxy)
    }

    pub fn run(&self, app: App) -> Result<(), CommandError> {
        let listen = &self.listen;
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let listener = TcpListener::bind(listen).await.map_err(|e| {
                format!("cannot listen on {listen}: {e}; choose another address with --listen")
            })?;
            let (mut terminate, mut interrupt) =
                (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            let shutdown = async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
            };
            let mut out = io::stdout();
            // The socket already queues connections, so a caller that reads this line gets a response.
            writeln!(out, "http://{}", listener.local_addr()?)?;
            out.flush()?;
            Ok(serve(listener, Arc::new(app), shutdown).await?)
        })
    }
}
