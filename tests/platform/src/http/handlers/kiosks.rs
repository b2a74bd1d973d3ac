//! Enrolment, heartbeats and configurations.

use super::{Shared, parse};
use crate::http::guard::{Body, Former, Kiosk, Peer};
use crate::http::openapi::shapes;
use crate::http::problem::Refusal;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use protocol::{Configuration, Enrolled, EnrolmentRequest, Heartbeat, HeartbeatReply};

/// A one-time code becomes a kiosk. One that was enrolled here before shows the token it has: it is then told the
/// erasures of the kiosk it was. A token that is not known changes nothing.
#[utoipa::path(
    post, path = "/v1/enrolments", tag = "kiosk", security((), ("kiosk" = [])),
    request_body = shapes::EnrolmentRequest,
    responses(
        (status = 201, description = "The kiosk, its token and its keys", body = shapes::Enrolled),
        (status = 404, description = "`code_unknown`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 409, description = "`code_used`", body = shapes::Problem, content_type = "application/problem+json"),
        (status = 410, description = "`code_expired`", body = shapes::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn enrol(
    State(app): Shared,
    peer: Peer,
    Former(former): Former,
    Body(body): Body,
) -> Result<(StatusCode, Json<Enrolled>), Refusal> {
    let request: EnrolmentRequest = parse(&body)?;
    let enrolled = app
        .work(move |app| {
            let program: String = request.program.chars().take(40).collect();
            let enrolment = app.store.enrol_again(
                &request.code,
                &program,
                &peer.address.to_string(),
                former.as_deref(),
                Timestamp::now(),
            )?;
            Ok::<_, Refusal>(Enrolled {
                kiosk: enrolment.kiosk,
                token: enrolment.token,
                leads_recipient: app.keys.recipient().to_string(),
                publisher_key: app.keys.publisher.to_string(),
                config_version: enrolment.config_version,
                stop: enrolment.stop,
            })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(enrolled)))
}

/// How a kiosk is doing.
#[utoipa::path(
    post, path = "/v1/heartbeat", tag = "kiosk", security(("kiosk" = [])),
    request_body = shapes::Heartbeat,
    responses((status = 200, description = "Time and newest versions", body = shapes::HeartbeatReply))
)]
pub async fn heartbeat(
    State(app): Shared,
    Kiosk(kiosk): Kiosk,
    Body(body): Body,
) -> Result<Json<HeartbeatReply>, Refusal> {
    let report: Heartbeat = parse(&body)?;
    app.work(move |app| {
        let now = Timestamp::now();
        app.store.heard(&kiosk, &report, now)?;
        Ok(Json(HeartbeatReply {
            server_time: now,
            catalogue_version: app.store.newest_version()?,
            config_version: app.store.config_version(&kiosk)?,
            erasures: app.store.newest_erasure(&kiosk)?,
        }))
    })
    .await
}

/// The newest configuration that is news to this kiosk.
#[utoipa::path(
    get, path = "/v1/configuration", tag = "kiosk", security(("kiosk" = [])),
    responses(
        (status = 200, description = "It", body = shapes::Configuration),
        (status = 204, description = "There is none"),
    )
)]
pub async fn configuration(State(app): Shared, Kiosk(kiosk): Kiosk) -> Result<Response, Refusal> {
    let configuration: Option<Configuration> = app
        .work(move |app| app.store.configuration(&kiosk).map_err(Refusal::from))
        .await?;
    Ok(configuration.map_or_else(
        || StatusCode::NO_CONTENT.into_response(),
        |configuration| Json(configuration).into_response(),
    ))
}
