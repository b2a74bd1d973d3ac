//! OpenAPI schemas that cannot be derived. Must not know: HTTP, the OpenAPI document.

use crate::lang::{Lang, Texts};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// One property per language. The derived schema of a map would allow any key.
impl PartialSchema for Texts {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        Lang::ALL
            .into_iter()
            .fold(ObjectBuilder::new(), |object, lang| {
                object.property(lang.code(), text())
            })
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .description(Some(
                "A text by language. Languages are in the order fr, ar, zgh, en, es, nl, de, it; a missing one is left out, \
                 never null.",
            ))
            .into()
    }
}

impl ToSchema for Texts {
    fn name() -> Cow<'static, str> {
        "Texts".into()
    }
}
