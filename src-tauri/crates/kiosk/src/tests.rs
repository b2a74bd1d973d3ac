//! Use-cases over a real data folder, with a machine whose clocks the test sets.

use crate::views::{ExploreQuery, Facets};
use crate::{Demonstration, Kiosk, KioskError, Machine, Session};
use domain::lead::Consents;
use domain::{
    Catalogue, Delivery, Group, LandTitle, Lang, LeadDraft, Money, ProductType, Project, Region, Subsidiary,
    Texts, Town, Unit, UnitStatus,
};
use jiff::{SignedDuration, Timestamp};
use protocol::{Checkpoint, RowCounts, SignedCheckpoint};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Wall clock, start of the machine, time since then, free bytes.
struct Bench(Mutex<(Timestamp, String, u64, u64)>);

impl Bench {
    fn set(&self, change: impl FnOnce(&mut (Timestamp, String, u64, u64))) {
        change(&mut self.0.lock().unwrap());
    }
}

impl Machine for Bench {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().0
    }
    fn boot_id(&self) -> String {
        self.0.lock().unwrap().1.clone()
    }
    fn monotonic_ms(&self) -> u64 {
        self.0.lock().unwrap().2
    }
    fn disk_free(&self, _: &Path) -> u64 {
        self.0.lock().unwrap().3
    }
    fn removable(&self) -> Vec<(PathBuf, String)> {
        Vec::new()
    }
}

fn kiosk(folder: &Path) -> (Kiosk, Arc<Bench>) {
    let start = "2026-02-13T09:00:00Z".parse().unwrap();
    let bench = Arc::new(Bench(Mutex::new((start, "boot-1".to_owned(), 1_000, 1 << 40))));
    let kiosk = Kiosk::open(folder, Arc::<Bench>::clone(&bench)).unwrap();
    (kiosk, bench)
}

/// Projects in many combinations of region, type, price, delivery and permit.
fn catalogue() -> Catalogue {
    let mut catalogue = Catalogue {
        subsidiaries: vec![Subsidiary {
            id: "S".to_owned(),
            name: Texts::fr("Filiale d'essai"),
            phone: None,
            regions: Region::ALL.to_vec(),
        }],
        ..Catalogue::default()
    };
    for (n, region) in Region::ALL.into_iter().enumerate() {
        catalogue.towns.push(Town {
            id: format!("T-{n}"),
            region,
            name: Texts::fr(format!("Ville {n}")),
            aliases: vec![],
            latitude: 30.0,
            longitude: -8.0,
        });
    }
    for n in 0..180_usize {
        let id = format!("P-{n}");
        catalogue.projects.push(Project {
            id: id.clone(),
            subsidiary: "S".to_owned(),
            town: format!("T-{}", n % 12),
            district: Texts::default(),
            title: Texts::fr(format!("Essai {n}")),
            description: Texts::fr(if n % 3 == 0 {
                "près du jardin"
            } else {
                "près du port"
            }),
            delivery: Delivery::ALL[n % 3],
            delivery_on: None,
            building_permit_on: None,
            habitation_permit_on: (n % 2 == 0).then(|| jiff::civil::date(2024, 1, 1)),
            land_title: LandTitle::Titled,
            land_title_number: None,
            latitude: None,
            longitude: None,
            features: vec![],
        });
        for (g, product_type) in [ProductType::ALL[n % 10], ProductType::ALL[(n / 7) % 10]]
            .into_iter()
            .enumerate()
        {
            let group = format!("{id}-G{g}");
            catalogue.groups.push(Group {
                id: group.clone(),
                project: id.clone(),
                product_type,
                title: Texts::fr("Lot"),
            });
            for u in 0..3_usize {
                catalogue.units.push(Unit {
                    id: format!("{group}-{u}"),
                    group: group.clone(),
                    number: u.to_string(),
                    price: Money::dirhams(((n * 37 + g * 211 + u * 97) % 40) as i64 * 50_000 + 200_000),
                    surface_dm2: 5_000,
                    floor: None,
                    rooms: None,
                    levels: None,
                    facades: None,
                    cos_hundredths: None,
                    status: UnitStatus::ALL[(n + u) % 3],
                    designation: Texts::default(),
                });
            }
        }
    }
    catalogue
}

fn install(kiosk: &Kiosk, catalogue: &Catalogue) {
    let signed = SignedCheckpoint {
        checkpoint: String::new(),
        signature: String::new(),
    };
    let checkpoint = Checkpoint {
        format: 1,
        version: 1,
        published_at: Timestamp::UNIX_EPOCH,
        expires_at: None,
        rows: RowCounts::default(),
        content_sha256: String::new(),
        snapshot_sha256: String::new(),
        snapshot_bytes: 0,
        snapshot_plain_bytes: 0,
        pictures: 0,
        pictures_bytes: 0,
    };
    kiosk.install(catalogue, &signed, &checkpoint).unwrap();
}

fn everything() -> ExploreQuery {
    ExploreQuery::everything(Lang::Fr)
}

/// Every count that a facet promises is what touching it shows.
#[test]
fn each_count_is_what_one_gets_by_touching_it() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    install(&kiosk, &catalogue());
    let selections = [
        everything(),
        ExploreQuery {
            types: vec![ProductType::Apartment, ProductType::Villa],
            ..everything()
        },
        ExploreQuery {
            max_price: Some(Money::dirhams(500_000)),
            aid: true,
            ..everything()
        },
        ExploreQuery {
            text: "jardin".to_owned(),
            regions: vec!["MA-01".to_owned()],
            ..everything()
        },
        ExploreQuery {
            deliveries: vec![Delivery::OffPlan],
            types: vec![ProductType::House],
            max_price: Some(Money::dirhams(700_000)),
            ..everything()
        },
    ];
    let total = |query: ExploreQuery| kiosk.explore(&query).unwrap().total;
    for selection in selections {
        let Facets {
            regions,
            types,
            budgets,
            deliveries,
            aid,
            ..
        } = kiosk.explore(&selection).unwrap().facets;
        for facet in regions {
            let touched = ExploreQuery {
                regions: vec![facet.value.clone()],
                ..selection.clone()
            };
            assert_eq!(total(touched), facet.count, "{selection:?} {}", facet.value);
        }
        for facet in types {
            let types = vec![ProductType::from_code(&facet.value).unwrap()];
            assert_eq!(
                total(ExploreQuery {
                    types,
                    ..selection.clone()
                }),
                facet.count,
                "{selection:?} {}",
                facet.value
            );
        }
        for facet in budgets {
            let touched = ExploreQuery {
                max_price: Some(facet.max_price),
                ..selection.clone()
            };
            assert_eq!(total(touched), facet.count, "{selection:?} {:?}", facet.max_price);
        }
        for facet in deliveries {
            let touched = ExploreQuery {
                deliveries: vec![Delivery::from_code(&facet.value).unwrap()],
                ..selection.clone()
            };
            assert_eq!(total(touched), facet.count, "{selection:?} {}", facet.value);
        }
        assert_eq!(
            total(ExploreQuery {
                aid: true,
                ..selection.clone()
            }),
            aid,
            "{selection:?}"
        );
    }
}

#[test]
fn totals_are_those_of_a_plain_look_at_every_unit() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let catalogue = catalogue();
    install(&kiosk, &catalogue);
    let max = Money::dirhams(600_000);
    let plain = catalogue.projects.iter().filter(|project| {
        catalogue
            .groups
            .iter()
            .filter(|g| g.project == project.id && g.product_type == ProductType::Shop)
            .any(|g| {
                catalogue
                    .units
                    .iter()
                    .any(|u| u.group == g.id && u.status == UnitStatus::Available && u.price <= max)
            })
    });
    let query = ExploreQuery {
        types: vec![ProductType::Shop],
        max_price: Some(max),
        ..everything()
    };
    assert_eq!(kiosk.explore(&query).unwrap().total as usize, plain.count());
}

#[test]
fn nothing_found_names_the_filter_to_lift_and_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    install(&kiosk, &catalogue());
    let empty = ExploreQuery {
        regions: vec!["MA-02".to_owned()],
        max_price: Some(Money::dirhams(1)),
        ..everything()
    };
    let found = kiosk.explore(&empty).unwrap();
    assert_eq!(found.total, 0);
    let lift = found.lift.unwrap();
    let lifted = ExploreQuery {
        max_price: None,
        ..empty
    };
    assert_eq!(
        (lift.filter, lift.total),
        (
            crate::views::FilterName::Budget,
            kiosk.explore(&lifted).unwrap().total
        )
    );
}

#[test]
fn a_locked_out_thief_gains_nothing_by_restarting_or_turning_clocks() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::default();
    {
        let (kiosk, _) = kiosk(folder.path());
        kiosk.provision(&Demonstration::event().unwrap()).unwrap();
        for left in (1..5).rev() {
            let wrong = kiosk.staff_unlock(&mut session, "111111");
            assert!(matches!(wrong, Err(KioskError::WrongPin { left: l }) if l == left));
        }
        assert!(matches!(
            kiosk.staff_unlock(&mut session, "111111"),
            Err(KioskError::LockedOut { seconds: 300 })
        ));
    }
    // Another start of program and machine, the wall clock a year ahead: the right PIN has to wait all the same.
    let (kiosk, bench) = kiosk(folder.path());
    bench.set(|m| {
        m.0 += SignedDuration::from_hours(24 * 365);
        m.1 = "boot-2".to_owned();
        m.2 = 0;
    });
    let right = kiosk.staff_unlock(&mut session, Demonstration::PIN);
    assert!(matches!(right, Err(KioskError::LockedOut { seconds: 300 })));
    bench.set(|m| m.2 = 300_000);
    kiosk.staff_unlock(&mut session, Demonstration::PIN).unwrap();
    assert!(session.is_unlocked());
    assert!(matches!(
        kiosk.close_day(&session, &order(folder.path())),
        Err(KioskError::LeadsLocked)
    ));
}

fn order(folder: &Path) -> crate::CloseOrder {
    crate::CloseOrder {
        day: None,
        formats: vec![crate::views::ExportFormat::Csv],
        destination: folder.with_extension("out"),
    }
}

fn draft() -> LeadDraft {
    LeadDraft {
        name: "Test Visiteur".to_owned(),
        phone: Some("+33612345678".to_owned()),
        language: Some(Lang::Fr),
        consents: Consents {
            call: true,
            ..Consents::default()
        },
        ..LeadDraft::default()
    }
}

#[test]
fn a_jumping_clock_and_a_missing_catalogue_cost_no_lead() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let mut tickets = Vec::new();
    for hours in [0, 24 * 3_650, -24 * 7_300, 24] {
        bench.set(|m| m.0 += SignedDuration::from_hours(hours));
        tickets.push(kiosk.take_lead(&draft()).unwrap().ticket);
    }
    assert_eq!(
        tickets,
        ["DEM-K00-0001", "DEM-K00-0002", "DEM-K00-0003", "DEM-K00-0004"]
    );
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    assert_eq!(kiosk.close_day(&session, &order(folder.path())).unwrap().leads, 4);
    std::fs::write(folder.path().join("catalogue.db"), b"damaged").unwrap();
    assert!(kiosk.boot(None).unwrap().catalogue.is_none());
    assert_eq!(sync::Local::facts(&kiosk).unwrap().catalogue_version, None);
    assert!(
        kiosk
            .diagnose()
            .iter()
            .any(|finding| finding.code == "catalogue_damaged")
    );
    kiosk.take_lead(&draft()).unwrap();
    install(&kiosk, &catalogue());
    assert!(kiosk.boot(None).unwrap().catalogue.is_some());
}

#[test]
fn a_full_disk_is_said_before_anybody_types() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, bench) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert!(kiosk.boot(None).unwrap().leads_open);
    bench.set(|m| m.3 = 1_000_000);
    assert!(!kiosk.boot(None).unwrap().leads_open);
}

#[test]
fn weak_secrets_and_second_set_ups_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    let mut event = Demonstration::event().unwrap();
    event.stop.demonstration = false;
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { .. })),
        "published secrets"
    );
    event.passphrase = "short".to_owned();
    event.pin = "604215".to_owned();
    assert!(
        matches!(kiosk.provision(&event), Err(KioskError::Setup { ref place, .. }) if place == "passphrase")
    );
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    assert!(matches!(
        kiosk.provision(&Demonstration::event().unwrap()),
        Err(KioskError::AlreadyProvisioned(_))
    ));
    let text = "pin = \"604215\"\npassphrase = nonsense-without-quotes\n";
    let error = crate::EventFile::parse(text, "paris.toml")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("paris.toml, line 2") && !error.contains("nonsense"),
        "{error}"
    );
}

#[test]
fn an_export_never_goes_into_the_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    let session = kiosk.session_with_passphrase(Demonstration::PASSPHRASE).unwrap();
    for inside in ["out", "pictures/../deep/er"] {
        let order = crate::CloseOrder {
            destination: folder.path().join(inside),
            ..order(folder.path())
        };
        assert!(
            matches!(
                kiosk.close_day(&session, &order),
                Err(KioskError::Destination { .. })
            ),
            "{inside}"
        );
    }
}

#[test]
fn leads_sealed_to_a_former_platform_are_sealed_again_for_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let (kiosk, _) = kiosk(folder.path());
    kiosk.provision(&Demonstration::event().unwrap()).unwrap();
    let platforms = [
        vault::seal::Identity::generate(),
        vault::seal::Identity::generate(),
    ];
    let enrolled = |n: usize| protocol::Enrolled {
        kiosk: format!("K0{n}"),
        token: "test".to_owned(),
        leads_recipient: platforms[n].recipient().to_string(),
        publisher_key: Demonstration::publisher_public().unwrap(),
        config_version: 1,
        stop: None,
    };
    kiosk.enrol("https://one.example", &enrolled(0), None).unwrap();
    kiosk.take_lead(&draft()).unwrap();
    assert_eq!(kiosk.enrol("https://two.example", &enrolled(1), None).unwrap(), 1);
    let waiting = sync::Local::waiting(&kiosk, sync::Place(0), 9).unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].envelope.header.revision, 2);
    assert!(vault::seal::open(&waiting[0].envelope.sealed, &platforms[1]).is_ok());
    assert!(vault::seal::open(&waiting[0].envelope.sealed, &platforms[0]).is_err());
}
