//! OpenAPI schemas that cannot be derived. Must not know: HTTP, the OpenAPI document.

use crate::lang::{Lang, Texts};
use crate::rule_set::{RuleFile, RuleSet};
use std::borrow::Cow;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{AdditionalProperties, ArrayBuilder, ObjectBuilder, Schema, Type};
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

/// One property: the versions in a rule file. Their keys depend on the file and are described with the source.
impl PartialSchema for RuleSet {
    fn schema() -> RefOr<Schema> {
        let version = || ObjectBuilder::new().schema_type(Type::Object);
        let versions = || ArrayBuilder::new().items(version()).min_items(Some(1));
        RuleFile::ALL
            .into_iter()
            .fold(ObjectBuilder::new(), |object, file| {
                object.property(file.name(), versions())
            })
            .min_properties(Some(1))
            .max_properties(Some(1))
            .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)))
            .description(Some(
                "The versions in one rule file, by its name. catalogue-source.md describes the files; a kiosk refuses the \
                 version of the catalogue if a value is impossible.",
            ))
            .into()
    }
}

impl ToSchema for RuleSet {
    fn name() -> Cow<'static, str> {
        "RuleSet".into()
    }
}
