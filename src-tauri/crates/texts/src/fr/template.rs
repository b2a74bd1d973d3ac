//! Template of a source in French.

use crate::{ColumnDescriptions, Instructions, TemplateTexts};

pub(crate) static TEMPLATE: TemplateTexts = TemplateTexts {
    instruction_sheet: "LISEZ-MOI",
    instructions: Instructions {
        title: "Catalogue de la borne : mode d’emploi",
        save: "1. Enregistrez ce fichier sous le nom catalogue.xlsx dans un dossier séparé, et les photos dans un sous-dossier nommé photos.",
        sheets: "2. Remplissez les feuilles de gauche à droite : source, subsidiaries (filiales), towns (villes), projects (projets), groups (groupes de produits), units (produits), parcels (contours sur le plan de masse), offers (offres), pictures (photos), partners (comptoirs du stand, facultative), stand (plan du stand, facultative). Les guides sont des fichiers du dossier guides.",
        headers: "3. En-têtes : vert, à remplir ; gris, peut rester vide. Le commentaire de chaque en-tête indique le contenu attendu. Ne changez ni les en-têtes ni les noms des feuilles ; l’ordre des colonnes est libre.",
        example_row: "4. La ligne jaune de chaque feuille est un exemple : remplacez-la. Ses identifiants commencent par EXEMPLE.",
        languages: "5. Les textes existent en huit langues : _fr français, _ar arabe, _zgh amazighe (tifinagh), _en anglais, _es espagnol, _nl néerlandais, _de allemand, _it italien. Seul le français est obligatoire : sans texte, la borne montre la langue la plus proche.",
        ids_and_prices: "6. Un id garde son sens pour toujours : ne le donnez jamais à autre chose. Les prix sont en dirhams, toutes taxes comprises.",
        photos: "7. Photos : JPEG, PNG ou WebP, au moins 1 920 pixels de large, 64 Mio et 50 millions de pixels au plus, pas en CMJN. La photo de position 1 est la couverture ; chaque projet en a une.",
        demonstration: "8. demonstration : yes si tout est inventé, ce que la borne affiche alors sur chaque écran ; no pour un vrai catalogue.",
        check_and_build: "9. Vérifier : expo-kiosk bundle check DOSSIER. Construire : expo-kiosk bundle build DOSSIER --out catalogue.bundle --key publisher.key. Toutes les erreurs sont affichées en une fois, avec fichier, ligne et colonne.",
        this_sheet: "10. Cette feuille n’est pas lue ; vous pouvez la supprimer.",
    },
    required_column: |content| format!("À remplir : {content}."),
    optional_column: |content| format!("Peut rester vide : {content}."),
    unknown_value_title: "Valeur inconnue",
    unknown_value_message: "Choisissez une valeur de la liste.",
    columns: ColumnDescriptions {
        id: "2 à 40 majuscules sans accent, chiffres et traits d’union, par exemple RABAT-01",
        reference: |table| format!("un id de la feuille {table}"),
        references: |table| {
            format!("des id de la feuille {table} séparés par |, chacun une fois ; vide pour tous")
        },
        own_references: |table| {
            format!("des id de la feuille {table} séparés par |, chacun une fois ; vide pour aucun")
        },
        region: "un code de région, de MA-01 à MA-12",
        regions: "un code de région, de MA-01 à MA-12, ou plusieurs séparés par |",
        one_of: |codes| format!("un code parmi {codes}"),
        any_of: |codes| format!("des codes séparés par |, chacun une fois, parmi {codes}"),
        yes_no: "yes (oui) ou no (non)",
        date: "une date, par exemple 2026-11-16",
        month: "un mois, par exemple 2027-09",
        price: "un prix TTC en dirhams, supérieur à 0, avec deux décimales au plus, par exemple 288000 ou 288000,50",
        surface: "une surface en m², supérieure à 0, avec deux décimales au plus, par exemple 88,5",
        coefficient: "un coefficient supérieur à 0, avec deux décimales au plus, par exemple 1,2",
        floor: "un étage de -5 à 100, 0 pour le rez-de-chaussée",
        integer: |min, max| format!("un nombre entier de {min} à {max}"),
        position: "un nombre entier de 1 (la couverture) à 99",
        phone: "un numéro de téléphone avec + et l’indicatif du pays, par exemple +212537000000",
        latitude: "des degrés nord entre 20 et 37, par exemple 34.0209",
        longitude: "des degrés entre -18 et 0, négatifs à l’ouest, par exemple -6.8416",
        countries: "des codes de pays à deux majuscules séparés par |, par exemple FR|BE ; vide pour toutes les étapes",
        unit_number: "le numéro du produit, 40 caractères au plus",
        title_number: "le numéro d’un titre foncier",
        spellings: "d’autres orthographes séparées par |, chacune une fois",
        photo: "le chemin d’un fichier dans photos/, par exemple rabat-01/1-view.jpg",
        outline: "les points du contour séparés par |, chacun avec x et y de 0 à 10000, par exemple 0 0|120 0|120 90|0 90",
        text: |max_chars| format!("un texte de {max_chars} caractères au plus"),
    },
};
