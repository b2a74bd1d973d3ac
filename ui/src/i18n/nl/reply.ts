import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { nl as plural } from "../plural";

const { number } = formatsIn("nl");

export const reply: typeof Reference = {
	finish: "Naar het einde",
	enough: "Eén van de twee is genoeg.",
	partner: "Met wie?",
	partnerAny: "Geen voorkeur",
	onBehalf: "Voor wie is deze aanvraag?",
	whom: { myself: "Voor mij", family: "Voor mijn familie", other: "Voor iemand anders" },
	detail: "Wie? Bijvoorbeeld: mijn moeder",
	several: "U kunt er meer kiezen.",
	amazigh: "Amazigh",
	reach: "Wanneer bent u bereikbaar?",
	slots: { morning: "Ochtend", afternoon: "Middag", evening: "Avond", weekend: "Weekend" },
	weekdays: "Maandag tot en met vrijdag",
	weekend: "Zaterdag en zondag",
	timeOf: (place: string) => `Tijden van uw land: ${isolated(place)}`,
	morocco: (hours: string) => `in Marokko: ${isolated(hours)}`,
	nextDay: "(de volgende dag)",
	previousDay: "(de dag ervoor)",
	failed: "De tijden konden niet worden getoond.",
	stay: "Een afspraak bij een kantoor in Marokko?",
	clear: "Data wissen",
	reachable: (parts: string) => `Bereikbaar: ${parts}`,
	within: (days: number) =>
		plural(days, { one: "Antwoord binnen één werkdag.", other: `Antwoord binnen ${number(days)} werkdagen.` }),
	again: "Nieuwe aanvraag, zelfde gegevens",
	calendar: "Fotografeer deze code om uw verblijf in uw agenda te zetten.",
};
