//! Words of generated titles, with the same meaning in four languages. Must not know how titles are composed.

use expo_domain::{Lang, ProductType, Texts};

/// One meaning in French, Arabic, Amazigh and English.
pub struct Word {
    pub fr: &'static str,
    pub ar: &'static str,
    pub zgh: &'static str,
    pub en: &'static str,
}

const fn word(fr: &'static str, ar: &'static str, zgh: &'static str, en: &'static str) -> Word {
    Word { fr, ar, zgh, en }
}

/// A text in some languages.
pub fn texts(rows: &[(Lang, &str)]) -> Texts {
    Texts(
        rows.iter()
            .map(|(lang, text)| (*lang, (*text).to_owned()))
            .collect(),
    )
}

/// Names of projects.
pub const NAMES: [Word; 56] = [
    word("Les Jasmins", "الياسمين", "ⵉⵙⵎⵉⵏ", "Jasmine"),
    word("Les Oliviers", "الزيتون", "ⴰⵣⵎⵎⵓⵔ", "Olive Trees"),
    word("Les Arganiers", "الأركان", "ⴰⵔⴳⴰⵏ", "Argan"),
    word("Les Palmiers", "النخيل", "ⵜⵉⴼⵔⵡⵉⵏ", "Palms"),
    word("Les Amandiers", "اللوز", "ⵍⵓⵣ", "Almond Trees"),
    word("Les Orangers", "البرتقال", "ⵍⵉⵎⵓⵏ", "Orange Trees"),
    word("Les Grenadiers", "الرمان", "ⵔⵎⵎⴰⵏ", "Pomegranates"),
    word("Les Figuiers", "التين", "ⵜⴰⵣⴰⵔⵜ", "Fig Trees"),
    word("Les Cèdres", "الأرز", "ⵉⴷⴳⵍ", "Cedars"),
    word("Les Lauriers", "الدفلى", "ⴰⵍⵉⵍⵉ", "Oleanders"),
    word("Les Tamaris", "الطرفاء", "ⵜⴰⵎⵎⴰⵢⵜ", "Tamarisks"),
    word("Les Coquelicots", "شقائق النعمان", "ⵜⵉⴼⵍⵓⵔⵉⵏ", "Poppies"),
    word("Le Safran", "الزعفران", "ⵣⵄⴼⵔⴰⵏ", "Saffron"),
    word("Le Romarin", "إكليل الجبل", "ⴰⵣⵉⵔ", "Rosemary"),
    word("La Menthe", "النعناع", "ⵍⵉⵇⴰⵎⵜ", "Mint"),
    word("La Lavande", "الخزامى", "ⵍⵅⵣⴰⵎⴰ", "Lavender"),
    word("Le Soleil", "الشمس", "ⵜⴰⴼⵓⴽⵜ", "Sun"),
    word("La Lune", "القمر", "ⴰⵢⵢⵓⵔ", "Moon"),
    word("Les Étoiles", "النجوم", "ⵉⵜⵔⴰⵏ", "Stars"),
    word("Le Clair de Lune", "ضوء القمر", "ⵜⵉⵣⵉⵔⵉ", "Moonlight"),
    word("La Lumière", "النور", "ⵜⵉⴼⴰⵡⵜ", "Light"),
    word("L’Aube", "الفجر", "ⵜⴰⴼⵔⴰⵔⵜ", "Dawn"),
    word("Le Printemps", "الربيع", "ⵜⴰⴼⵙⵓⵜ", "Spring"),
    word("L’Été", "الصيف", "ⴰⵏⴱⴷⵓ", "Summer"),
    word("La Montagne", "الجبل", "ⴰⴷⵔⴰⵔ", "Mountain"),
    word("Le Col", "الممر", "ⵜⵉⵣⵉ", "Pass"),
    word("La Rivière", "النهر", "ⴰⵙⵉⴼ", "River"),
    word("La Source", "العين", "ⴰⵖⴱⴰⵍⵓ", "Spring Water"),
    word("La Fontaine", "النافورة", "ⵜⴰⵍⴰ", "Fountain"),
    word("La Mer", "البحر", "ⵉⵍⴻⵍ", "Sea"),
    word("Les Embruns", "رذاذ البحر", "ⴰⴱⵔⴽⴰ", "Sea Spray"),
    word("Le Rivage", "الشاطئ", "ⴰⴼⵜⴰⵙ", "Shore"),
    word("Les Dunes", "الكثبان", "ⵜⵉⵊⴷⵉⵜ", "Dunes"),
    word("L’Oasis", "الواحة", "ⵜⵉⵡⵔⵉ", "Oasis"),
    word("La Forêt", "الغابة", "ⵜⴰⴳⴰⵏⵜ", "Forest"),
    word("La Prairie", "المرج", "ⴰⴳⴷⴰⵍ", "Meadow"),
    word("Le Verger", "البستان", "ⵓⵔⵜⵉ", "Orchard"),
    word("Les Champs", "الحقول", "ⵉⴳⵔⴰⵏ", "Fields"),
    word("La Paix", "السلام", "ⵜⴰⵍⵡⵉⵜ", "Peace"),
    word("La Vie", "الحياة", "ⵜⵓⴷⵔⵜ", "Life"),
    word("L’Avenir", "المستقبل", "ⵉⵎⴰⵍ", "Future"),
    word("L’Espoir", "الأمل", "ⴰⵙⵉⵔⵎ", "Hope"),
    word("L’Amitié", "الصداقة", "ⵜⴰⴷⴷⵓⴽⵍⴰ", "Friendship"),
    word("L’Unité", "الوحدة", "ⵜⴰⵎⵓⵏⵜ", "Unity"),
    word("Le Retour", "العودة", "ⴰⵖⵓⵍ", "Homecoming"),
    word("Les Remparts", "الأسوار", "ⵉⴳⵓⴷⴰⵔ", "Ramparts"),
    word("La Kasbah", "القصبة", "ⵜⵉⵖⵔⵎⵜ", "Kasbah"),
    word("Le Phare", "المنارة", "ⴰⵙⴼⴰⵡ", "Lighthouse"),
    word("Les Cigognes", "اللقالق", "ⵉⴱⵔⵔⵓⵊⵏ", "Storks"),
    word("Les Hirondelles", "السنونو", "ⵜⵉⴼⵍⵍⵍⵙⵜ", "Swallows"),
    word("Les Gazelles", "الغزلان", "ⵉⵣⵏⴽⴰⴹ", "Gazelles"),
    word("Le Faucon", "الصقر", "ⴼⴰⵍⴽⵓ", "Falcon"),
    word("Al Andalous", "الأندلس", "ⵍⴰⵏⴷⴰⵍⵓⵙ", "Andalus"),
    word("Riad Salam", "رياض السلام", "ⵔⵔⵢⴰⴹ ⵙⵙⴰⵍⴰⵎ", "Riad Salam"),
    word("Dar Essalam", "دار السلام", "ⴷⴰⵔ ⵙⵙⴰⵍⴰⵎ", "Dar Essalam"),
    word("Essaada", "السعادة", "ⵙⵙⴰⵄⴰⴷⴰ", "Essaada"),
];

/// Additions to the name: a quality or a place. They multiply the number of different titles.
pub const QUALITIES: [Word; 28] = [
    word("", "", "", ""),
    word("de l’Atlas", "الأطلس", "ⵏ ⵡⴰⵟⵍⴰⵙ", "of the Atlas"),
    word("du Rif", "الريف", "ⵏ ⵔⵔⵉⴼ", "of the Rif"),
    word("du Souss", "سوس", "ⵏ ⵙⵓⵙ", "of the Souss"),
    word("du Gharb", "الغرب", "ⵏ ⵍⵖⵔⴱ", "of the Gharb"),
    word("de la Chaouia", "الشاوية", "ⵏ ⵜⴰⵎⵙⵏⴰ", "of the Chaouia"),
    word("du Haouz", "الحوز", "ⵏ ⵍⵃⴰⵡⵣ", "of the Haouz"),
    word("de la Moulouya", "ملوية", "ⵏ ⵎⵍⵡⵉⵢⵜ", "of the Moulouya"),
    word("du Sebou", "سبو", "ⵏ ⵙⴱⵓ", "of the Sebou"),
    word("du Bouregreg", "أبي رقراق", "ⵏ ⴱⵓⵔⴳⵔⴳ", "of the Bouregreg"),
    word("de l’Océan", "المحيط", "ⵏ ⵓⴳⴰⵔⴰⵡ", "by the Ocean"),
    word("de la Corniche", "الكورنيش", "ⵏ ⵍⴽⵓⵔⵏⵉⵛ", "on the Corniche"),
    word("du Nord", "الشمال", "ⵏ ⵓⴳⴰⴼⴰ", "North"),
    word("du Sud", "الجنوب", "ⵏ ⵡⴰⴷⴷⴰⵢ", "South"),
    word("du Plateau", "الهضبة", "ⵏ ⵓⵙⵓⵏ", "on the Plateau"),
    word("de la Vallée", "الوادي", "ⵏ ⵜⴰⵖⵣⵓⵜ", "in the Valley"),
    word("de la Colline", "التل", "ⵏ ⵜⴰⵡⵔⵉⵔⵜ", "on the Hill"),
    word("du Lac", "البحيرة", "ⵏ ⵓⵎⴷⴰ", "by the Lake"),
    word("de la Médina", "المدينة", "ⵏ ⵜⵎⴷⵉⵏⵜ", "of the Medina"),
    word("de la Gare", "المحطة", "ⵏ ⵜⵙⴰⵔⵉⵔⵜ", "by the Station"),
    word("du Centre", "المركز", "ⵏ ⵡⴰⵎⵎⴰⵙ", "Centre"),
    word("Premium", "الممتاز", "ⵉⵖⵓⴷⴰⵏ", "Premium"),
    word("Nouveau", "الجديد", "ⴰⵎⴰⵢⵏⵓ", "New"),
    word("du Belvédère", "المطل", "ⵏ ⵓⵙⵎⵓⵇⵍ", "Belvedere"),
    word("des Potiers", "الخزافين", "ⵏ ⵉⴷⵇⵇⴰⵇⵏ", "of the Potters"),
    word("des Tisserands", "النساجين", "ⵏ ⵉⵥⴹⵡⵉⵢⵏ", "of the Weavers"),
    word("des Navigateurs", "البحارة", "ⵏ ⵉⵎⵔⵔⴰⴽⵏ", "of the Navigators"),
    word("des Caravanes", "القوافل", "ⵏ ⵜⴽⴰⵔⴰⵡⴰⵏⵉⵏ", "of the Caravans"),
];

/// First word of a title, by product type.
pub const fn heading(product_type: ProductType) -> Word {
    match product_type {
        ProductType::Apartment => word("Résidence", "إقامة", "ⵜⴰⵣⴷⴷⵓⵖⵜ", "Residence"),
        ProductType::House => word("Maisons", "منازل", "ⵜⵉⴳⵓⵎⵎⴰ", "Houses"),
        ProductType::Villa => word("Villas", "فيلات", "ⵜⵉⴼⵉⵍⵍⴰⵜⵉⵏ", "Villas"),
        ProductType::SemiFinishedVilla => {
            word("Villas à finir", "فيلات نصف منجزة", "ⵜⵉⴼⵉⵍⵍⴰⵜⵉⵏ", "Shell Villas")
        }
        ProductType::ResidentialPlot => word("Lotissement", "تجزئة", "ⴰⴱⵟⵟⵓ", "Plots"),
        ProductType::CraftPlot => word(
            "Quartier artisanal",
            "حي الصناعة التقليدية",
            "ⵜⴰⵙⴳⴰ ⵏ ⵜⵡⵓⵔⵉⵡⵉⵏ",
            "Craft Quarter",
        ),
        ProductType::IndustrialPlot => word(
            "Parc industriel",
            "منطقة صناعية",
            "ⵜⴰⵙⴳⴰ ⵜⴰⵎⴳⵓⵔⴰⵏⵜ",
            "Industrial Park",
        ),
        ProductType::CommercialPlot => {
            word("Pôle commercial", "قطب تجاري", "ⴰⵎⵎⴰⵙ ⵏ ⵜⵙⴱⴱⴰⴱⵜ", "Business Hub")
        }
        ProductType::Shop => word("Galerie", "قيسارية", "ⵜⴰⵃⴰⵏⵓⵜ", "Arcade"),
        ProductType::Block => word("Îlots", "جزيرات", "ⵉⴳⵣⴷⵉⵙⵏ", "Blocks"),
    }
}
