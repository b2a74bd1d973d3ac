//! Notes on USB sticks in English.

use crate::{RefusalReasons, UsbTexts};

pub(crate) const TEXTS: UsbTexts = UsbTexts {
    catalogue_refused: "The kiosk did not install this catalogue; the previous one stays in use.",
    reasons: RefusalReasons {
        not_a_bundle: "This file is not a catalogue: copy the file that headquarters prepared.",
        wrong_key: "It is signed with a key that the kiosk does not know: ask headquarters for a file signed with the right key.",
        newer_format: "It is made for a newer program: update the kiosk first.",
        older_version: "The kiosk already shows this version or a newer one: nothing needs to be done.",
        future_version: "The number of this catalogue is in the future: ask headquarters to build the file again.",
        storage_full: "The kiosk's disk is full: free some space, then try again.",
        damaged: "The file is damaged or incomplete: copy it again; if it is refused again, ask headquarters to build it again.",
        other: "The kiosk could not install it: ask headquarters and give the code above.",
    },
};
