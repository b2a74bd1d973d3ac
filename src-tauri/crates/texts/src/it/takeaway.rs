//! Takeaway in Italian.

use super::FORMATS;
use crate::TakeawayTexts;
use expo_domain::Delivery;

pub(super) const TEXTS: TakeawayTexts = TakeawayTexts {
    heading: |today| format!("La mia selezione – {}", FORMATS.date(today)),
    comma: ", ",
    from: |price| format!("da {}", FORMATS.amount(price)),
    sold_out: "tutto venduto",
    sold: "venduto",
    reserved: "prenotato",
    unit: |number| format!("Immobile {number}"),
    delivery: |delivery, on| {
        let state = match delivery {
            Delivery::Delivered => return "pronto".to_owned(),
            Delivery::UnderConstruction => "in costruzione",
            Delivery::OffPlan => "sulla carta",
        };
        let due = on.map(|day| format!(", consegna {}", day.strftime("%m/%Y")));
        format!("{state}{}", due.unwrap_or_default())
    },
    all_reserved: "tutto prenotato",
    reference: |id| format!("rif. {id}"),
    total: |range| format!("Totale stimato con le spese: {}", FORMATS.range(range)),
    total_with_aid: |range| format!("Se l’aiuto è concesso, una volta: {}", FORMATS.range(range)),
    papers_missing: "Ancora da preparare:",
    papers_ready: "Già pronto:",
    phone: |number| format!("Tel. {number}"),
    price_terms: |published_on| {
        let day = FORMATS.date(published_on);
        format!("Prezzi indicativi tasse incluse, catalogo del {day}")
    },
};
