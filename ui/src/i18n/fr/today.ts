/** Messages of the staff screen "today": what needs attention, and figures. */
import type { FormStep } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { date, dateTime, fileSize, number } = formatsIn("fr");

const leads = (n: number) => plural(n, { one: `${number(n)} demande`, other: `${number(n)} demandes` });

export const today = {
	attention: "À traiter maintenant",
	quiet: "Tout va bien. Rien ne demande votre attention.",
	go: {
		close: "Clore la journée",
		leads: "Voir les demandes",
		catalogue: "Voir le catalogue",
		audit: "Voir le journal",
		device: "Voir la borne",
		sync: "Essayer maintenant",
	},
	fileDamaged:
		"Le dernier contrôle a trouvé le fichier des demandes abîmé. Laissez la borne allumée et appelez l’opérateur.",
	diskLow: (bytes: number) =>
		`Il ne reste que ${fileSize(bytes)} sur le disque. Demandez à l’opérateur de retirer les anciens exports.`,
	clockWrong: (difference: string) =>
		`L’horloge de la borne est ${difference}. Demandez à l’opérateur de la régler\u00a0: l’heure des demandes en dépend.`,
	waitsLong: (n: number) =>
		plural(n, {
			one: `${leads(n)} attend d’être envoyée depuis plus d’un jour. Reliez la borne au réseau, et exportez-la en attendant.`,
			other: `${leads(n)} ne sont pas envoyées, la plus ancienne depuis plus d’un jour. Reliez la borne au réseau, et exportez-les en attendant.`,
		}),
	notExported: (day: string, n: number) =>
		plural(n, {
			one: `${leads(n)} du ${date(day)} n’est pas encore exportée. Terminez cette journée.`,
			other: `${leads(n)} du ${date(day)} ne sont pas encore exportées. Terminez cette journée.`,
		}),
	afterClose: (n: number) =>
		plural(n, {
			one: `${leads(n)} est arrivée après la clôture. Clôturez de nouveau la journée.`,
			other: `${leads(n)} sont arrivées après la clôture. Clôturez de nouveau la journée.`,
		}),
	quarantined: (n: number) =>
		plural(n, {
			one: `La plateforme n’a pas pu lire ${leads(n)}. Exportez-la et prévenez le siège.`,
			other: `La plateforme n’a pas pu lire ${leads(n)}. Exportez-les et prévenez le siège.`,
		}),
	noCatalogue:
		"La borne n’a pas de catalogue\u00a0: les visiteurs ne voient aucun projet. Chargez-en un d’une clé USB.",
	tonight: (n: number) => `Ce soir, clôturez la journée\u00a0: ${leads(n)} à exporter.`,
	closed: (instant: string) => `Journée close\u00a0: ${dateTime(instant)}.`,

	sentTotal: (n: number) => `Envoyées depuis le début\u00a0: ${number(n)}.`,
	visits: "Visites du jour",
	perVisits: (n: number) => `${number(n)} pour 100 visites`,
	byHour: "Demandes par heure",
	hourHeading: "Heure",
	countHeading: "Demandes",
	byType: "Types de biens",
	byDesk: "À qui ils veulent parler",
	none: "aucune réponse",
	visitsTitle: "Les visites",
	visitsNote: "Comptées sans nom, sans texte et sans choix d’une personne.",
	noVisits: "Aucune visite terminée aujourd’hui.",
	visitLanguages: "Langues des visites",
	formLeft: "Formulaire quitté",
	formFinished: "personne ne l’a quitté",
	steps: { who: "Coordonnées", what: "Recherche", when: "Rappel", review: "Relecture" } satisfies Record<
		FormStep,
		string
	>,
	noResult: (n: number) =>
		plural(n, { one: `${number(n)} recherche sans résultat.`, other: `${number(n)} recherches sans résultat.` }),
};
