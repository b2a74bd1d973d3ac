//! Schemas of the OpenAPI document that utoipa cannot derive from the types of `domain` and `protocol`.

use expo_protocol::{Row, delta};
use std::collections::BTreeMap;
use utoipa::openapi::schema::{
    AllOf, ArrayBuilder, ArrayItems, Object, ObjectBuilder, OneOfBuilder, Schema, SchemaType, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

type NamedSchemas = Vec<(String, RefOr<Schema>)>;

/// Bytes.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary)]
#[expect(dead_code, reason = "only the schema is used")]
pub struct File(Vec<u8>);

/// The header of an envelope as the platform must accept it: the header of a kiosk, with fewer required fields.
pub struct LeadHeader;

impl PartialSchema for LeadHeader {
    fn schema() -> RefOr<Schema> {
        let mut schema = expo_domain::LeadHeader::schema();
        let RefOr::T(Schema::Object(header)) = &mut schema else {
            return schema;
        };
        header.description = Some(
            "No receipt can be written without `id` and `revision`. The other fields are stored as they arrive, even if the \
             platform does not understand them."
                .to_owned(),
        );
        header.required = vec!["id".to_owned(), "revision".to_owned()];
        for (name, property) in &mut header.properties {
            if header.required.contains(name) {
                continue;
            }
            // The language refers to the codes known today; an envelope may have another one.
            if let RefOr::Ref(reference) = property {
                let text = ObjectBuilder::new()
                    .schema_type(Type::String)
                    .description(Some(reference.description.clone()));
                *property = text.into();
            }
            if let RefOr::T(Schema::Object(property)) = property
                && let SchemaType::Type(one) = &property.schema_type
            {
                property.schema_type = SchemaType::from_iter([one.clone(), Type::Null]);
            }
        }
        schema
    }
}

impl ToSchema for LeadHeader {}

/// One line of a snapshot. The derived schema of [`Row`] combines `row` and the fields of each kind with `allOf`. Here each
/// kind is one object with `row` first, because `required` lists the fields in the order in which they are written.
pub struct CatalogueRow;

impl CatalogueRow {
    /// The schema of each kind of row by name, in the order of a snapshot, and the other schemas they refer to.
    fn kinds() -> (Vec<(String, Object)>, NamedSchemas) {
        let mut named = Vec::new();
        Row::schemas(&mut named);
        let mut named: BTreeMap<_, _> = named.into_iter().collect();
        let RefOr::T(Schema::OneOf(rows)) = Row::schema() else {
            return Default::default();
        };
        let kinds = rows.items.into_iter().filter_map(|row| match row {
            RefOr::T(Schema::Object(about)) => Some(("AboutRow".to_owned(), row_first(about))),
            RefOr::T(Schema::AllOf(parts)) => flatten(parts, &mut named),
            _ => None,
        });
        (kinds.collect(), named.into_iter().collect())
    }
}

/// Merges a reference to a type and the object with the tag `row` into one object.
fn flatten(parts: AllOf, named: &mut BTreeMap<String, RefOr<Schema>>) -> Option<(String, Object)> {
    let [RefOr::Ref(fields), RefOr::T(Schema::Object(tag))] = <[_; 2]>::try_from(parts.items).ok()? else {
        return None;
    };
    let (_, name) = fields.ref_location.rsplit_once('/')?;
    let RefOr::T(Schema::Object(mut object)) = named.remove(name)? else {
        return None;
    };
    object.required.extend(tag.required);
    object.properties.extend(tag.properties);
    Some((format!("{name}Row"), row_first(object)))
}

fn row_first(mut object: Object) -> Object {
    object.required.sort_by_key(|field| *field != "row");
    object
}

impl PartialSchema for CatalogueRow {
    fn schema() -> RefOr<Schema> {
        let rows = OneOfBuilder::new().description(Some(
            "One line of a snapshot. Fields are in the order of `required`, and null values are written.",
        ));
        let (kinds, _) = Self::kinds();
        kinds
            .into_iter()
            .fold(rows, |rows, (name, _)| rows.item(Ref::from_schema_name(name)))
            .into()
    }
}

impl ToSchema for CatalogueRow {
    fn schemas(schemas: &mut NamedSchemas) {
        let (kinds, others) = Self::kinds();
        schemas.extend(kinds.into_iter().map(|(name, kind)| (name, kind.into())));
        schemas.extend(others);
    }
}

/// One line of a delta's plan.
pub struct DeltaLine;

impl PartialSchema for DeltaLine {
    fn schema() -> RefOr<Schema> {
        OneOfBuilder::new()
            .description(Some(
                "One line of a delta's plan: first the header, then one step per line.",
            ))
            .item(Ref::from_schema_name(delta::Header::name()))
            .item(Ref::from_schema_name(DeltaStep::name()))
            .into()
    }
}

impl ToSchema for DeltaLine {
    fn schemas(schemas: &mut NamedSchemas) {
        schemas.extend([
            (delta::Header::name().into_owned(), delta::Header::schema()),
            (DeltaStep::name().into_owned(), DeltaStep::schema()),
        ]);
    }
}

/// A step of a delta. It is written by hand because utoipa cannot derive an array whose items have different types.
pub struct DeltaStep;

impl PartialSchema for DeltaStep {
    fn schema() -> RefOr<Schema> {
        let code = |description, codes: &[&str]| {
            ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some(description))
                .enum_values(Some(codes.iter().copied()))
        };
        let kind = code(
            "Kind of row; kinds follow each other in this order.",
            &[
                "about",
                "subsidiary",
                "town",
                "project",
                "group",
                "unit",
                "offer",
                "picture",
                "document",
            ],
        );
        let operation = code(
            "`gone`: the next older row is removed. `edit`: it stays, with other values in some fields. `put`: a row is inserted \
             before it.",
            &["gone", "edit", "put"],
        );
        let unchanged = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .description(Some(
                "Number of older rows of this kind before it that stay unchanged.",
            ))
            .minimum(Some(0));
        ArrayBuilder::new()
            .description(Some("One operation at one position of the older list."))
            .prefix_items([kind, operation, unchanged])
            .items(ArrayItems::False)
            .min_items(Some(3))
            .max_items(Some(3))
            .into()
    }
}

impl ToSchema for DeltaStep {}

/// A value of a delta: for an edit the fields that change, each with its complete new value; for a new row all its fields, as
/// in the snapshot but without `row`.
#[derive(ToSchema)]
#[schema(value_type = Object)]
#[expect(dead_code, reason = "only the schema is used")]
pub struct DeltaValue(serde_json::Value);
