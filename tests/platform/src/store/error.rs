//! Error of the store.

/// The database failed, or contains something unexpected. The text has no personal data.
#[derive(Debug, thiserror::Error)]
#[error("the store: {0}")]
pub struct StoreError(pub String);

impl StoreError {
    /// The schema of the database is newer than this program.
    pub(super) fn newer_schema() -> Self {
        Self("it was created by a newer program; update this one".to_owned())
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        // Values can be personal, so the text has only the kind of error.
        Self(format!(
            "a document in it cannot be parsed: {:?}",
            error.classify()
        ))
    }
}
