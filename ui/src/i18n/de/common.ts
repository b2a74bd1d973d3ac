import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { de as plural } from "../plural";

const { amount, date, number } = formatsIn("de");

const projects = (n: number) => plural(n, { one: `${number(n)} Projekt`, other: `${number(n)} Projekte` });

export const common: typeof Reference = {
	close: "Schließen",
	back: "Zurück",
	home: "Start",
	explore: "Projekte",
	selection: "Meine Auswahl",
	language: "Sprache",
	comfort: "Anzeige",
	callMe: "Rückruf bitte",
	demonstration: "Demonstration: erfundene Daten",
	projects,
	retry: "Erneut versuchen",
	attract: {
		touch: "Zum Starten den Bildschirm berühren",
	},
	hero: {
		title: "Ihr Zuhause in Marokko",
		facts: (n, day) => `${projects(n)}, Preise inkl. aller Steuern, Stand ${date(day)}`,
		noCatalogue:
			"Der Katalog kommt bald. Hinterlassen Sie Ihre Kontaktdaten, dann stellt Ihnen jemand aus der Beratung die Projekte vor.",
		action: "Projekte ansehen",
	},
	tiles: {
		town: "In meiner Stadt",
		townText: "Geben Sie Ihre Stadt oder die Ihrer Eltern ein",
		aid: "Direkte Wohnbeihilfe",
		aidText: (upTo) => `Der Staat kann Ihnen mit bis zu ${amount(upTo)} helfen`,
		land: "Grundstücke und Läden",
		landText: "Ein Haus bauen, einen Laden eröffnen, ein Gewerbe ansiedeln",
		callMe: "Rückruf bitte",
		callMeText: "Kontaktdaten hinterlassen: Sie erhalten Antwort per Telefon, WhatsApp oder E-Mail",
	},
	offerProjects: "Projekte mit Angeboten ansehen",
	offersNow: "Aktuelle Angebote",
	until: (day) => `bis ${date(day)}`,
	languageSheet: {
		title: "Wählen Sie Ihre Sprache",
		kept: "Nichts, was Sie gewählt oder geschrieben haben, geht verloren.",
	},
	comfortSheet: {
		title: "Anzeige",
		text: "Schriftgröße",
		normal: "Normal",
		large: "Groß",
		larger: "Sehr groß",
		contrast: "Hoher Kontrast",
		contrastText: "Schwarz auf Weiß, deutliche Ränder",
		lowered: "Tasten weiter unten",
		loweredText: "Alles rückt in Reichweite einer sitzenden Person",
		calm: "Weniger Bewegung",
		calmText: "Bilder wechseln ohne Bewegung",
	},
	idle: {
		title: "Sind Sie noch da?",
		text: (seconds) =>
			plural(seconds, {
				one: `Ihre Antworten und Ihre Auswahl werden in ${seconds} Sekunde gelöscht.`,
				other: `Ihre Antworten und Ihre Auswahl werden in ${seconds} Sekunden gelöscht.`,
			}),
		here: "Ich bin noch da",
		end: "Ich bin fertig",
	},
	failure: {
		title: "Einen Moment bitte",
		text: "Dieser Bildschirm ist stehen geblieben. Berühren Sie die Taste, um neu zu beginnen.",
		action: "Neu beginnen",
	},
	endVisit: {
		short: "Beenden",
		title: "Meinen Besuch beenden?",
		text: "Ihre Auswahl, Ihre Suche und Ihre Antworten werden von diesem Kiosk gelöscht.",
		confirm: "Alles löschen und beenden",
		stay: "Weitermachen",
	},
	errorState: {
		title: "Einen Moment bitte",
		text: "Diese Seite kann nicht angezeigt werden. Berühren Sie „Erneut versuchen“ oder fragen Sie das Standteam.",
		notFound: "Dieses Projekt ist nicht mehr im Katalog",
		notFoundText: "Der Katalog wurde gerade aktualisiert. Andere Projekte warten auf Sie.",
		noCatalogue: "Der Katalog ist noch nicht da",
		noCatalogueText:
			"Hinterlassen Sie Ihre Kontaktdaten: Die Beratung stellt Ihnen die Projekte vor, die Sie interessieren.",
	},
};
