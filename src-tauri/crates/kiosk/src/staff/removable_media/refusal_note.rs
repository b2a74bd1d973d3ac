//! The note beside a bundle that was refused: French, Arabic and English, one after the other, for any text program.

/// The text of the note. It begins with the mark by which Windows' programs know UTF-8, and ends lines their way.
pub(super) fn refusal(file: &str, code: &str, at: &str) -> String {
    let reason = reason(code);
    let lines = [
        format!("\u{feff}{file}"),
        format!("{at}  ·  {code}"),
        String::new(),
        "Ce catalogue n'a pas été pris par la borne ; celui qu'elle montrait reste en place.".to_owned(),
        reason.fr.to_owned(),
        String::new(),
        "لم يقبل الجهاز هذا الكتالوج، وبقي الكتالوج المعروض كما هو.".to_owned(),
        reason.ar.to_owned(),
        String::new(),
        "The kiosk did not take this catalogue; the one it showed stays in place.".to_owned(),
        reason.en.to_owned(),
        String::new(),
    ];
    lines.join("\r\n")
}

struct Reason {
    fr: &'static str,
    ar: &'static str,
    en: &'static str,
}

fn reason(code: &str) -> Reason {
    match code {
        "not_a_bundle" => Reason {
            fr: "Ce fichier n'est pas un catalogue : copiez le fichier préparé par le siège.",
            ar: "هذا الملف ليس كتالوجا: انسخوا الملف الذي أعده المقر.",
            en: "This file is not a catalogue: copy the file that headquarters prepared.",
        },
        "wrong_key" => Reason {
            fr: "Il est signé avec une autre clé que celle que connaît la borne : demandez au siège un fichier signé avec la bonne clé.",
            ar: "الملف موقع بمفتاح غير الذي يعرفه الجهاز: اطلبوا من المقر ملفا موقعا بالمفتاح الصحيح.",
            en: "It is signed with another key than the kiosk knows: ask headquarters for a file signed with the right key.",
        },
        "newer_format" => Reason {
            fr: "Il est fait pour un programme plus récent : mettez d'abord la borne à jour.",
            ar: "الملف معد لبرنامج أحدث: حدثوا برنامج الجهاز أولا.",
            en: "It is made for a newer program: update the kiosk first.",
        },
        "older_version" => Reason {
            fr: "La borne montre déjà cette version ou une plus récente : il n'y a rien à faire.",
            ar: "يعرض الجهاز هذا الإصدار أو إصدارا أحدث منه: لا حاجة إلى أي إجراء.",
            en: "The kiosk shows this version or a newer one already: nothing needs to be done.",
        },
        "storage_full" => Reason {
            fr: "Le disque de la borne est plein : libérez de la place, puis recommencez.",
            ar: "قرص الجهاز ممتلئ: أفرغوا بعض المساحة ثم أعيدوا المحاولة.",
            en: "The kiosk's disk is full: free some space, then try again.",
        },
        "wrong_signature" | "damaged" | "missing_picture" | "unreadable" => Reason {
            fr: "Le fichier est abîmé ou incomplet : copiez-le de nouveau ; s'il est encore refusé, faites-le refaire par le siège.",
            ar: "الملف تالف أو غير مكتمل: انسخوه من جديد، وإن رفض مرة أخرى فاطلبوا من المقر إعادة إعداده.",
            en: "The file is damaged or incomplete: copy it again; if it is refused again, have headquarters make it anew.",
        },
        _ => Reason {
            fr: "La borne n'a pas pu le prendre : voyez avec le siège, en donnant le code ci-dessus.",
            ar: "تعذر على الجهاز أخذه: تواصلوا مع المقر واذكروا الرمز أعلاه.",
            en: "The kiosk could not take it: ask headquarters and give the code above.",
        },
    }
}
