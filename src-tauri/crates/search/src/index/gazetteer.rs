//! The gazetteer: towns and regions of Morocco with all their names and spellings, from `assets/places`. Owns the
//! format of these files. Must not know the catalogue.

use expo_domain::{Lang, Region, Texts};

/// A town of the gazetteer.
#[derive(Debug)]
pub(super) struct GazetteerTown {
    pub region: Region,
    pub name: Texts,
    /// Names in other languages and spellings.
    pub other_names: Vec<&'static str>,
    /// Latitude and longitude in degrees.
    pub coordinates: (f64, f64),
}

/// All towns. Lines that are not valid are skipped; a test checks that all are valid.
pub(super) fn towns() -> Vec<GazetteerTown> {
    lines(include_str!("../../../../../assets/places/towns.csv"))
        .filter_map(|line| {
            let [region, fr, ar, es, en, zgh, other_names, latitude, longitude] =
                line.split(';').collect::<Vec<_>>().try_into().ok()?;
            let names = [
                (Lang::Fr, fr),
                (Lang::Ar, ar),
                (Lang::En, en),
                (Lang::Es, es),
                (Lang::Zgh, zgh),
            ];
            let names = names.into_iter().filter(|(_, name)| !name.is_empty());
            Some(GazetteerTown {
                region: Region::from_code(region)?,
                name: Texts(names.map(|(lang, name)| (lang, name.to_owned())).collect()),
                other_names: other_names.split('|').filter(|name| !name.is_empty()).collect(),
                coordinates: (latitude.parse().ok()?, longitude.parse().ok()?),
            })
        })
        .collect()
}

/// All regions, each with its spellings other than the official names.
pub(super) fn regions() -> Vec<(Region, Vec<&'static str>)> {
    lines(include_str!("../../../../../assets/places/regions.csv"))
        .filter_map(|line| {
            let (code, names) = line.split_once(';')?;
            Some((Region::from_code(code)?, names.split('|').collect()))
        })
        .collect()
}

/// Lines below the header.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().skip(1).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_line_is_valid_and_in_morocco() {
        let towns = towns();
        let file = include_str!("../../../../../assets/places/towns.csv");
        assert_eq!(
            towns.len(),
            file.lines().filter(|line| !line.is_empty()).count() - 1
        );
        for town in &towns {
            assert!(
                (20.0..36.5).contains(&town.coordinates.0),
                "{}",
                town.name.french()
            );
            assert!(
                (-17.5..-1.0).contains(&town.coordinates.1),
                "{}",
                town.name.french()
            );
            assert!(town.name.0.contains_key(&Lang::Ar), "{}", town.name.french());
        }
        let regions: BTreeSet<Region> = towns.iter().map(|town| town.region).collect();
        assert_eq!(regions.len(), 12);
        assert_eq!(super::regions().len(), 12);
    }

    #[test]
    fn no_town_is_duplicated() {
        let towns = towns();
        let names: BTreeSet<&str> = towns.iter().map(|town| town.name.french()).collect();
        assert_eq!(names.len(), towns.len());
    }
}
