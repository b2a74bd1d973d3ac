//! A contact as vCard 3.0 (RFC 2426), which phones offer to save when they scan it. Must not know: shortlists, QR
//! codes.

use crate::visitor::text_value::escape;

/// Whom the visitor can reach after the visit.
pub(in crate::visitor) struct Contact<'a> {
    pub name: &'a str,
    /// E.164.
    pub phone: Option<&'a str>,
    pub site: Option<&'a str>,
}

/// The contact with a text in its notes. Lines are not folded: readers of QR codes do not expect it.
pub(in crate::visitor) fn write(contact: &Contact, note: &str) -> String {
    let name = escape(contact.name);
    let lines = [
        Some("BEGIN:VCARD".to_owned()),
        Some("VERSION:3.0".to_owned()),
        Some(format!("N:{name};;;;")),
        Some(format!("FN:{name}")),
        contact.phone.map(|phone| format!("TEL:{phone}")),
        contact.site.map(|site| format!("URL:{site}")),
        Some(format!("NOTE:{}", escape(note))),
        Some("END:VCARD".to_owned()),
    ];
    lines.into_iter().flatten().collect::<Vec<_>>().join("\r\n")
}
