import { formatsIn, isolated } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { de as plural } from "../plural";

const { amount, number } = formatsIn("de");

export const shortlist: typeof Reference = {
	title: "Meine Auswahl",
	kept: (n) => plural(n, { one: `${number(n)} Objekt gemerkt`, other: `${number(n)} Objekte gemerkt` }),
	sum: (centimes, exact) => (exact ? `Zusammen: ${amount(centimes)}` : `Zusammen: ab ${amount(centimes)}`),
	range: (low, high) => (low === high ? amount(high) : `${amount(low)} bis ${amount(high)}`),
	toPlan: (n) =>
		plural(n, {
			one: "Gesamtbetrag für das gemerkte Objekt, mit Kosten",
			other: `Gesamtbetrag für die ${number(n)} gemerkten Objekte, mit Kosten`,
		}),
	toPlanWithAid: "Falls die Förderung einmal bewilligt wird",
	toPlanNote: "Nur zur Orientierung. Die Förderung wird pro Person nur einmal bewilligt.",
	memory: "Wird nur während Ihres Besuchs aufbewahrt und dann gelöscht.",
	emptyTitle: "Noch nichts gemerkt",
	emptyText:
		"Berühren Sie „Merken“ bei einem Projekt oder Objekt. Danach können Sie vergleichen, alles auf Ihr Telefon übertragen oder um einen Rückruf bitten.",
	gone: "Nicht mehr im Katalog",
	remove: "Entfernen",
	removeThis: (title) => `${isolated(title)} aus meiner Auswahl entfernen`,
	removed: (title) => `${isolated(title)} wurde entfernt.`,
	undo: "Rückgängig",
	pick: "Ankreuzen",
	picked: "Angekreuzt",
	pickThis: (title) => `${isolated(title)} zum Vergleichen oder Übertragen ankreuzen`,
	pickHint: "Kreuzen Sie 2 oder 3 Objekte an und berühren Sie „Vergleichen“ oder „Auf mein Telefon“.",
	pickCount: (n, of) => `${n} von ${of}`,
	compare: "Vergleichen",
	compareMore: "Merken Sie sich ein zweites Objekt, um zu vergleichen.",
	take: "Auf mein Telefon",
	callAbout: "Rückruf zu diesen Projekten",
	fullTitle: "Ihre Auswahl ist voll",
	fullText: (n) => `Sie haben schon ${n} Objekte gemerkt. Entfernen Sie eines, um ein anderes zu merken.`,
	see: "Meine Auswahl ansehen",
	compared: {
		title: "Vergleichen",
		caption: "Ihre Objekte nebeneinander",
		onlyDifferences: "Nur Unterschiede",
		differs: "verschieden",
		nothingDiffers: "Sie sind in unserem Katalog gleich.",
		alone: "Kreuzen Sie zwei an, um zu vergleichen.",
		another: "Ein anderes wählen",
		notSaid: "nicht angegeben",
		removeThis: (title) => `${isolated(title)} aus dem Vergleich entfernen`,
		callMe: "Rückruf bitte",
		callAboutThis: (title) => `Rückruf zu ${isolated(title)}`,
		toPlan: "Gesamtbetrag ohne Förderung, mit Kosten",
		toPlanWithAid: "Gesamtbetrag mit bewilligter Förderung",
		availability: "Verfügbarkeit",
		pricePerSquareMetre: "Preis pro m²",
		type: "Art des Objekts",
		place: "Ort",
		buildingPermit: "Baugenehmigung",
		habitationPermit: "Bezugsfreigabe",
		aid: "Daam Sakane, unverbindlich",
		offer: "Angebot",
		noOffer: "Keines",
		features: "Vor Ort und in der Nähe",
		seller: "Angeboten von",
	},
	takeaway: {
		title: "Auf Ihrem Telefon",
		steps: [
			"Öffnen Sie die Kamera Ihres Telefons.",
			"Richten Sie sie auf den Code, ohne ihn zu berühren: Das Telefon schlägt einen Kontakt vor.",
			"Speichern Sie ihn: Ihre Auswahl steht in den Notizen und ist ohne Internet lesbar.",
		],
		photo: "Es erscheint nichts? Fotografieren Sie einfach diesen Bildschirm.",
		says: "Was der Code sagt",
		code: "QR-Code Ihrer Auswahl: Sein Text steht daneben.",
		leftOut: (n) =>
			plural(n, {
				one: "1 Objekt ist nicht im Code: Ein Code enthält höchstens 3.",
				other: `${n} Objekte sind nicht im Code: Ein Code enthält höchstens 3.`,
			}),
		gone: "Diese Objekte sind nicht mehr im Katalog",
		goneText: "Der Katalog wurde gerade aktualisiert. Andere Projekte warten auf Sie.",
	},
};
