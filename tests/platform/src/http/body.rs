//! Request bodies, limited in size and time.

use super::error::ApiError;
use crate::app::App;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use expo_protocol::MAX_BATCH_BYTES;
use std::sync::Arc;

/// Longest body: a batch, plus a little that compression may add.
const MAX_BODY_BYTES: usize = MAX_BATCH_BYTES + 4096;

/// A complete body of at most [`MAX_BODY_BYTES`].
pub struct LimitedBody(pub Vec<u8>);

impl FromRequest<Arc<App>> for LimitedBody {
    type Rejection = ApiError;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, ApiError> {
        let reading = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES);
        let title = "The request arrived too slowly.";
        let slow = |_| ApiError::new(StatusCode::REQUEST_TIMEOUT, "slow", title, "Send it again.");
        let too_large = |_| {
            ApiError::too_large(format!(
                "A body must be complete and have at most {MAX_BODY_BYTES} bytes."
            ))
        };
        let bytes = tokio::time::timeout(app.limits.body_timeout, reading)
            .await
            .map_err(slow)?
            .map_err(too_large)?;
        Ok(Self(bytes.to_vec()))
    }
}
