//! The twelve regions of Morocco, and distances between points. Must not know: projects.
//!
//! Source: ISO 3166-2:MA for the codes; decree 2-15-40 (2015) for names and seats.

use crate::lang::{Lang, Texts};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Mean radius of the earth in kilometres (IUGG).
const EARTH_RADIUS_KM: f64 = 6_371.0;

/// Great-circle distance in kilometres between two points given as (degrees north, degrees east) in WGS 84. Haversine
/// formula, accurate to half a percent.
pub fn distance_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (north, east) = (to.0 - from.0, to.1 - from.1);
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let chord = half(north) + from.0.to_radians().cos() * to.0.to_radians().cos() * half(east);
    2.0 * EARTH_RADIUS_KM * chord.sqrt().min(1.0).asin()
}

/// The point of a line that is nearest to `from`. `None` if the line has no points. Points are (degrees north, degrees
/// east). Between its points the line is straight on a flat map around `from`, so use it for less than 200 km.
pub fn nearest_on_line(from: (f64, f64), line: &[(f64, f64)]) -> Option<(f64, f64)> {
    let shrink = from.0.to_radians().cos();
    let flat = |point: &(f64, f64)| (point.0 - from.0, (point.1 - from.1) * shrink);
    let nearest = |side: &[(f64, f64)]| {
        let (a, b) = (flat(&side[0]), flat(&side[side.len() - 1]));
        let (north, east) = (b.0 - a.0, b.1 - a.1);
        let length = north.powi(2) + east.powi(2);
        let share = if length > 0.0 {
            (-(a.0 * north + a.1 * east) / length).clamp(0.0, 1.0)
        } else {
            0.0
        };
        (a.0 + share * north, a.1 + share * east)
    };
    let sides = line.windows(line.len().clamp(1, 2)).map(nearest);
    let (north, east) = sides.min_by(|a, b| a.0.hypot(a.1).total_cmp(&b.0.hypot(b.1)))?;
    Some((from.0 + north, from.1 + east / shrink))
}

/// One of the twelve regions, by ISO 3166-2:MA code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Region {
    /// Tanger-Tétouan-Al Hoceïma.
    #[serde(rename = "MA-01")]
    Tangier,
    /// L'Oriental.
    #[serde(rename = "MA-02")]
    Oriental,
    /// Fès-Meknès.
    #[serde(rename = "MA-03")]
    Fes,
    /// Rabat-Salé-Kénitra.
    #[serde(rename = "MA-04")]
    Rabat,
    /// Béni Mellal-Khénifra.
    #[serde(rename = "MA-05")]
    BeniMellal,
    /// Casablanca-Settat.
    #[serde(rename = "MA-06")]
    Casablanca,
    /// Marrakech-Safi.
    #[serde(rename = "MA-07")]
    Marrakech,
    /// Drâa-Tafilalet.
    #[serde(rename = "MA-08")]
    Draa,
    /// Souss-Massa.
    #[serde(rename = "MA-09")]
    Souss,
    /// Guelmim-Oued Noun.
    #[serde(rename = "MA-10")]
    Guelmim,
    /// Laâyoune-Sakia El Hamra.
    #[serde(rename = "MA-11")]
    Laayoune,
    /// Dakhla-Oued Ed-Dahab.
    #[serde(rename = "MA-12")]
    Dakhla,
}

impl Region {
    /// All regions in the order of their codes, roughly from north to south.
    pub const ALL: [Self; 12] = [
        Self::Tangier,
        Self::Oriental,
        Self::Fes,
        Self::Rabat,
        Self::BeniMellal,
        Self::Casablanca,
        Self::Marrakech,
        Self::Draa,
        Self::Souss,
        Self::Guelmim,
        Self::Laayoune,
        Self::Dakhla,
    ];

    /// The code, French, Arabic, Tifinagh and English names.
    const fn row(self) -> [&'static str; 5] {
        match self {
            Self::Tangier => [
                "MA-01",
                "Tanger-Tétouan-Al Hoceïma",
                "طنجة-تطوان-الحسيمة",
                "ⵟⴰⵏⵊ-ⵟⵉⵜⴰⵡⵉⵏ-ⵍⵃⵓⵙⵉⵎⴰ",
                "Tangier-Tetouan-Al Hoceima",
            ],
            Self::Oriental => ["MA-02", "L'Oriental", "الشرق", "ⵜⴰⵏⴳⵎⵓⴹⵜ", "Oriental"],
            Self::Fes => ["MA-03", "Fès-Meknès", "فاس-مكناس", "ⴼⴰⵙ-ⵎⴽⵏⴰⵙ", "Fez-Meknes"],
            Self::Rabat => [
                "MA-04",
                "Rabat-Salé-Kénitra",
                "الرباط-سلا-القنيطرة",
                "ⵔⴱⴰⵟ-ⵙⵍⴰ-ⵇⵏⵉⵟⵔⴰ",
                "Rabat-Sale-Kenitra",
            ],
            Self::BeniMellal => [
                "MA-05",
                "Béni Mellal-Khénifra",
                "بني ملال-خنيفرة",
                "ⴰⵢⵜ ⵎⵍⵍⴰⵍ-ⵅⵏⵉⴼⵕⴰ",
                "Beni Mellal-Khenifra",
            ],
            Self::Casablanca => [
                "MA-06",
                "Casablanca-Settat",
                "الدار البيضاء-سطات",
                "ⵜⵉⴳⵎⵉ ⵜⵓⵎⵍⵉⵍⵜ-ⵙⵟⵟⴰⵜ",
                "Casablanca-Settat",
            ],
            Self::Marrakech => [
                "MA-07",
                "Marrakech-Safi",
                "مراكش-آسفي",
                "ⵎⵕⵕⴰⴽⵛ-ⴰⵙⴼⵉ",
                "Marrakesh-Safi",
            ],
            Self::Draa => [
                "MA-08",
                "Drâa-Tafilalet",
                "درعة-تافيلالت",
                "ⴷⴰⵔⵄⴰ-ⵜⴰⴼⵉⵍⴰⵍⵜ",
                "Draa-Tafilalet",
            ],
            Self::Souss => ["MA-09", "Souss-Massa", "سوس-ماسة", "ⵙⵓⵙⵙ-ⵎⴰⵙⵙⴰ", "Souss-Massa"],
            Self::Guelmim => [
                "MA-10",
                "Guelmim-Oued Noun",
                "كلميم-واد نون",
                "ⵜⴰⵙⴳⴰ-ⵡⴰⴷ ⵏⵓⵏ",
                "Guelmim-Oued Noun",
            ],
            Self::Laayoune => [
                "MA-11",
                "Laâyoune-Sakia El Hamra",
                "العيون-الساقية الحمراء",
                "ⵍⵄⵢⵓⵏ-ⵙⴰⵇⵢⴰ ⵍⵃⴰⵎⵔⴰ",
                "Laayoune-Sakia El Hamra",
            ],
            Self::Dakhla => [
                "MA-12",
                "Dakhla-Oued Ed-Dahab",
                "الداخلة-وادي الذهب",
                "ⴷⴰⵅⵍⴰ-ⵡⴰⴷ ⴷⴰⵀⴰⴱ",
                "Dakhla-Oued Ed-Dahab",
            ],
        }
    }

    /// The ISO 3166-2 code, such as `MA-04`.
    pub const fn code(self) -> &'static str {
        self.row()[0]
    }

    /// The region with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.code() == code)
    }

    /// Its names in French, Arabic, Tifinagh and English; other languages fall back.
    pub fn names(self) -> Texts {
        let [_, fr, ar, zgh, en] = self.row();
        Texts(BTreeMap::from([
            (Lang::Fr, fr.to_owned()),
            (Lang::Ar, ar.to_owned()),
            (Lang::Zgh, zgh.to_owned()),
            (Lang::En, en.to_owned()),
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_match_the_map() {
        let (casablanca, rabat, dakhla) = ((33.5731, -7.5898), (34.0209, -6.8416), (23.6848, -15.9580));
        assert!(distance_km(casablanca, casablanca).abs() < f64::EPSILON);
        assert!((distance_km(casablanca, rabat) - 86.0).abs() < 2.0);
        assert!((distance_km(casablanca, dakhla) - 1_360.0).abs() < 30.0);
    }

    #[test]
    fn nearest_point_lies_between_or_at_the_corners() {
        let near = |a: Option<(f64, f64)>, b: (f64, f64)| {
            let a = a.unwrap();
            assert!(distance_km(a, b) < 0.1, "{a:?} instead of {b:?}");
        };
        let coast = [(34.0, -7.0), (34.0, -6.0), (35.0, -6.0)];
        near(nearest_on_line((33.5, -6.5), &coast), (34.0, -6.5));
        near(nearest_on_line((34.5, -5.0), &coast), (34.5, -6.0));
        near(nearest_on_line((33.0, -8.0), &coast), (34.0, -7.0));
        near(nearest_on_line((33.0, -8.0), &coast[1..2]), (34.0, -6.0));
        near(nearest_on_line((33.0, -8.0), &[coast[0]; 2]), (34.0, -7.0));
        assert_eq!(nearest_on_line((33.0, -8.0), &[]), None);
    }
}
