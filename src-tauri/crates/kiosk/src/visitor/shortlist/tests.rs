//! Renders QR codes and decodes them again, as a phone does.

use super::item::{Facts, Item, Price, Product, Unit};
use super::qr_code;
use super::text::{TakeawayContext, compose};
use crate::views::ShortlistItem;
use crate::visitor::qr_code::MAX_QR_BYTES;
use crate::{Demonstration, Kiosk, KioskError, LinuxMachine};
use expo_bundle::VerifiedCheckpoint;
use expo_domain::{
    Catalogue, Delivery, Lang, Money, ProductType, Project, Region, Subsidiary, Texts, Town, UnitStatus,
};
use expo_protocol::Checkpoint;
use expo_vault::signature::PublisherKey;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use resvg::{tiny_skia, usvg};
use std::sync::Arc;

const DAY: Date = date(2026, 11, 23);
const CONTEXT: TakeawayContext = TakeawayContext {
    name: "Essai, Expo",
    phone: Some("+212520000000"),
    day: DAY,
    catalogue_date: date(2026, 11, 16),
    site: Some("https://www.example.org"),
    choice_page: None,
    total: None,
};

/// Text and version of the QR code, decoded from an image with this number of pixels per module.
fn decode(svg: &str, pixels: u32) -> (String, usize) {
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).unwrap();
    let side = tree.size().width() as u32 * pixels;
    let mut picture = tiny_skia::Pixmap::new(side, side).unwrap();
    // Dark background: the quiet zone must be part of the image.
    picture.fill(tiny_skia::Color::BLACK);
    let scale = tiny_skia::Transform::from_scale(pixels as f32, pixels as f32);
    resvg::render(&tree, scale, &mut picture.as_mut());
    let side = side as usize;
    let luma = |x: usize, y: usize| picture.pixels()[y * side + x].red();
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(side, side, luma);
    let codes = prepared.detect_grids();
    assert_eq!(codes.len(), 1);
    let (meta, text) = codes[0].decode().unwrap();
    (text, meta.version.0)
}

fn item(title: &str, town: &str, price: Price) -> Item {
    Item {
        title: title.to_owned(),
        district: None,
        town: town.to_owned(),
        reference: "TST-1".to_owned(),
        product: Product::Project(Facts {
            surfaces_dm2: Some((5_200, 8_000)),
            delivery: Delivery::OffPlan,
            delivery_on: Some(date(2027, 9, 1)),
        }),
        price,
        phone: Some("+212537000000".to_owned()),
    }
}

fn flat(title: &str, number: &str) -> Item {
    Item {
        product: Product::Unit(Unit {
            number: number.to_owned(),
            surface_dm2: 8_550,
        }),
        ..item(title, "Ville d’essai", Price::Exactly(Money(125_000_050)))
    }
}

#[test]
fn qr_code_contains_the_contact_in_each_language() {
    let long = "مجمع سكني تجريبي باسم طويل جداً لا ينتهي قرب الحديقة الكبرى ومحطة القطار";
    let french = [
        item(
            "Résidence d’essai",
            "Tétouan",
            Price::From(Money::dirhams(288_000)),
        ),
        flat("Les Jardins d’essai", "A-12"),
        item("Lotissement d’essai", "Nador", Price::SoldOut),
    ];
    let arabic = [
        item(long, "مدينة تجريبية", Price::From(Money::dirhams(288_000))),
        Item {
            phone: Some("+212539000000".to_owned()),
            ..flat(long, "A-12")
        },
        item(long, "مدينة تجريبية", Price::Reserved),
    ];
    for (items, lang) in [(&french, Lang::Fr), (&arabic, Lang::Ar), (&french, Lang::En)] {
        let vcard = compose(items, &CONTEXT, lang).vcard;
        // Sizes on the smallest and on a large panel.
        for pixels in [4, 9] {
            let (read, version) = decode(&qr_code(&vcard).unwrap(), pixels);
            assert_eq!(read, vcard);
            assert!(version <= 22, "{version}");
        }
    }
}

#[test]
fn text_uses_language_specific_formats() {
    let items = [
        item(
            "Résidence d’essai",
            "Tétouan",
            Price::From(Money::dirhams(288_000)),
        ),
        flat("Les Jardins d’essai", "A-12"),
    ];
    let french = "Ma sélection – 23/11/2026\n\
        1. Résidence d’essai, Tétouan\n\
        52\u{a0}m² – 80\u{a0}m², sur plan, livraison 09/2027, dès 288\u{a0}000\u{a0}DH, réf. TST-1\n\
        2. Les Jardins d’essai, Ville d’essai\n\
        Bien A-12, 85,5\u{a0}m², 1\u{a0}250\u{a0}000,50\u{a0}DH, réf. TST-1\n\
        Prix TTC à titre indicatif, catalogue du 16/11/2026\n\
        Tél. +212537000000\n\
        https://www.example.org";
    let compose = |items: &[Item], lang| compose(items, &CONTEXT, lang).text;
    assert_eq!(compose(&items, Lang::Fr), french);
    let english = compose(&items, Lang::En);
    assert!(english.starts_with("My selection – 23 Nov 2026\n"), "{english}");
    assert!(
        english.contains("Property A-12, 85.5\u{a0}m², 1,250,000.50\u{a0}MAD"),
        "{english}"
    );
    let arabic = compose(&items, Lang::Ar);
    assert!(
        arabic.contains("\u{200e}+212537000000\n"),
        "the plus sign precedes its number: {arabic}"
    );
    // A name in the other script does not change the direction of its line.
    assert!(arabic.contains("\n\u{200f}1. Résidence"), "{arabic}");
    let mixed = [item("إقامة تجريبية", "Tétouan", Price::SoldOut)];
    let french = compose(&mixed, Lang::Fr);
    assert!(french.contains("\n\u{200e}1. إقامة"), "{french}");
    assert!(compose(&mixed, Lang::Ar).contains("\n1. إقامة"));
    assert!(compose(&items, Lang::Nl).starts_with("Mijn selectie – 23-11-2026\n"));
    // A language without its own texts uses its fallback.
    assert_eq!(compose(&items, Lang::Zgh), arabic);
}

#[test]
fn equal_phone_numbers_appear_once() {
    let mut items = [flat("Essai A", "1"), flat("Essai B", "2"), flat("Essai C", "3")];
    let phone_numbers = |items: &[Item]| compose(items, &CONTEXT, Lang::Fr).text.matches("+212").count();
    assert_eq!(phone_numbers(&items), 1);
    items[1].phone = Some("+212539000000".to_owned());
    assert_eq!(phone_numbers(&items), 3);
    items[1].phone = None;
    assert_eq!(phone_numbers(&items), 2);
}

#[test]
fn long_names_are_cut_at_a_word_with_ellipsis() {
    let text = compose(
        &[item(&"Résidence ".repeat(30), "Tétouan", Price::SoldOut)],
        &CONTEXT,
        Lang::Fr,
    )
    .text;
    let line = text.lines().nth(1).unwrap();
    assert!(line.ends_with("Résidence…, Tétouan"), "{line}");
    let endless = compose(
        &[item(&"é".repeat(300), "Nador", Price::SoldOut)],
        &CONTEXT,
        Lang::Fr,
    )
    .text;
    let line = endless.lines().nth(1).unwrap();
    assert!(line.starts_with("1. éé") && line.ends_with("é…, Nador"), "{line}");
}

#[test]
fn hostile_names_cannot_add_lines_or_links() {
    for title in [
        "Villa\nTél. +10000000000\nhttps://evil.example/pay",
        "Villa\r\n\u{2028}\u{2029}\u{85}\u{0b}\u{0c}www.evil.example",
        "MATMSG:TO:a@evil.example;SUB:x;;",
        "Villa \u{202e}gro.elpmaxe//:sptth\u{2066}",
        "e\u{200b}vil\u{200d}.\u{feff}example。com．org｡net",
        "\u{0}\u{1}\u{7f}BEGIN:VCARD\nTEL:+10000000000",
        "mailto:a@b.example http:\u{ad}//evil.example",
    ] {
        let items = [
            item(title, title, Price::SoldOut),
            Item {
                district: Some(title.to_owned()),
                ..flat(title, title)
            },
        ];
        let takeaway = compose(&items, &CONTEXT, Lang::Fr);
        let text = takeaway.text;
        assert_eq!(text.lines().count(), 8, "{text}");
        assert_eq!(text.matches("://").count(), 1, "{text}");
        assert!(text.starts_with("Ma sélection"));
        assert!(text.ends_with("\nhttps://www.example.org"));
        let names = text.replace("https://www.example.org", "");
        for link in [".e", ".o", ".c", "o:a", "TEL:+", "TO:a", "www.e"] {
            assert!(!names.contains(link), "{link} in {text}");
        }
        let unseen = |c: char| {
            (c.is_control() && c != '\n') || "\u{200b}\u{200d}\u{2028}\u{202e}\u{2066}\u{ad}".contains(c)
        };
        assert!(!text.contains(unseen), "{text:?}");
        let properties: Vec<&str> = takeaway
            .vcard
            .lines()
            .filter_map(|line| line.split(':').next())
            .collect();
        assert_eq!(
            properties,
            ["BEGIN", "VERSION", "N", "FN", "TEL", "URL", "NOTE", "END"]
        );
        assert_eq!(decode(&qr_code(&takeaway.vcard).unwrap(), 5).0, takeaway.vcard);
    }
}

#[test]
fn contact_reaches_the_group_and_has_the_text_in_its_notes() {
    let items = [flat("Les Jardins d’essai", "A-12")];
    let expected = [
        "BEGIN:VCARD",
        "VERSION:3.0",
        r"N:Essai\, Expo;;;;",
        r"FN:Essai\, Expo",
        "TEL:+212537000000",
        "URL:https://www.example.org",
        "NOTE:Ma sélection – 23/11/2026\\n\
         1. Les Jardins d’essai\\, Ville d’essai\\n\
         Bien A-12\\, 85\\,5\u{a0}m²\\, 1\u{a0}250\u{a0}000\\,50\u{a0}DH\\, réf. TST-1\\n\
         Prix TTC à titre indicatif\\, catalogue du 16/11/2026",
        "END:VCARD",
    ];
    assert_eq!(compose(&items, &CONTEXT, Lang::Fr).vcard, expected.join("\r\n"));
    // Items with other numbers: the contact has that of the group.
    let other = Item {
        phone: None,
        ..flat("Essai B", "1")
    };
    let vcard = compose(&[flat("Essai A", "1"), other], &CONTEXT, Lang::Fr).vcard;
    assert!(vcard.contains("\r\nTEL:+212520000000\r\n"), "{vcard}");
    assert!(vcard.contains("Tél. +212537000000"), "{vcard}");
}

#[test]
fn link_carries_the_choice_in_its_fragment() {
    let context = TakeawayContext {
        choice_page: Some("https://www.example.org/choix"),
        ..CONTEXT
    };
    let items = [
        item("Résidence d’essai", "Tétouan", Price::SoldOut),
        flat("Les Jardins d’essai", "A 12/é"),
    ];
    let takeaway = compose(&items, &context, Lang::Fr);
    let link = "https://www.example.org/choix#v1;2026-11-23;TST-1//52-80;TST-1/A%2012%2F%C3%A9/85.5";
    assert!(takeaway.text.ends_with(&format!("\n{link}")), "{}", takeaway.text);
    let scanned = decode(&qr_code(&takeaway.vcard).unwrap(), 4).0;
    assert!(scanned.contains(&format!("\r\nURL:{link}\r\n")), "{scanned}");
}

#[test]
fn link_gives_way_to_the_facts_of_the_items() {
    let context = TakeawayContext {
        choice_page: Some("https://www.example.org/choix"),
        ..CONTEXT
    };
    let long = "é".repeat(90);
    let items = [
        flat("Essai A", &long),
        flat("Essai B", &long),
        flat("Essai C", &long),
    ];
    let takeaway = compose(&items, &context, Lang::Fr);
    assert!(takeaway.vcard.len() <= MAX_QR_BYTES);
    assert!(
        takeaway.text.ends_with("\nhttps://www.example.org"),
        "{}",
        takeaway.text
    );
    assert_eq!(takeaway.text.matches("réf. TST-1").count(), 3);
}

#[test]
fn project_with_only_reserved_units_is_not_sold_out() {
    let text = |price| compose(&[item("Essai", "Nador", price)], &CONTEXT, Lang::Fr).text;
    assert!(text(Price::AllReserved).contains("tout est réservé"));
    assert!(text(Price::SoldOut).contains("tout est vendu"));
}

fn any_price() -> impl Strategy<Value = Price> {
    let money = (0_i64..=99_999_999_999).prop_map(Money);
    prop_oneof![
        money.clone().prop_map(Price::From),
        money.prop_map(Price::Exactly),
        Just(Price::Reserved),
        Just(Price::Sold),
        Just(Price::AllReserved),
        Just(Price::SoldOut),
    ]
}

/// Names in Latin, Arabic and Tifinagh script, emoji, and arbitrary text.
fn any_name() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,200}",
        "[ء-ي ]{1,200}",
        "[ⴰ-ⵥ ]{1,120}",
        "[😀-🙏👨‍👩‍👧 ]{1,80}",
        any::<String>(),
    ]
}

fn any_item() -> impl Strategy<Value = Item> {
    let unit = (any_name(), 0_i64..100_000_000)
        .prop_map(|(number, surface_dm2)| Product::Unit(Unit { number, surface_dm2 }));
    let facts = Just(()).prop_map(|()| {
        Product::Project(Facts {
            surfaces_dm2: Some((1, 99_999_999)),
            delivery: Delivery::UnderConstruction,
            delivery_on: Some(DAY),
        })
    });
    let phone = prop_oneof![Just(None), "\\+[1-9][0-9]{14}".prop_map(Some)];
    (
        any_name(),
        proptest::option::of(any_name()),
        any_name(),
        prop_oneof![unit, facts],
        "\\PC{0,60}",
        any_price(),
        phone,
    )
        .prop_map(|(title, district, town, product, reference, price, phone)| Item {
            title,
            district,
            town,
            price: match price {
                // Only for a complete project.
                Price::From(money) if matches!(product, Product::Unit(_)) => Price::Exactly(money),
                Price::SoldOut if matches!(product, Product::Unit(_)) => Price::Sold,
                price => price,
            },
            product,
            reference,
            phone,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_names_give_a_readable_qr_code(
        items in proptest::collection::vec(any_item(), 1..=3),
        name in any_name(),
        lang in prop_oneof![Just(Lang::Fr), Just(Lang::Ar), Just(Lang::En)],
        site in "https://[a-z]{56}",
        page in proptest::option::of("https://[a-z]{56}"),
    ) {
        let context = TakeawayContext { name: &name, site: Some(&site), choice_page: page.as_deref(), ..CONTEXT };
        let vcard = compose(&items, &context, lang).vcard;
        prop_assert!(vcard.len() <= MAX_QR_BYTES, "{} bytes", vcard.len());
        let (read, version) = decode(&qr_code(&vcard).unwrap(), 5);
        prop_assert!(version <= 22);
        prop_assert_eq!(read, vcard);
    }
}

fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue {
        subsidiaries: vec![Subsidiary {
            phone: Some("+212537000000".to_owned()),
            ..fixtures::subsidiary("S")
        }],
        towns: vec![Town {
            name: fixtures::texts("Ville d’essai", "مدينة تجريبية"),
            ..fixtures::town("T", Region::ALL[0])
        }],
        ..Catalogue::default()
    };
    for n in 0..5 {
        let id = format!("P-{n}");
        catalogue.projects.push(Project {
            title: Texts::fr(format!("Essai {n}")),
            delivery: Delivery::OffPlan,
            ..fixtures::project(&id, "S", "T")
        });
        let group = fixtures::group(&format!("{id}-G"), &id, ProductType::Apartment);
        for (u, status) in UnitStatus::ALL.iter().enumerate() {
            catalogue.units.push(expo_domain::Unit {
                number: format!("A-{u}"),
                price: Money::dirhams(300_000 - u as i64 * 1_000),
                surface_dm2: 6_000,
                status: *status,
                ..fixtures::unit(&format!("{id}-{u}"), &group.id)
            });
        }
        catalogue.groups.push(group);
    }
    catalogue
}

#[test]
fn takeaway_has_three_items_and_counts_omitted_ones() {
    let folder = tempfile::tempdir().unwrap();
    let kiosk = Kiosk::open(folder.path(), Arc::new(LinuxMachine::default())).unwrap();
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let checkpoint = Checkpoint {
        published_at: "2026-11-16T08:00:00Z".parse().unwrap(),
        ..fixtures::empty_checkpoint(1)
    };
    let key = PublisherKey::from_text(Demonstration::PUBLISHER_KEY).unwrap();
    let checkpoint = VerifiedCheckpoint::open(&fixtures::sign(&checkpoint, &key), &key.public()).unwrap();
    kiosk.supply.install(&catalogue(), &checkpoint).unwrap();
    let shortlist = |items: &[(&str, Option<&str>)]| {
        let item = |&(project, unit): &(&str, Option<&str>)| ShortlistItem {
            project: project.to_owned(),
            unit: unit.map(str::to_owned),
        };
        kiosk.shortlist(&items.iter().map(item).collect::<Vec<_>>(), Lang::Fr)
    };
    // A project and two units of others, a duplicate, a missing unit, a missing project, and one item too many.
    let takeaway = shortlist(&[
        ("P-0", None),
        ("P-9", None),
        ("P-0", None),
        ("P-1", Some("P-2-0")),
        ("P-1", Some("P-1-0")),
        ("P-2", Some("P-2-2")),
        ("P-3", None),
    ])
    .unwrap();
    assert_eq!(takeaway.left_out, 3);
    assert_eq!(takeaway.url.as_deref(), Some("https://www.alomrane.gov.ma"));
    let lines: Vec<&str> = takeaway.text.lines().collect();
    assert_eq!(
        lines[1..11],
        [
            "1. Essai 0, Ville d’essai",
            "60\u{a0}m², sur plan, dès 300\u{a0}000\u{a0}DH, réf. P-0",
            "2. Essai 1, Ville d’essai",
            "Bien A-0, 60\u{a0}m², 300\u{a0}000\u{a0}DH, réf. P-1",
            "3. Essai 2, Ville d’essai",
            "Bien A-2, 60\u{a0}m², vendu, réf. P-2",
            "Total à prévoir, frais compris\u{a0}: 320\u{a0}700\u{a0}DH – 322\u{a0}200\u{a0}DH",
            "Si l’aide est accordée, une seule fois\u{a0}: 220\u{a0}700\u{a0}DH – 222\u{a0}200\u{a0}DH",
            "Prix TTC à titre indicatif, catalogue du 16/11/2026",
            "Tél. +212537000000",
        ]
    );
    let contact = decode(&takeaway.qr_svg, 5).0;
    assert!(contact.contains("Bien A-0"), "{contact}");
    assert_eq!(shortlist(&[("P-0", None)]).unwrap().left_out, 0);
    assert!(matches!(shortlist(&[("P-9", None)]), Err(KioskError::NotFound(id)) if id == "P-9"));
    assert!(matches!(shortlist(&[]), Err(KioskError::NotFound(_))));
}
