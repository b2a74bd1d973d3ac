//! Towns and regions of Morocco under all the names that people type, from `assets/places`. Owns the shape of these
//! files. Must not know the catalogue.

use domain::{Lang, Region, Texts};

/// A town that people may ask for.
#[derive(Debug)]
pub(crate) struct KnownTown {
    pub region: Region,
    pub name: Texts,
    /// Names in other languages and spellings.
    pub others: Vec<&'static str>,
    /// Degrees north and east.
    pub at: (f64, f64),
}

/// All known towns. A line that cannot be read is left out; a test reads every line.
pub(crate) fn towns() -> Vec<KnownTown> {
    lines(include_str!("../../../../assets/places/towns.csv"))
        .filter_map(|line| {
            let [region, fr, ar, es, en, zgh, others, latitude, longitude] =
                line.split(';').collect::<Vec<_>>().try_into().ok()?;
            let names = [
                (Lang::Fr, fr),
                (Lang::Ar, ar),
                (Lang::En, en),
                (Lang::Es, es),
                (Lang::Zgh, zgh),
            ];
            let names = names.into_iter().filter(|(_, name)| !name.is_empty());
            Some(KnownTown {
                region: Region::from_code(region)?,
                name: Texts(names.map(|(lang, name)| (lang, name.to_owned())).collect()),
                others: others.split('|').filter(|name| !name.is_empty()).collect(),
                at: (latitude.parse().ok()?, longitude.parse().ok()?),
            })
        })
        .collect()
}

/// Every region with its spellings beyond the official ones.
pub(crate) fn regions() -> Vec<(Region, Vec<&'static str>)> {
    lines(include_str!("../../../../assets/places/regions.csv"))
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
    fn every_line_is_read_and_lies_in_morocco() {
        let towns = towns();
        let written = include_str!("../../../../assets/places/towns.csv");
        assert_eq!(
            towns.len(),
            written.lines().filter(|line| !line.is_empty()).count() - 1
        );
        for town in &towns {
            assert!((20.0..36.5).contains(&town.at.0), "{}", town.name.french());
            assert!((-17.5..-1.0).contains(&town.at.1), "{}", town.name.french());
            assert!(town.name.0.contains_key(&Lang::Ar), "{}", town.name.french());
        }
        let regions: BTreeSet<Region> = towns.iter().map(|town| town.region).collect();
        assert_eq!(regions.len(), 12);
        assert_eq!(super::regions().len(), 12);
    }

    #[test]
    fn no_town_is_written_twice() {
        let towns = towns();
        let names: BTreeSet<&str> = towns.iter().map(|town| town.name.french()).collect();
        assert_eq!(names.len(), towns.len());
    }
}
