//! The words of what is taken away, in the languages the windows speak; a language without them reads those of its
//! fallback chain. Must not know how they are put together.

use domain::{Lang, Money};
use jiff::civil::Date;

/// Between the figures of a number: does not break, and keeps a number in order among Arabic words, where a plain
/// space would turn its groups around.
const GROUP: char = '\u{a0}';

pub(super) struct Words {
    /// Above the list.
    pub heading: &'static str,
    /// Between the parts of a line.
    pub comma: &'static str,
    pub from: &'static str,
    pub currency: &'static str,
    pub sold_out: &'static str,
    pub sold: &'static str,
    pub reserved: &'static str,
    pub unit: &'static str,
    pub square_metres: &'static str,
    pub phone: &'static str,
    /// What the prices are, before and after the day of the catalogue.
    pub prices: &'static str,
    pub catalogue_of: &'static str,
    decimal: char,
    day: &'static str,
    /// Before what is written from left to right whatever stands before it: without it the sign of a telephone
    /// number would go to its wrong end among Arabic words.
    pub ltr: &'static str,
}

const FR: Words = Words {
    heading: "Ma sélection",
    comma: ", ",
    from: "dès ",
    currency: "DH",
    sold_out: "tout est vendu",
    sold: "vendu",
    reserved: "réservé",
    unit: "Unité ",
    square_metres: "m²",
    phone: "Tél. ",
    prices: "Prix TTC à titre indicatif",
    catalogue_of: "catalogue du ",
    decimal: ',',
    day: "%d/%m/%Y",
    ltr: "",
};

const AR: Words = Words {
    heading: "اختياراتي",
    // A right-to-left mark keeps a Latin number and the figures behind the comma from reading as one.
    comma: "،\u{200f} ",
    from: "ابتداء من ",
    currency: "درهم",
    sold_out: "بيعت كل الوحدات",
    sold: "مبيعة",
    reserved: "محجوزة",
    unit: "الوحدة ",
    square_metres: "م²",
    phone: "الهاتف ",
    prices: "أثمنة إرشادية شاملة للرسوم",
    catalogue_of: "قائمة ",
    decimal: ',',
    day: "%d/%m/%Y",
    ltr: "\u{200e}",
};

const EN: Words = Words {
    heading: "My selection",
    comma: ", ",
    from: "from ",
    currency: "MAD",
    sold_out: "all sold",
    sold: "sold",
    reserved: "reserved",
    unit: "Unit ",
    square_metres: "m²",
    phone: "Tel. ",
    prices: "Indicative prices with tax",
    catalogue_of: "catalogue of ",
    decimal: '.',
    day: "%-d %b %Y",
    ltr: "",
};

impl Words {
    pub fn of(lang: Lang) -> &'static Self {
        let written = |lang: &Lang| match lang {
            Lang::Fr => Some(&FR),
            Lang::Ar => Some(&AR),
            Lang::En => Some(&EN),
            _ => None,
        };
        lang.fallback().iter().find_map(written).unwrap_or(&FR)
    }

    pub fn date(&self, day: Date) -> String {
        day.strftime(self.day).to_string()
    }

    /// `1 250 000 DH`; centimes only when there are some.
    pub fn amount(&self, price: Money) -> String {
        let centimes = price.0.rem_euclid(100);
        let mut figure = grouped(price.0.div_euclid(100));
        if centimes > 0 {
            figure = format!("{figure}{}{centimes:02}", self.decimal);
        }
        format!("{figure}{GROUP}{}", self.currency)
    }

    /// `85,5 m²`, from square decimetres, rounded to a tenth.
    pub fn surface(&self, dm2: i64) -> String {
        let tenths = (dm2 + 5) / 10;
        let mut figure = grouped(tenths / 10);
        if tenths % 10 > 0 {
            figure = format!("{figure}{}{}", self.decimal, tenths % 10);
        }
        format!("{figure}{GROUP}{}", self.square_metres)
    }
}

fn grouped(whole: i64) -> String {
    let digits = whole.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(GROUP);
        }
        out.push(digit);
    }
    out
}
