//! What a proxy does to a request and its response.

use crate::message::Message;
use std::time::Duration;

/// What a proxy does to a request and its response.
pub enum ProxyAction {
    /// Forwards both.
    Forward,
    /// Forwards this many bytes of the request, then closes the connection.
    CutRequest(usize),
    /// Forwards the request and this many bytes of the response, then closes the connection.
    CutResponse(usize),
    /// Forwards the request twice and returns the second response.
    Duplicate,
    /// Forwards both in pieces of this many bytes, with this pause after each piece.
    Slow(usize, Duration),
    /// Sends this response and does not forward the request.
    Respond(Vec<u8>),
    /// Forwards nothing and sends nothing until the kiosk closes the connection.
    Silence,
    /// Forwards these bytes instead of the request.
    ReplaceRequest(Vec<u8>),
    /// Forwards the request and changes the response.
    ChangeResponse(ResponseChange),
}

/// Returns the response to send instead; with `None` the response is lost.
pub type ResponseChange = Box<dyn FnOnce(&Message) -> Option<Vec<u8>> + Send>;

/// Chooses the action for each request.
pub type Script = Box<dyn FnMut(&Message) -> ProxyAction + Send>;

/// A request that arrived at a proxy.
#[derive(Debug, Clone)]
pub struct RecordedRequest {
    pub(crate) number: u64,
    /// Method and path.
    pub target: String,
    /// The `Authorization` header.
    pub token: Option<String>,
    /// The `Range` header.
    pub range: Option<String>,
    /// Status of the response, if the kiosk was sent a complete one.
    pub status: Option<u16>,
    /// Length of the request, and of the response that was sent.
    pub bytes: (usize, usize),
}
