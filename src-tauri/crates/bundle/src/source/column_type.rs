//! What a cell of a column holds, told in words: in the faults of a source and in the notes of the template alike. Must
//! not know where a column stands.

use crate::source::cells::list_of;

/// What a cell holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// An identifier of its own.
    Id,
    /// An identifier of another table.
    Reference(&'static str),
    /// Several of them, or none.
    References(&'static str),
    Region,
    Regions,
    /// One code.
    OneOf(fn() -> Vec<&'static str>),
    /// Any codes.
    AnyOf(&'static [&'static str]),
    YesNo,
    Date,
    Month,
    Price,
    Surface,
    /// Coefficient of land use.
    Coefficient,
    Floor,
    /// A whole number between two others, both included.
    Whole(i32, i32),
    /// Place in the gallery.
    Position,
    Phone,
    Latitude,
    Longitude,
    /// Number of a unit.
    Number,
    /// Number of a land title.
    TitleNumber,
    /// Other spellings.
    Spellings,
    /// A file below `photos/`.
    Photo,
    /// A text of at most so many characters.
    Text(usize),
}

/// The codes that may stand in a cell by themselves.
const YES_NO: [&str; 2] = ["yes", "no"];

impl Kind {
    /// What is expected, in English.
    pub(super) fn expected(self) -> String {
        self.words().0
    }

    /// What is expected, in French.
    pub(super) fn expected_in_french(self) -> String {
        self.words().1
    }

    /// Every value that a cell may hold, where they are few.
    pub(super) fn choices(self) -> Vec<&'static str> {
        match self {
            Self::OneOf(codes) => codes(),
            Self::YesNo => YES_NO.to_vec(),
            Self::Region => domain::Region::ALL.iter().map(|region| region.code()).collect(),
            _ => Vec::new(),
        }
    }

    fn words(self) -> (String, String) {
        let both = |english: &str, french: &str| (english.to_owned(), french.to_owned());
        match self {
            Self::Id => both(
                "2 to 40 capital letters, digits and hyphens, such as RABAT-01",
                "2 à 40 majuscules sans accent, chiffres et traits d’union, par exemple RABAT-01",
            ),
            Self::Reference(table) => (
                format!("an id of the table {table}"),
                format!("un id de la feuille {table}"),
            ),
            Self::References(table) => (
                format!("ids of the table {table} between |, each once; empty for all"),
                format!("des id de la feuille {table} séparés par |, chacun une fois ; vide pour tous"),
            ),
            Self::Region => both(
                "a region code from MA-01 to MA-12",
                "un code de région, de MA-01 à MA-12",
            ),
            Self::Regions => both(
                "a region code from MA-01 to MA-12, or several between |",
                "un code de région, de MA-01 à MA-12, ou plusieurs séparés par |",
            ),
            Self::OneOf(codes) => {
                let codes = list_of(codes().into_iter());
                (format!("one of {codes}"), format!("un code parmi {codes}"))
            }
            Self::AnyOf(codes) => {
                let codes = list_of(codes.iter().copied());
                (
                    format!("any of {codes} between |, each once"),
                    format!("des codes séparés par |, chacun une fois, parmi {codes}"),
                )
            }
            Self::YesNo => both("yes or no", "yes (oui) ou no (non)"),
            Self::Phone => both(
                "a telephone number with + and country code and no spaces, such as +212537000000",
                "un numéro de téléphone avec + et l’indicatif du pays, sans espaces, par exemple +212537000000",
            ),
            Self::Photo => both(
                "a path below photos/, such as rabat-01/1-view.jpg",
                "le chemin d’un fichier dans photos/, par exemple rabat-01/1-view.jpg",
            ),
            Self::Number => both(
                "a product number of at most 40 characters",
                "le numéro du produit, 40 caractères au plus",
            ),
            Self::TitleNumber => both("a number of a land title", "le numéro d’un titre foncier"),
            Self::Spellings => both(
                "other spellings between |, each once",
                "d’autres orthographes séparées par |, chacune une fois",
            ),
            Self::Text(most) => (
                format!("at most {most} characters without control characters"),
                format!("un texte de {most} caractères au plus"),
            ),
            _ => self.number_words(),
        }
    }

    /// What is a number or a day.
    fn number_words(self) -> (String, String) {
        let (english, french) = match self {
            Self::Date => ("a date such as 2026-11-16", "une date, par exemple 2026-11-16"),
            Self::Month => ("a month such as 2027-09", "un mois, par exemple 2027-09"),
            Self::Price => (
                "a price in dirhams above 0 with at most two decimals, such as 288000 or 288000.50",
                "un prix TTC en dirhams, supérieur à 0, avec deux décimales au plus, par exemple 288000 ou 288000,50",
            ),
            Self::Surface => (
                "a surface in m² above 0 with at most two decimals, such as 88.5",
                "une surface en m², supérieure à 0, avec deux décimales au plus, par exemple 88,5",
            ),
            Self::Coefficient => (
                "a coefficient above 0 with at most two decimals, such as 1.2",
                "un coefficient supérieur à 0, avec deux décimales au plus, par exemple 1,2",
            ),
            Self::Floor => (
                "a floor from -5 to 100, 0 for the ground floor",
                "un étage de -5 à 100, 0 pour le rez-de-chaussée",
            ),
            Self::Position => (
                "a whole number from 1 (the cover) to 99",
                "un nombre entier de 1 (la couverture) à 99",
            ),
            Self::Latitude => (
                "degrees north between 20 and 37, such as 34.0209",
                "des degrés nord entre 20 et 37, par exemple 34.0209",
            ),
            Self::Longitude => (
                "degrees east between -18 and 0, such as -6.8416",
                "des degrés est entre -18 et 0, par exemple -6.8416",
            ),
            Self::Whole(from, to) => {
                return (
                    format!("a whole number from {from} to {to}"),
                    format!("un nombre entier de {from} à {to}"),
                );
            }
            _ => ("a value", "une valeur"),
        };
        (english.to_owned(), french.to_owned())
    }
}
