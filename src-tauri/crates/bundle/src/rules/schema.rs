//! The keys of each rule file and the bounds of their values: beyond them a value is a slip, not a rule. Must not know:
//! files, how values depend on each other.

use expo_domain::aid_questionnaire::{AidChange, AidQuestion, AidStepId};
use expo_domain::offplan::Stage;
use expo_domain::rule_source::Confidence;
use expo_domain::summer_plan::{PurchaseTrait, Signature, SummerStage};
use expo_domain::{ProductType, RuleFile};
use serde::de::value::Error as CodeError;
use serde::de::{DeserializeOwned, Deserializer, Error, Visitor};

/// What a key contains.
pub(super) enum Kind {
    /// One line.
    Text,
    /// Year-month-day.
    Date,
    Flag,
    /// From the first to the second number, both included.
    Number(i64, i64),
    /// An address of a web page, `https://` first.
    Address,
    /// ISO 4217.
    Currency,
    /// ISO 3166-1 alpha-2.
    Country,
    /// One of these codes.
    Code(fn() -> Vec<&'static str>),
    /// How long a stage takes.
    Length,
    /// A list with at least this many items.
    List(&'static Self, usize),
    Table(&'static [Field]),
}

/// A key.
pub(super) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub is_optional: bool,
}

const fn required(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        is_optional: false,
    }
}

const fn optional(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        kind,
        is_optional: true,
    }
}

/// The highest amount in centimes: one billion dirhams.
pub(super) const HIGHEST_AMOUNT: i64 = 100_000_000_000;
const AMOUNT: Kind = Kind::Number(0, HIGHEST_AMOUNT);
/// A price or an aid, in centimes.
const PRICE: Kind = Kind::Number(1, HIGHEST_AMOUNT);
/// A duty or a fee: at most 30 %, in basis points.
const RATE: Kind = Kind::Number(0, 3_000);
/// A part of a whole, in basis points.
const SHARE: Kind = Kind::Number(0, 10_000);
/// Days of a step, up to two years.
const DAYS: Kind = Kind::Number(0, 730);
const MONTHS: Kind = Kind::Number(0, 24);
const YEARS: Kind = Kind::Number(1, 40);

const CONFIDENCE: Kind = Kind::Code(codes::<Confidence>);
const SOURCE: Field = required(
    "source",
    Kind::Table(&[
        required("reference", Kind::Text),
        required("checked_on", Kind::Date),
        required("reviewer", Kind::Text),
        required("confidence", CONFIDENCE),
    ]),
);

/// The keys of a version, after those that every version has.
macro_rules! versions {
    ($($field:expr),* $(,)?) => {
        &[required("rule", Kind::List(&Kind::Table(&[
            required("version", Kind::Text),
            required("valid_from", Kind::Date),
            optional("valid_to", Kind::Date),
            $($field),*
        ]), 1))]
    };
}

/// The keys of a file.
pub(super) const fn of(file: RuleFile) -> &'static [Field] {
    match file {
        RuleFile::Aid => AID,
        RuleFile::Costs => COSTS,
        RuleFile::Exchange => EXCHANGE,
        RuleFile::Loan => LOAN,
        RuleFile::OffPlan => OFF_PLAN,
        RuleFile::Rates => RATES,
        RuleFile::Summer => SUMMER,
    }
}

const AID: &[Field] = versions![
    SOURCE,
    optional("to_confirm", Kind::Flag),
    required(
        "bands",
        Kind::List(
            &Kind::Table(&[required("max_price", PRICE), required("amount", PRICE)]),
            1
        )
    ),
    required("eligible_types", Kind::List(&Kind::Code(product_types), 1)),
    optional("to_confirm_types", Kind::List(&Kind::Code(product_types), 0)),
    required("min_rooms", Kind::Number(1, 10)),
    required("permit_from", Kind::Date),
    required("procedure", Kind::Table(PROCEDURE)),
];

const PROCEDURE: &[Field] = &[
    required("official_page", Kind::Address),
    required("commitment_years", YEARS),
    required(
        "questions",
        Kind::List(
            &Kind::Table(&[
                required("id", Kind::Code(codes::<AidQuestion>)),
                optional("unless", Kind::Code(codes::<AidQuestion>)),
                required("confidence", CONFIDENCE),
            ]),
            1,
        ),
    ),
    required(
        "steps",
        Kind::List(
            &Kind::Table(&[
                required("id", Kind::Code(codes::<AidStepId>)),
                optional("days", DAYS),
                required("confidence", CONFIDENCE),
            ]),
            1,
        ),
    ),
    optional("changes", Kind::List(&Kind::Code(codes::<AidChange>), 0)),
];

const COSTS: &[Field] = versions![
    required("checked_on", Kind::Date),
    required(
        "registration",
        Kind::Table(&[required("built_bp", RATE), required("land_bp", RATE), SOURCE])
    ),
    required(
        "land_registry",
        Kind::Table(&[
            required("rate_bp", RATE),
            required("fixed", AMOUNT),
            required("minimum", AMOUNT),
            required("certificate", AMOUNT),
            SOURCE,
        ])
    ),
    required(
        "notary",
        Kind::Table(&[
            required("low_bp", RATE),
            required("high_bp", RATE),
            required("low_minimum", AMOUNT),
            required("high_minimum", AMOUNT),
            required("vat_bp", RATE),
            required("package", AMOUNT),
            required("package_max_price", AMOUNT),
            SOURCE,
        ])
    ),
    required(
        "miscellaneous",
        Kind::Table(&[required("low", AMOUNT), required("high", AMOUNT), SOURCE])
    ),
    required(
        "mortgage",
        Kind::Table(&[
            required("fixed", AMOUNT),
            required("fixed_up_to", AMOUNT),
            required("low_bp", RATE),
            required("high_bp", RATE),
            SOURCE,
        ])
    ),
    required(
        "untraced_payment",
        Kind::Table(&[
            required("valid_from", Kind::Date),
            required("rate_bp", RATE),
            required("above", AMOUNT),
            SOURCE,
        ])
    ),
];

const EXCHANGE: &[Field] = versions![
    required("min_foreign_share_bp", SHARE),
    required("declare_cash_from", AMOUNT),
    SOURCE,
];

const LOAN: &[Field] = versions![
    required("debt_ratio_low_bp", SHARE),
    required("debt_ratio_high_bp", SHARE),
    required("financed_low_bp", SHARE),
    required("financed_high_bp", SHARE),
    required("years_low", YEARS),
    required("years_high", YEARS),
    SOURCE,
];

const OFF_PLAN: &[Field] = versions![
    required(
        "stages",
        Kind::List(
            &Kind::Table(&[
                required("stage", Kind::Code(codes::<Stage>)),
                required("share_bp", SHARE),
            ]),
            1
        )
    ),
    required("reservation_months", MONTHS),
    required("withdrawal_months", MONTHS),
    SOURCE,
];

const RATES: &[Field] = versions![
    required(
        "rates",
        Kind::List(
            &Kind::Table(&[
                required("currency", Kind::Currency),
                // A tenth of a dirham to a hundred dirhams.
                required("dirhams_e4", Kind::Number(1_000, 1_000_000)),
                required("countries", Kind::List(&Kind::Country, 1)),
            ]),
            1
        )
    ),
    SOURCE,
];

const SUMMER: &[Field] = versions![
    SOURCE,
    required("max_days_ahead", Kind::Number(1, 1_095)),
    required("max_stay_days", Kind::Number(1, 1_095)),
    required("power_of_attorney_days", DAYS),
    required("stages", Kind::List(&Kind::Table(STAGE), 1)),
];

const STAGE: &[Field] = &[
    required("id", Kind::Code(codes::<SummerStage>)),
    optional("only", Kind::List(&Kind::Code(codes::<PurchaseTrait>), 0)),
    optional("after", Kind::List(&Kind::Code(codes::<SummerStage>), 0)),
    required("in_morocco", Kind::Flag),
    required("signature", Kind::Code(codes::<Signature>)),
    required("length", Kind::Length),
    required("confidence", CONFIDENCE),
    required("source", Kind::Text),
];

/// Most days of a stage.
pub(super) const STAGE_DAYS: Kind = DAYS;
/// Step of the aid whose deadline is the length of a stage.
pub(super) const STAGE_AID_STEP: Kind = Kind::Code(codes::<AidStepId>);

fn product_types() -> Vec<&'static str> {
    ProductType::ALL.iter().map(|value| value.code()).collect()
}

/// The codes of an enum, as it is read.
fn codes<T: DeserializeOwned>() -> Vec<&'static str> {
    let mut names: &'static [&'static str] = &[];
    // The reader never returns a value: it only sees the names.
    drop(T::deserialize(NamesOf(&mut names)));
    names.to_vec()
}

struct NamesOf<'n>(&'n mut &'static [&'static str]);

impl<'de> Deserializer<'de> for NamesOf<'_> {
    type Error = CodeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, CodeError> {
        Err(CodeError::custom("only enums have codes"))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, CodeError> {
        *self.0 = variants;
        Err(CodeError::custom("only the names are read"))
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
