//! The words of an export in French, Arabic and English.

use domain::Lang;
use domain::lead::{Channel, Desk, Purpose};

/// Number of columns.
pub(crate) const COLUMNS: usize = 24;

/// Everything that is worded.
pub(crate) struct Words {
    /// Titles of the columns, in their order.
    pub headers: [&'static str; COLUMNS],
    pub yes: &'static str,
    pub no: &'static str,
    /// Names of the two sheets.
    pub leads: &'static str,
    pub summary: &'static str,
    /// Lines of the summary.
    pub total: &'static str,
    pub first: &'static str,
    pub last: &'static str,
    pub none: &'static str,
    channels: [&'static str; 3],
    purposes: [&'static str; 6],
    desks: [&'static str; 4],
}

impl Words {
    pub(crate) fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Ar => &ARABIC,
            Lang::En => &ENGLISH,
            _ => &FRENCH,
        }
    }

    pub(crate) const fn channel(&self, channel: Channel) -> &'static str {
        match channel {
            Channel::Call => self.channels[0],
            Channel::Whatsapp => self.channels[1],
            Channel::Email => self.channels[2],
        }
    }

    pub(crate) const fn purpose(&self, purpose: Purpose) -> &'static str {
        match purpose {
            Purpose::Live => self.purposes[0],
            Purpose::Invest => self.purposes[1],
            Purpose::Family => self.purposes[2],
            Purpose::Plot => self.purposes[3],
            Purpose::Business => self.purposes[4],
            Purpose::Other => self.purposes[5],
        }
    }

    pub(crate) const fn desk(&self, desk: Desk) -> &'static str {
        match desk {
            Desk::Advisor => self.desks[0],
            Desk::Bank => self.desks[1],
            Desk::Notary => self.desks[2],
            Desk::Ministry => self.desks[3],
        }
    }
}

static FRENCH: Words = Words {
    headers: [
        "Ticket",
        "Pris le (heure locale)",
        "Pris le (UTC)",
        "Étape",
        "Borne",
        "Langue",
        "Nom",
        "Téléphone",
        "E-mail",
        "Pays",
        "Ville",
        "À joindre par",
        "Objet",
        "Guichet",
        "Budget (DH)",
        "Projets",
        "Accord : appel",
        "Accord : WhatsApp/SMS",
        "Accord : e-mail",
        "Accord : banque",
        "Remarque",
        "Version de la notice",
        "Identifiant",
        "Révision",
    ],
    yes: "oui",
    no: "non",
    leads: "Contacts",
    summary: "Résumé",
    total: "Contacts",
    first: "Premier contact",
    last: "Dernier contact",
    none: "(non précisé)",
    channels: ["Téléphone", "WhatsApp/SMS", "E-mail"],
    purposes: ["Habiter", "Investir", "Famille", "Terrain", "Activité", "Autre"],
    desks: ["Conseiller", "Banque", "Notaire", "Ministère"],
};

static ENGLISH: Words = Words {
    headers: [
        "Ticket",
        "Taken at (local time)",
        "Taken at (UTC)",
        "Stop",
        "Kiosk",
        "Language",
        "Name",
        "Telephone",
        "E-mail",
        "Country",
        "City",
        "Reach by",
        "Purpose",
        "Desk",
        "Budget (MAD)",
        "Projects",
        "Consent: call",
        "Consent: WhatsApp/SMS",
        "Consent: e-mail",
        "Consent: bank",
        "Note",
        "Version of the notice",
        "Identifier",
        "Revision",
    ],
    yes: "yes",
    no: "no",
    leads: "Leads",
    summary: "Summary",
    total: "Leads",
    first: "First lead",
    last: "Last lead",
    none: "(not given)",
    channels: ["Telephone", "WhatsApp/SMS", "E-mail"],
    purposes: ["To live in", "Investment", "Family", "Plot", "Business", "Other"],
    desks: ["Adviser", "Bank", "Notary", "Ministry"],
};

static ARABIC: Words = Words {
    headers: [
        "التذكرة",
        "وقت التسجيل (بالتوقيت المحلي)",
        "وقت التسجيل (UTC)",
        "المحطة",
        "الجهاز",
        "اللغة",
        "الاسم",
        "الهاتف",
        "البريد الإلكتروني",
        "البلد",
        "المدينة",
        "وسيلة الاتصال",
        "الغرض",
        "الشباك",
        "الميزانية (درهم)",
        "المشاريع",
        "الموافقة على الاتصال الهاتفي",
        "الموافقة على واتساب أو الرسائل القصيرة",
        "الموافقة على البريد الإلكتروني",
        "الموافقة على الإحالة إلى بنك",
        "ملاحظة",
        "نسخة الإشعار",
        "المعرف",
        "المراجعة",
    ],
    yes: "نعم",
    no: "لا",
    leads: "جهات الاتصال",
    summary: "ملخص",
    total: "جهات الاتصال",
    first: "أول جهة اتصال",
    last: "آخر جهة اتصال",
    none: "(غير محدد)",
    channels: ["الهاتف", "واتساب/رسالة قصيرة", "البريد الإلكتروني"],
    purposes: [
        "السكن",
        "الاستثمار",
        "العائلة",
        "بقعة أرضية",
        "نشاط مهني",
        "غير ذلك",
    ],
    desks: ["مستشار", "البنك", "الموثق", "الوزارة"],
};
