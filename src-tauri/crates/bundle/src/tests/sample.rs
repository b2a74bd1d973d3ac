//! A small valid source folder for tests: two invented projects in one town.

use image::{ImageFormat, Rgb, RgbImage};
use std::fs;
use std::path::Path;

pub const TABLES: [(&str, &str); 8] = [
    (
        "source.csv",
        "demonstration;published_on;notice_fr;notice_ar\nyes;2026-11-16;Essai;تجربة\n",
    ),
    (
        "subsidiaries.csv",
        "id;name_fr;phone;regions\nAO-T;Filiale d’essai;+212537000000;MA-03|MA-04\n",
    ),
    (
        "towns.csv",
        "id;region;name_fr;name_ar;aliases;latitude;longitude\nFES;MA-03;Fès;فاس;Fez|Fas;34.0331;-5.0003\n",
    ),
    (
        "projects.csv",
        "id;subsidiary;town;title_fr;title_ar;description_fr;delivery;delivery_on;building_permit_on;\
         habitation_permit_on;land_title;latitude;longitude;features\n\
         FES-A;AO-T;FES;Résidence Essai;إقامة تجربة;Un essai.;delivered;;2022-01-10;2024-05-02;titled;34,04;-5.01;lift|school\n\
         FES-B;AO-T;FES;Lotissement Essai;;Un autre essai.;off_plan;2027-09;;;mother_title;;;\n",
    ),
    (
        "groups.csv",
        "id;project;product_type;title_fr\nFES-A-G1;FES-A;apartment;Appartements\nFES-B-G1;FES-B;residential_plot;Lots\n",
    ),
    (
        "units.csv",
        "id;group;number;price_dh;surface_m2;floor;rooms;levels;facades;cos;status;designation_fr\n\
         U-01;FES-A-G1;A-101;288000;58.5;1;3;;;;available;Trois pièces\n\
         U-02;FES-A-G1;A-102;290 000,50;60;0;3;;;;reserved;\n\
         U-03;FES-B-G1;12;310000;96;;;2;1;1.2;available;Lot R+2\n",
    ),
    (
        "offers.csv",
        "id;projects;title_fr;text_fr;valid_from;valid_to\nOFFER-1;FES-A;Offre d’essai;Conditions d’essai.;2026-01-01;2026-12-31\n",
    ),
    (
        "pictures.csv",
        "project;file;position;kind;caption_fr\nFES-A;a/1.png;1;view;Vue\nFES-A;a/2.png;2;floor_plan;Plan\nFES-B;b.png;1;site_plan;Plan\n",
    ),
];

/// Writes the source folder.
pub fn write(folder: &Path) {
    for (name, text) in TABLES {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::create_dir_all(folder.join("photos/a")).unwrap();
    for (shade, name) in ["a/1.png", "a/2.png", "b.png"].into_iter().enumerate() {
        photo(&folder.join("photos").join(name), shade as u8);
    }
}

/// Writes a small picture; each `shade` gives different content.
pub fn photo(path: &Path, shade: u8) {
    let picture = RgbImage::from_fn(24, 16, |x, y| Rgb([shade * 40, (x * 9) as u8, (y * 13) as u8]));
    picture.save_with_format(path, ImageFormat::Png).unwrap();
}

/// Replaces a text in a table. Panics if the table does not contain it.
pub fn replace(folder: &Path, table: &str, from: &str, to: &str) {
    let path = folder.join(table);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{table} has no {from}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}
