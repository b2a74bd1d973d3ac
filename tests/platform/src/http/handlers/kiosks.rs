//! Enrolment, heartbeats and configurations.

use super::{AppState, parse};
use crate::http::auth::{KioskId, PreviousToken};
use crate::http::body::LimitedBody;
use crate::http::error::ApiError;
use crate::http::peer::Peer;
use crate::log;
use crate::store::{FIRST_FORMAT, HeartbeatFindings};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use expo_protocol::{Configuration, EnrolmentReply, EnrolmentRequest, Heartbeat, HeartbeatReply, Problem};
use jiff::Timestamp;

/// Longest program version that is stored, in characters.
const MAX_PROGRAM_CHARS: usize = 40;

/// Enrols a kiosk by a one-time code. A kiosk that was enrolled here before sends its previous token; it then receives the
/// erasures of its previous identifier. An unknown token has no effect.
#[utoipa::path(
    post, path = "/v1/enrolments", tag = "kiosk", security((), ("kiosk" = [])),
    request_body = EnrolmentRequest,
    responses(
        (status = 201, description = "The kiosk, its token and its keys", body = EnrolmentReply),
        (status = 404, description = "`code_unknown`", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "`code_used`", body = Problem, content_type = "application/problem+json"),
        (status = 410, description = "`code_expired`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn enrol(
    State(app): AppState,
    peer: Peer,
    PreviousToken(previous_token): PreviousToken,
    LimitedBody(body): LimitedBody,
) -> Result<(StatusCode, Json<EnrolmentReply>), ApiError> {
    let request: EnrolmentRequest = parse(&body)?;
    let reply = app
        .run_blocking(move |app| {
            let program: String = request.program.chars().take(MAX_PROGRAM_CHARS).collect();
            let enrolment = app.store.enrol_with_previous_token(
                &request.code,
                &program,
                &peer.address.to_string(),
                previous_token.as_deref(),
                Timestamp::now(),
            )?;
            Ok::<_, ApiError>(EnrolmentReply {
                kiosk: enrolment.kiosk,
                token: enrolment.token,
                leads_recipient: app.keys.recipient().to_string(),
                publisher_key: app.keys.publisher.to_string(),
                config_version: enrolment.config_version,
                stop: enrolment.stop,
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(reply)))
}

/// Status report of a kiosk.
#[utoipa::path(
    post, path = "/v1/heartbeat", tag = "kiosk", security(("kiosk" = [])),
    request_body = Heartbeat,
    responses((status = 200, description = "Time and newest versions", body = HeartbeatReply))
)]
pub async fn heartbeat(
    State(app): AppState,
    KioskId(kiosk): KioskId,
    LimitedBody(body): LimitedBody,
) -> Result<Json<HeartbeatReply>, ApiError> {
    let report: Heartbeat = parse(&body)?;
    app.run_blocking(move |app| {
        let now = Timestamp::now();
        log_findings(&kiosk, app.store.record_heartbeat(&kiosk, &report, now)?);
        Ok(Json(HeartbeatReply {
            server_time: now,
            catalogue_version: app
                .store
                .newest_version_for(report.catalogue_format.max(FIRST_FORMAT))?,
            config_version: app.store.config_version(&kiosk)?,
            erasures: app.store.newest_erasure(&kiosk)?,
        }))
    })
    .await
}

fn log_findings(kiosk: &str, findings: HeartbeatFindings) {
    if findings.is_copy {
        log::line(&format_args!(
            "{kiosk}: a copy of its data folder reports under the same identity; enrol each machine again"
        ));
    }
    if findings.audit_log_returned {
        log::line(&format_args!(
            "{kiosk}: its audit log returned to an earlier state"
        ));
    }
}

/// The newest configuration of this kiosk, if it is newer than that of its enrolment.
#[utoipa::path(
    get, path = "/v1/configuration", tag = "kiosk", security(("kiosk" = [])),
    responses(
        (status = 200, description = "The configuration", body = Configuration),
        (status = 204, description = "There is none"),
    )
)]
pub async fn configuration(State(app): AppState, KioskId(kiosk): KioskId) -> Result<Response, ApiError> {
    let configuration: Option<Configuration> = app
        .run_blocking(move |app| app.store.configuration(&kiosk).map_err(ApiError::from))
        .await?;
    Ok(configuration.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |configuration| Json(configuration).into_response(),
    ))
}
