import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { de as plural } from "../plural";

const { number } = formatsIn("de");

export const reply: typeof Reference = {
	finish: "Zum Schluss",
	enough: "Eines von beiden genügt.",
	partner: "Mit wem?",
	partnerAny: "Egal",
	onBehalf: "Für wen ist diese Anfrage?",
	whom: { myself: "Für mich", family: "Für meine Familie", other: "Für jemand anderen" },
	detail: "Wer? Zum Beispiel: meine Mutter",
	several: "Sie können mehrere wählen.",
	amazigh: "Amazigh",
	reach: "Wann erreichen wir Sie?",
	slots: { morning: "Vormittag", afternoon: "Nachmittag", evening: "Abend", weekend: "Wochenende" },
	weekdays: "Montag bis Freitag",
	weekend: "Samstag und Sonntag",
	timeOf: (place: string) => `Uhrzeiten Ihres Landes: ${isolated(place)}`,
	morocco: (hours: string) => `in Marokko: ${isolated(hours)}`,
	nextDay: "(am nächsten Tag)",
	previousDay: "(am Tag davor)",
	failed: "Die Uhrzeiten konnten nicht angezeigt werden.",
	stay: "Ein Termin in einer Agentur in Marokko?",
	clear: "Daten entfernen",
	reachable: (parts: string) => `Erreichbar: ${parts}`,
	within: (days: number) =>
		plural(days, {
			one: "Antwort innerhalb eines Werktags.",
			other: `Antwort innerhalb von ${number(days)} Werktagen.`,
		}),
	again: "Weitere Anfrage, gleicher Kontakt",
	calendar: "Fotografieren Sie diesen Code, um Ihren Aufenthalt in Ihren Kalender einzutragen.",
};
