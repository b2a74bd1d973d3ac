//! The OpenAPI 3.1 document of what is answered here, made from the handlers themselves. What holds for every endpoint is
//! written down once, here.

pub(super) mod shapes;

use super::handlers::{catalogue, kiosks, leads, service};
use super::overview;
use protocol::{PROTOCOL_HEADER, PROTOCOL_VERSION};
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
        description = "What kiosks and their platform say to each other. The rules behind it are in docs/sync.md.\n\n\
            Five schemas are of what stands inside messages and files: `Checkpoint` of the text of `SignedCheckpoint.checkpoint`, \
            `CatalogueRow` of each line of an unpacked snapshot, `DeltaLine` of each line of a delta's first frame, its plan, \
            `DeltaValue` of each line of its second, `LeadRecord` of what is sealed in an envelope.\n\n\
            Any path that is not here is 404 `not_found`, any method that is not here 405 `method` with `Allow`; both may come \
            before 401.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/", description = "Where the platform answers; kiosks use https only")),
    tags(
        (name = "kiosk", description = "What kiosks ask"),
        (name = "operators", description = "What load balancers and monitoring ask"),
        (name = "headquarters", description = "What people at headquarters look at")
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
        shapes::Checkpoint,
        shapes::CatalogueRow,
        shapes::DeltaLine,
        shapes::DeltaValue,
        shapes::LeadRecord
    )),
    modifiers(&Everywhere)
)]
struct Document;

/// What holds for every endpoint.
struct Everywhere;

impl Modify for Everywhere {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let scheme = |scheme| SecurityScheme::Http(Http::new(scheme));
        components.add_security_scheme("kiosk", scheme(HttpAuthScheme::Bearer));
        components.add_security_scheme("overview", scheme(HttpAuthScheme::Bearer));
        components.add_security_scheme("overview_browser", scheme(HttpAuthScheme::Basic));
        for (path, item) in &mut document.paths.paths {
            for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
                refuse(
                    operation,
                    !matches!(
                        path.as_str(),
                        "/v1/probe" | "/v1/enrolments" | "/healthz" | "/metrics"
                    ),
                );
                let is_file = takes_parts(operation);
                for (status, response) in &mut operation.responses.responses {
                    if let RefOr::T(response) = response {
                        speak(response);
                        if is_file {
                            name_part(status, response);
                        }
                    }
                }
            }
        }
    }
}

/// Refusals that any endpoint may answer, where it does not say more about them itself.
fn refuse(operation: &mut Operation, needs_token: bool) {
    let mut refusals = vec![
        (
            "429",
            "`too_fast`, or `too_many_codes` for enrolments; wait as Retry-After says",
        ),
        ("431", "`too_large`: a head of more than 32 KiB"),
        ("500", "`fault`"),
    ];
    if needs_token {
        refusals.push(("401", "`unauthorized`: no or a wrong token"));
        refusals.push(("503", "`store`: nothing was kept; send it again"));
    }
    if operation.request_body.is_some() {
        refusals.push(("400", "`malformed`"));
        refusals.push(("408", "`slow`: the body did not come in 30 s"));
        refusals.push(("413", "`too_large`"));
        refusals.push(("503", "`store`: nothing was kept; send it again"));
    }
    for (status, description) in refusals {
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

/// Whether it answers with a file that never changes; then it may be asked for by its tag too.
fn takes_parts(operation: &mut Operation) -> bool {
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
            .description(Some("The ETag of what is there already; kiosks do not send it"))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)));
        parameters.push(RefOr::T(tag.build()));
    }
    is_file
}

/// What an answer says of a file and of the part it holds.
fn name_part(status: &str, response: &mut Response) {
    let told: &[(&str, &str)] = match status {
        "200" | "304" => &[
            (
                "ETag",
                "Names what the file holds; of a picture its SHA-256 in quotes",
            ),
            ("Accept-Ranges", "`bytes`"),
        ],
        "206" => &[
            ("ETag", "As of the whole file"),
            ("Accept-Ranges", "`bytes`"),
            (
                "Content-Range",
                "`bytes FIRST-LAST/LENGTH`; a kiosk goes on only where FIRST is the byte it asked for",
            ),
        ],
        "416" => &[("Content-Range", "`bytes */LENGTH`")],
        _ => &[],
    };
    for (name, description) in told {
        let header = HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .description(Some(*description));
        response.headers.insert((*name).to_owned(), header.build().into());
    }
}

/// Every answer says who speaks.
fn speak(response: &mut Response) {
    let version = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some([PROTOCOL_VERSION]));
    let header = HeaderBuilder::new()
        .schema(Some(version))
        .description(Some(
            "Without it a kiosk takes the answer for a login page of the hall's wifi",
        ))
        .build();
    response.headers.insert(PROTOCOL_HEADER.to_owned(), header.into());
}

/// The document as JSON, with a line feed at its end.
pub fn text() -> Result<String, serde_json::Error> {
    Ok(format!("{}\n", serde_json::to_string_pretty(&document()?)?))
}

fn document() -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(Document::openapi())?;
    widen(&mut document);
    Ok(document)
}

/// Numbers that cannot be negative go beyond what `int32` and `int64` hold.
fn widen(part: &mut Value) {
    if let Some(fields) = part.as_object_mut() {
        if fields.contains_key("minimum") {
            fields.remove("format");
        }
        fields.values_mut().for_each(widen);
    }
    part.as_array_mut().into_iter().flatten().for_each(widen);
}

#[cfg(test)]
mod tests;
