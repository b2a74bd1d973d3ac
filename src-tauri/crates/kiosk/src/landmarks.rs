//! Airports, railway stations and the coast, from `assets/places`. Owns the format of these files, and which of them are
//! near a point. Must not know: projects, windows.

use crate::error::KioskError;
use crate::views::LandmarkKind;
use expo_domain::place::{distance_km, nearest_on_line};
use expo_domain::{Lang, Texts};

/// A place that is further away says nothing about where one lives.
const MAX_KM: f64 = 150.0;

/// Airports, railway stations and the coast.
pub(crate) struct Landmarks {
    places: Vec<Landmark>,
    coast: Vec<(f64, f64)>,
}

/// A place with a name. Coordinates are degrees north and east.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Landmark {
    pub kind: LandmarkKind,
    /// `None` for the sea.
    pub name: Option<Texts>,
    pub coordinates: (f64, f64),
}

impl Landmarks {
    /// Parses the files.
    pub fn load() -> Result<Self, KioskError> {
        let landmarks = include_str!("../../../../assets/places/landmarks.csv");
        let coast = include_str!("../../../../assets/places/coast.csv");
        Ok(Self {
            places: read("landmarks.csv", landmarks, landmark)?,
            coast: read("coast.csv", coast, point)?,
        })
    }

    /// The nearest point of the sea, station and airport, in this order, without those that are too far away.
    pub fn near(&self, from: (f64, f64)) -> Vec<Landmark> {
        let sea = nearest_on_line(from, &self.coast).map(|coordinates| Landmark {
            kind: LandmarkKind::Sea,
            name: None,
            coordinates,
        });
        let nearest = |kind: LandmarkKind| {
            let of_kind = self.places.iter().filter(|place| place.kind == kind);
            let km = |place: &Landmark| distance_km(from, place.coordinates);
            of_kind.min_by(|a, b| km(a).total_cmp(&km(b))).cloned()
        };
        let all = [
            sea,
            nearest(LandmarkKind::Station),
            nearest(LandmarkKind::Airport),
        ];
        all.into_iter()
            .flatten()
            .filter(|place| distance_km(from, place.coordinates) <= MAX_KM)
            .collect()
    }
}

/// Parses the lines below the header.
fn read<T>(
    file: &str,
    text: &'static str,
    parse: impl Fn(&'static str) -> Option<T>,
) -> Result<Vec<T>, KioskError> {
    let lines = text.lines().enumerate().skip(1);
    lines
        .map(|(index, line)| {
            parse(line).ok_or_else(|| {
                let row = index + 1;
                KioskError::Internal(format!("assets/places/{file}, row {row} is not valid"))
            })
        })
        .collect()
}

fn landmark(line: &'static str) -> Option<Landmark> {
    let (kind, rest) = line.split_once(';')?;
    let [fr, ar, en, rest] = rest.splitn(4, ';').collect::<Vec<_>>().try_into().ok()?;
    let names = [(Lang::Fr, fr), (Lang::Ar, ar), (Lang::En, en)];
    Some(Landmark {
        kind: match kind {
            "airport" => LandmarkKind::Airport,
            "station" => LandmarkKind::Station,
            _ => return None,
        },
        name: Some(Texts(
            names
                .into_iter()
                .map(|(lang, name)| (lang, name.to_owned()))
                .collect(),
        )),
        coordinates: point(rest)?,
    })
}

/// A point in or near Morocco.
fn point(text: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = text.split_once(';')?;
    let (latitude, longitude): (f64, f64) = (latitude.parse().ok()?, longitude.parse().ok()?);
    ((20.0..=37.0).contains(&latitude) && (-18.0..=0.0).contains(&longitude)).then_some((latitude, longitude))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(from: (f64, f64)) -> Vec<(LandmarkKind, String, u32)> {
        let landmarks = Landmarks::load().unwrap();
        let named = landmarks.near(from).into_iter().map(|place| {
            let name = place
                .name
                .map(|name| name.french().to_owned())
                .unwrap_or_default();
            (
                place.kind,
                name,
                distance_km(from, place.coordinates).round() as u32,
            )
        });
        named.collect()
    }

    #[test]
    fn nearest_landmarks_of_towns_are_right() {
        let rabat = near((34.0209, -6.8416));
        assert_eq!(rabat[0].0, LandmarkKind::Sea);
        assert!(rabat[0].2 <= 2, "{rabat:?}");
        assert_eq!(
            (rabat[1].1.as_str(), rabat[2].1.as_str()),
            ("Rabat-Ville", "Rabat-Salé")
        );
        let marrakesh = near((31.6295, -7.9811));
        assert!((125..145).contains(&marrakesh[0].2), "{marrakesh:?}");
    }

    #[test]
    fn places_too_far_away_are_left_out() {
        let kinds = |from| near(from).into_iter().map(|(kind, ..)| kind).collect::<Vec<_>>();
        assert_eq!(kinds((23.7, -15.93)), [LandmarkKind::Sea, LandmarkKind::Airport]);
        assert_eq!(kinds((30.33, -5.84)), [LandmarkKind::Airport]);
    }

    #[test]
    fn lines_that_are_not_valid_are_named() {
        let wrong = "kind;fr\nport;Agadir;أكادير;Agadir;30.4;-9.6\n";
        let error = read("x.csv", wrong, landmark).err().unwrap().to_string();
        assert!(error.contains("x.csv, row 2"), "{error}");
        for wrong in ["90;-5", "30;5", "30", "a;b", "NaN;-5"] {
            assert_eq!(point(wrong), None, "{wrong}");
        }
    }
}
