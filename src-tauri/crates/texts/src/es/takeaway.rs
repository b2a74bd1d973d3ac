//! Takeaway in Spanish.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("Mi selección – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("desde {}", FORMATS.amount(price)),
    sold_out: "todo vendido",
    sold: "vendido",
    reserved: "reservado",
    unit: |number| format!("Inmueble {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "listo".to_owned(),
            Delivery::UnderConstruction => "en construcción",
            Delivery::OffPlan => "sobre plano",
        };
        let due = on.map(|day| format!(", entrega {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "todo reservado",
    reference: |id| format!("ref. {id}"),
    total: |range| format!("Total estimado con gastos: {}", FORMATS.range(range)),
    total_with_aid: |range| format!("Si se concede la ayuda, una vez: {}", FORMATS.range(range)),
    papers_missing: "Falta reunir:",
    papers_ready: "Ya listo:",
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Precios orientativos, impuestos incluidos, catálogo del {day}")
    },
};
