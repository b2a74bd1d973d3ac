//! Notes on USB sticks in French.

use crate::{RefusalReasons, UsbTexts};

pub(super) const TEXTS: UsbTexts = UsbTexts {
    catalogue_refused: "Ce catalogue n'a pas été pris par la borne ; celui qu'elle montrait reste en place.",
    reasons: RefusalReasons {
        not_a_bundle: "Ce fichier n'est pas un catalogue : copiez le fichier préparé par le siège.",
        wrong_key: "Il est signé avec une autre clé que celle que connaît la borne : demandez au siège un fichier signé avec la bonne clé.",
        newer_format: "Il est fait pour un programme plus récent : mettez d'abord la borne à jour.",
        older_version: "La borne montre déjà cette version ou une plus récente : il n'y a rien à faire.",
        future_version: "Le numéro de ce catalogue est dans le futur : demandez au siège de refaire le fichier.",
        storage_full: "Le disque de la borne est plein : libérez de la place, puis recommencez.",
        damaged: "Le fichier est abîmé ou incomplet : copiez-le de nouveau ; s'il est encore refusé, faites-le refaire par le siège.",
        other: "La borne n'a pas pu le prendre : voyez avec le siège, en donnant le code ci-dessus.",
    },
};
