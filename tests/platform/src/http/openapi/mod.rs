//! The OpenAPI 3.1 document of the platform, derived from the handlers and the types they read and write. This module adds
//! what is the same for all endpoints. Must not know: the store.

use super::handlers::{catalogue, kiosks, leads, service};
use super::overview;
use super::schemas::{CatalogueRow, DeltaLine, DeltaValue};
use expo_domain::lead::LeadRecord;
use expo_protocol::{Checkpoint, PROTOCOL_HEADER, PROTOCOL_VERSION};
use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, HeaderBuilder, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{Modify, OpenApi, openapi};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Expo platform",
        version = "1",
        description = "Messages between kiosks and their platform. The rules are in docs/sync.md.\n\n\
            Five schemas describe the content of messages and files: `Checkpoint` is the text of \
            `SignedCheckpoint.checkpoint`, `CatalogueRow` is one line of a decompressed snapshot, `DeltaLine` is one line of the \
            plan in the first frame of a delta, `DeltaValue` is one line of its second frame, and `LeadRecord` is the sealed \
            content of an envelope.\n\n\
            Any other path answers 404 `not_found`, and any other method 405 `method` with `Allow`; both can precede 401.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "Address of the platform; kiosks use only https")),
    tags(
        (name = "kiosk", description = "Requests of kiosks"),
        (name = "operators", description = "Requests of load balancers and monitoring"),
        (name = "headquarters", description = "Overview for headquarters")
    ),
    paths(
        service::probe,
        kiosks::enrol,
        leads::leads,
        kiosks::heartbeat,
        catalogue::checkpoint,
        catalogue::snapshot,
        catalogue::delta,
        catalogue::picture,
        kiosks::configuration,
        leads::erasures,
        leads::erasures_done,
        service::health,
        service::metrics,
        overview::figures,
        overview::page
    ),
    components(schemas(
        Checkpoint,
        CatalogueRow,
        DeltaLine,
        DeltaValue,
        LeadRecord
    )),
    modifiers(&CommonRules)
)]
struct Document;

/// Security schemes, and the responses and headers that all endpoints share.
struct CommonRules;

impl Modify for CommonRules {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let scheme = |scheme| SecurityScheme::Http(Http::new(scheme));
        components.add_security_scheme("kiosk", scheme(HttpAuthScheme::Bearer));
        components.add_security_scheme("overview", scheme(HttpAuthScheme::Bearer));
        components.add_security_scheme("overview_browser", scheme(HttpAuthScheme::Basic));
        for (path, item) in &mut document.paths.paths {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                add_error_responses(
                    operation,
                    !matches!(
                        path.as_str(),
                        "/v1/probe" | "/v1/enrolments" | "/healthz" | "/metrics"
                    ),
                );
                let is_file = add_if_none_match(operation);
                for (status, response) in &mut operation.responses.responses {
                    if let RefOr::T(response) = response {
                        add_protocol_header(response);
                        if is_file {
                            add_file_headers(status, response);
                        }
                    }
                }
            }
        }
    }
}

/// Adds the error responses that any endpoint can give, unless it describes them itself.
fn add_error_responses(operation: &mut Operation, needs_token: bool) {
    let mut errors = vec![
        (
            "429",
            "`too_fast`, or `too_many_codes` for enrolments; wait as Retry-After says",
        ),
        ("431", "`too_large`: a head of more than 32 KiB"),
        ("500", "`fault`"),
    ];
    if needs_token {
        errors.push(("401", "`unauthorized`: no or a wrong token"));
        errors.push(("503", "`store`: nothing was stored; send it again"));
    }
    if operation.request_body.is_some() {
        errors.push(("400", "`malformed`"));
        errors.push(("408", "`slow`: the body did not arrive within 30 s"));
        errors.push(("413", "`too_large`"));
        errors.push(("503", "`store`: nothing was stored; send it again"));
    }
    for (status, description) in errors {
        let problem = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("Problem")))
            .build();
        let mut response = ResponseBuilder::new()
            .description(description)
            .content("application/problem+json", problem);
        if status == "429" {
            let seconds = HeaderBuilder::new()
                .schema(Some(ObjectBuilder::new().schema_type(Type::Integer)))
                .description(Some("Seconds to wait"));
            response = response.header("Retry-After", seconds.build());
        }
        let responses = &mut operation.responses.responses;
        responses
            .entry(status.to_owned())
            .or_insert_with(|| response.build().into());
    }
}

/// Adds `If-None-Match` to endpoints that serve immutable files, and returns whether this is one.
fn add_if_none_match(operation: &mut Operation) -> bool {
    let Some(parameters) = &mut operation.parameters else {
        return false;
    };
    let is_file = parameters
        .iter()
        .any(|parameter| matches!(parameter, RefOr::T(parameter) if parameter.name == "Range"));
    if is_file {
        let tag = ParameterBuilder::new()
            .name("If-None-Match")
            .parameter_in(ParameterIn::Header)
            .description(Some(
                "The ETag of the file that the caller already has; kiosks do not send it",
            ))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        parameters.push(RefOr::T(tag.build()));
    }
    is_file
}

/// Adds the headers that describe a file or the part of it in a response.
fn add_file_headers(status: &str, response: &mut Response) {
    let headers: &[(&str, &str)] = match status {
        "200" | "304" => &[
            (
                "ETag",
                "Identifies the content of the file; for a picture its SHA-256 in quotes",
            ),
            ("Accept-Ranges", "`bytes`"),
        ],
        "206" => &[
            ("ETag", "Same as for the complete file"),
            ("Accept-Ranges", "`bytes`"),
            (
                "Content-Range",
                "`bytes FIRST-LAST/LENGTH`; a kiosk continues only if FIRST is the byte it asked for",
            ),
        ],
        "416" => &[("Content-Range", "`bytes */LENGTH`")],
        _ => &[],
    };
    for (name, description) in headers {
        let header = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .description(Some(*description));
        response.headers.insert((*name).to_owned(), header.build().into());
    }
}

/// Adds the protocol header, which every response has.
fn add_protocol_header(response: &mut Response) {
    let version = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some([PROTOCOL_VERSION]));
    let header = HeaderBuilder::new()
        .schema(Some(version))
        .description(Some(
            "Without it a kiosk treats the response as a login page of the venue's wifi",
        ))
        .build();
    response.headers.insert(PROTOCOL_HEADER.to_owned(), header.into());
}

/// The document as JSON, ending in a line feed.
pub fn text() -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(&document()?)?))
}

fn document() -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(Document::openapi())?;
    remove_integer_formats(&mut document);
    Ok(document)
}

/// Removes the format of unsigned integers: they can exceed `int32` and `int64`.
fn remove_integer_formats(part: &mut Value) {
    if let Some(fields) = part.as_object_mut() {
        if fields.contains_key("minimum") {
            fields.remove("format");
        }
        fields.values_mut().for_each(remove_integer_formats);
    }
    part.as_array_mut()
        .into_iter()
        .flatten()
        .for_each(remove_integer_formats);
}

#[cfg(test)]
mod tests;
