/** Messages on how, when and where visitors want the reply. */
import type { Beneficiary, Slot } from "@/host";
import { formatsIn, isolated } from "../format";
import { fr as plural } from "../plural";

const { number } = formatsIn("fr");

export const reply = {
	finish: "Aller à la fin",
	enough: "Un seul des deux suffit.",
	partner: "Avec qui\u00a0?",
	partnerAny: "Pas de préférence",
	onBehalf: "Pour qui est cette demande\u00a0?",
	whom: { myself: "Pour moi", family: "Pour ma famille", other: "Pour quelqu’un d’autre" } satisfies Record<
		Beneficiary,
		string
	>,
	detail: "Qui\u00a0? Par exemple\u00a0: ma mère",
	several: "Vous pouvez en choisir plusieurs.",
	/** The name of the language, beside its own letters. */
	amazigh: "Amazighe",
	reach: "Quand vous joindre\u00a0?",
	slots: { morning: "Matin", afternoon: "Après-midi", evening: "Soir", weekend: "Week-end" } satisfies Record<
		Slot,
		string
	>,
	weekdays: "Du lundi au vendredi",
	weekend: "Samedi et dimanche",
	timeOf: (place: string) => `Heures de votre pays\u00a0: ${isolated(place)}`,
	morocco: (hours: string) => `au Maroc\u00a0: ${isolated(hours)}`,
	nextDay: "(le lendemain)",
	previousDay: "(la veille)",
	failed: "Les heures n’ont pas pu être affichées.",
	stay: "Un rendez-vous en agence, au Maroc\u00a0?",
	clear: "Effacer les dates",
	reachable: (parts: string) => `Joignable\u00a0: ${parts}`,
	within: (days: number) =>
		plural(days, {
			one: "Réponse dans un délai d’un jour ouvré.",
			other: `Réponse dans les ${number(days)} jours ouvrés.`,
		}),
	again: "Autre demande, mêmes coordonnées",
	calendar: "Photographiez ce code pour mettre votre séjour dans votre agenda.",
};
