//! The plan of the stand at a stop. Must not know: how it is drawn.

use crate::reference::text;
use crate::views::PlaceView;
use expo_domain::{Document, DocumentContent, Lang, PlaceKind, StandPlace};

/// The places at stops of this country; empty without a plan. `kiosk` is the name of this kiosk, empty before its
/// enrolment.
pub fn stand(documents: &[Document], country: &str, kiosk: &str, lang: Lang) -> Vec<PlaceView> {
    let stands = documents.iter().filter_map(|document| match &document.content {
        DocumentContent::Stand(stand) => Some(stand),
        _ => None,
    });
    let places = stands.flat_map(|stand| &stand.places);
    let present: Vec<&StandPlace> = places.filter(|place| place.is_present_in(country)).collect();
    let here = this_kiosk(&present, kiosk);
    let view = |place: &&StandPlace| PlaceView {
        id: place.id.clone(),
        kind: place.kind,
        partners: place.partners.clone(),
        label: text(&place.label, lang),
        area: place.area,
        here: here.is_some_and(|here| here == place.id),
    };
    present.iter().map(view).collect()
}

/// Identifier of the place where this kiosk is: the one with its name, or the only kiosk of the plan.
fn this_kiosk<'p>(places: &[&'p StandPlace], kiosk: &str) -> Option<&'p str> {
    let kiosks = places.iter().filter(|place| place.kind == PlaceKind::Kiosk);
    let names: Vec<&str> = kiosks.map(|place| place.id.as_str()).collect();
    match names[..] {
        [only] => Some(only),
        _ => names.into_iter().find(|name| *name == kiosk),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expo_domain::{PlanArea, Stand, Texts};

    fn place(id: &str, kind: PlaceKind, countries: &[&str]) -> StandPlace {
        StandPlace {
            id: id.to_owned(),
            kind,
            countries: countries.iter().map(|&country| country.to_owned()).collect(),
            partners: Vec::new(),
            label: Texts::fr("Essai"),
            area: PlanArea {
                x: 0,
                y: 0,
                width: 10,
                height: 10,
            },
        }
    }

    fn here(kiosks: &[&str], kiosk: &str) -> Vec<String> {
        let mut places = vec![place("DESK-1", PlaceKind::Desk, &[])];
        places.extend(kiosks.iter().map(|id| place(id, PlaceKind::Kiosk, &[])));
        let document = Document {
            id: "stand".to_owned(),
            content: DocumentContent::Stand(Stand { places }),
        };
        let shown = stand(&[document], "FR", kiosk, Lang::Ar);
        let here = shown.into_iter().filter(|place| place.here);
        here.map(|place| place.id).collect()
    }

    #[test]
    fn the_kiosk_is_the_place_with_its_name_or_the_only_one() {
        assert_eq!(here(&["K01", "K02"], "K02"), ["K02"]);
        assert_eq!(here(&["K01"], "U7K3M0Q"), ["K01"]);
        assert!(here(&["K01", "K02"], "U7K3M0Q").is_empty());
        assert!(here(&[], "K01").is_empty());
    }

    #[test]
    fn a_stop_shows_the_places_of_its_country() {
        let document = Document {
            id: "stand".to_owned(),
            content: DocumentContent::Stand(Stand {
                places: vec![
                    place("DESK-1", PlaceKind::Desk, &["CA"]),
                    place("DESK-2", PlaceKind::Desk, &[]),
                ],
            }),
        };
        let ids = |country| -> Vec<String> {
            let shown = stand(std::slice::from_ref(&document), country, "K01", Lang::Fr);
            shown.into_iter().map(|place| place.id).collect()
        };
        assert_eq!(ids("CA"), ["DESK-1", "DESK-2"]);
        assert_eq!(ids("FR"), ["DESK-2"]);
        assert!(stand(&[], "FR", "K01", Lang::Fr).is_empty());
    }
}
