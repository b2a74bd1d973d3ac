import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { de as plural } from "../plural";

const { date, number } = formatsIn("de");

export const guides: typeof Reference = {
	title: "Ratgeber und Schalter",
	lead: "Die Schritte eines Kaufs in einfachen Worten, und wer Ihnen an diesem Stand antwortet.",
	demonstration: "Texte zur Demonstration",
	door: "Ratgeber und Schalter",
	doorText: "Die Schritte, die Unterlagen und wer Ihnen am Stand antwortet",
	doorPartners: "Die Schalter",
	doorPartnersText: "Bank, Notariat, Ministerium: wer Ihnen am Stand antwortet",
	count: (n) => plural(n, { one: `${number(n)} Ratgeber`, other: `${number(n)} Ratgeber` }),
	situations: {
		buying: "Vom ersten Besuch bis zu den Schlüsseln",
		off_plan: "Vom Plan kaufen",
		building: "Grundstück kaufen und bauen",
		from_abroad: "Aus dem Ausland kaufen",
		financing: "Finanzierung",
		safety: "Sicher kaufen",
		afterwards: "Nach dem Kauf",
	},
	partners: "An diesem Stand",
	version: "Fassung des Ratgebers",
	short: "Kurz gesagt",
	detailed: "Ausführlich",
	papers: "Unterlagen, die Sie brauchen",
	papersHint: "Haken Sie ab, was Sie schon haben. Ihre Haken werden am Ende Ihres Besuchs gelöscht.",
	ready: (n, of) => `${number(n)} von ${number(of)}`,
	take: "Diesen Ratgeber mitnehmen",
	takePapers: "Die Liste mitnehmen",
	notice: "Bitte beachten",
	checked: (day) => `Geprüft am ${date(day)}`,
	indicative: "Nur zur Information: Notariat und Behörden entscheiden.",
	answers: "Wer Ihnen hier antwortet",
	desk: "Wo",
	hours: "Öffnungszeiten",
	standHours: "Während der Öffnungszeiten des Standes",
	languages: "Gesprochene Sprachen",
	topics: "Themen",
	callBack: "Rückruf von diesem Schalter",
	see: "Diesen Schalter ansehen",
	guidesOf: "Ratgeber zu diesen Themen",
	note: (name) => `Gewünschter Schalter: ${name}`,
	gone: "Dieser Ratgeber ist nicht mehr im Katalog",
	goneText: "Der Katalog wurde gerade aktualisiert.",
	all: "Alle Ratgeber",
	open: "Ratgeber lesen",
	forThisUnit: "Ratgeber zu diesem Objekt",
	takeaway: {
		title: "Den Ratgeber mitnehmen",
		says: "Was der Code sagt",
		code: "QR-Code des Ratgebers: Sein Text steht daneben.",
		leftOut: (n) =>
			plural(n, {
				one: "Eine Zeile passt nicht in den Code: Fotografieren Sie die ganze Liste auf der Seite des Ratgebers.",
				other: `${number(n)} Zeilen passen nicht in den Code: Fotografieren Sie die ganze Liste auf der Seite des Ratgebers.`,
			}),
		steps: [
			"Öffnen Sie die Kamera Ihres Telefons.",
			"Richten Sie sie auf den Code, ohne ihn zu berühren: Das Telefon schlägt einen Kontakt vor.",
			"Speichern Sie ihn: Die Liste steht in den Notizen und ist ohne Internet lesbar.",
		],
	},
};
