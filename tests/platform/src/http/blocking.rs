//! Runs blocking work outside the threads of the network.

use super::error::ApiError;
use crate::app::App;
use axum::http::StatusCode;
use std::sync::Arc;

impl App {
    /// Runs blocking work, such as store access, on a thread for blocking work. A panic becomes a `fault` response.
    pub(super) async fn run_blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let app = Arc::clone(self);
        let failed = |_| {
            let detail = "Send it again later.";
            let title = "The platform has a fault.";
            ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, "fault", title, detail)
        };
        tokio::task::spawn_blocking(move || work(&app))
            .await
            .map_err(failed)?
    }
}
