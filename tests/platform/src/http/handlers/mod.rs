//! One function per endpoint: it reads the request, calls the store and answers. Blocking work runs outside the threads of
//! the network.

pub mod catalogue;
pub mod kiosks;
pub mod leads;
pub mod service;

use super::error::ApiError;
use crate::app::App;
use axum::extract::State;
use std::sync::Arc;

type AppState = State<Arc<App>>;

fn parse<T: serde::de::DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|e| {
        ApiError::malformed(format!(
            "Not the expected document: line {}, column {}.",
            e.line(),
            e.column()
        ))
    })
}
