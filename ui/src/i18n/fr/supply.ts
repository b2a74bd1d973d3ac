/** Messages for staff about catalogues, USB sticks and rejected leads. */
import type { RejectionCode } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { dateTime, number } = formatsIn("fr");

const sendOnce =
	"Renvoyez-la une fois. Si elle revient ici, faites «\u00a0Clore la journée\u00a0» et donnez le numéro du ticket au siège.";

export const supply = {
	catalogue: {
		shown: "Ce que voient les visiteurs",
		none: "La borne n’a pas encore de catalogue. Branchez une clé USB qui en porte un, ou attendez la plateforme.",
		published: (instant: string) => `Catalogue du ${dateTime(instant, "long")}`,
		version: (version: number) => `version ${version}`,
		units: (n: number) => plural(n, { one: `${number(n)} bien disponible`, other: `${number(n)} biens disponibles` }),
		today: "aujourd’hui",
		old: "Les prix ont pu changer depuis\u00a0: chargez un catalogue plus récent dès que possible.",
		ahead: "Sa date est à venir\u00a0: l’horloge de la borne est peut-être fausse.",
		since: {
			stick: (instant: string) => `Chargé d’une clé USB le ${dateTime(instant, "long")}.`,
			command: (instant: string) => `Installé par une commande de l’opérateur le ${dateTime(instant, "long")}.`,
			platform: (instant: string) => `Reçu de la plateforme le ${dateTime(instant, "long")}.`,
			rolled_back: (instant: string) => `Rétabli par l’équipe le ${dateTime(instant, "long")}.`,
			rolled_back_by_command: (instant: string) =>
				`Rétabli par une commande de l’opérateur le ${dateTime(instant, "long")}.`,
		},
		pictures: (n: number) =>
			plural(n, {
				one: `${number(n)} image manque encore\u00a0: elle arrive de la plateforme, ou avec une clé.`,
				other: `${number(n)} images manquent encore\u00a0: elles arrivent de la plateforme, ou avec une clé.`,
			}),
		complete: "Toutes les images sont là.",
		before: "Version précédente",
		after: "Version quittée par l’équipe",
		noBefore: "Il n’y a pas d’autre version sur la borne.",
		stays: "Elle ne reviendra pas d’elle-même.",
		rollBack: "Revenir à cette version",
		rollForward: "Reprendre cette version",
		confirmRollBack: "Revenir à la version précédente\u00a0?",
		confirmRollForward: "Reprendre la version quittée\u00a0?",
		willShow: (instant: string) => `Les visiteurs verront tout de suite le catalogue du ${dateTime(instant, "long")}.`,
		willWait: (instant: string) =>
			`Celui du ${dateTime(instant, "long")} ne reviendra pas de lui-même\u00a0: la borne attend une version plus récente. Vous pourrez le reprendre ici tant qu’aucune autre n’est arrivée.`,
		willReturn: (instant: string) =>
			`Celui du ${dateTime(instant, "long")} reste sur la borne\u00a0: vous pourrez y revenir ici.`,
		untouched: "Les demandes ne changent pas.",
		cancel: "Ne rien changer",
		changing: "Changement…",
		changed: (instant: string) => `Les visiteurs voient maintenant le catalogue du ${dateTime(instant, "long")}.`,
	},

	usb: {
		title: "Charger d’une clé USB",
		looking: "La borne regarde les clés branchées…",
		none: "Branchez une clé USB\u00a0: les catalogues qu’elle porte apparaissent ici d’eux-mêmes.",
		help: "Rien n’apparaît\u00a0? Le fichier du siège finit par .bundle et doit être sur la clé hors de tout dossier. Retirez la clé, attendez trois secondes, rebranchez-la. Sinon essayez une autre prise, puis une autre clé.",
		on: (stick: string) => `clé \u2068${stick}\u2069`,
		newest: "le plus récent",
		load: "Charger",
		keep: "Laissez la clé branchée. Les visiteurs gardent le catalogue actuel jusqu’à la fin.",
		stages: {
			idle: "Ouverture du fichier…",
			checking: "Vérification de la signature et du contenu…",
			pictures: "Copie des images…",
			installing: "Mise en place…",
			done: "Terminé.",
			refused: "Refusé.",
		},
		picturesDone: (done: number, of: number) => `${number(done)} images sur ${number(of)}`,
		loaded: "Le catalogue est chargé",
		already: "Ce catalogue était déjà là",
		alreadyText: "C’est celui que voient les visiteurs. Les images qui manquaient ont été reprises de la clé.",
		loadedText: (instant: string) => `Les visiteurs voient maintenant le catalogue du ${dateTime(instant, "long")}.`,
		pictures: (n: number) => plural(n, { one: `${number(n)} image`, other: `${number(n)} images` }),
		remove: "Vous pouvez retirer la clé.",
		refused: "Ce catalogue n’a pas été pris",
		unchanged: "Rien n’a changé pour les visiteurs.",
		note: (name: string) =>
			`La raison est aussi écrite sur la clé, si elle le permet\u00a0: \u2068${name}.refused.txt\u2069, en français, arabe et anglais.`,
		understood: "Compris",
	},

	rejected: {
		title: "Demandes mises de côté",
		see: "Voir",
		none: "Aucune demande mise de côté. Tout va bien.",
		intro:
			"La plateforme n’a pas pris ces demandes. Elles restent sur la borne, scellées\u00a0; rien n’est effacé, et «\u00a0Clore la journée\u00a0» les écrit avec les autres.",
		ticket: "Ticket",
		taken: (instant: string) => `prise le ${dateTime(instant)}`,
		why: {
			conflict: "La plateforme en a déjà une sous ce numéro, au contenu différent. Elle garde les deux.",
			item_damaged: "Elle est arrivée abîmée.",
			item_unreadable: "La plateforme n’a pas pu la lire.",
			malformed: "La plateforme n’a pas compris l’envoi.",
			too_large: "La plateforme la trouve trop grande.",
		} satisfies Record<RejectionCode, string>,
		whyUnknown: (code: string) => `La plateforme l’a refusée (\u2068${code}\u2069).`,
		act: {
			conflict: "Rien n’est perdu. Donnez le numéro du ticket au siège\u00a0: lui seul peut dire laquelle fait foi.",
			item_damaged: "Renvoyez-la\u00a0: un nouvel envoi suffit le plus souvent.",
			item_unreadable: sendOnce,
			malformed: sendOnce,
			too_large:
				"La renvoyer n’aidera pas. Faites «\u00a0Clore la journée\u00a0» et donnez le numéro du ticket au siège.",
		} satisfies Record<RejectionCode, string>,
		actUnknown: sendOnce,
		platformSays: "La plateforme dit\u00a0:",
		again: "Renvoyer",
		againTicket: (ticket: string) => `Renvoyer ${ticket}`,
		allAgain: (n: number) => plural(n, { one: "Renvoyer", other: `Renvoyer les ${n}` }),
		sending: "Envoi…",
		notRejected: "Ces demandes n’étaient plus de côté.",
		arrived: (n: number) =>
			plural(n, {
				one: `${n} demande est arrivée à la plateforme.`,
				other: `${n} demandes sont arrivées à la plateforme.`,
			}),
		waiting: (n: number) =>
			plural(n, {
				one: `${n} demande attend de nouveau son envoi\u00a0; elle part d’elle-même.`,
				other: `${n} demandes attendent de nouveau leur envoi\u00a0; elles partent d’elles-mêmes.`,
			}),
		rejectedAgain: (n: number) =>
			plural(n, {
				one: `${n} demande a été refusée de nouveau\u00a0: donnez son numéro de ticket au siège.`,
				other: `${n} demandes ont été refusées de nouveau\u00a0: donnez leurs numéros de ticket au siège.`,
			}),
	},
};
