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
    /// The language's own mark of direction, and whether that is from right to left.
    direction: (&'static str, bool),
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
    direction: ("\u{200e}", false),
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
    direction: ("\u{200f}", true),
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
    direction: ("\u{200e}", false),
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

    /// What has to stand before a line that begins with a name: nothing, or a mark where the name is of the other
    /// direction, because a telephone lays out a line by its first letter.
    pub fn mark(&self, name: &str) -> &'static str {
        let (mark, is_rtl) = self.direction;
        match name.chars().find(|c| c.is_alphabetic()) {
            Some(first) if is_right_to_left(first) != is_rtl => mark,
            _ => "",
        }
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

/// Of the scripts from Hebrew to Arabic (Unicode's bidirectional classes R and AL, so far as letters are concerned).
fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
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
