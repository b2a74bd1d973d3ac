/** Messages of the day close. */
import type { ClosingStage, ExportFormat, ExportScope } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { date, dateTime, fileSize } = formatsIn("fr");

const leads = (n: number) => plural(n, { one: `${n} demande`, other: `${n} demandes` });

export const closing = {
	leads,
	here: {
		title: "Ce qui est ici",
		ofDay: (day: string, n: number) => `${leads(n)} le ${date(day)}.`,
		total: (n: number) => `${leads(n)} en tout depuis le début.`,
		allSent: "Tout est arrivé à la plateforme.",
		waiting: (n: number) =>
			plural(n, {
				one: `${n} demande n’est pas encore à la plateforme.`,
				other: `${n} demandes ne sont pas encore à la plateforme.`,
			}),
		staffOnly: (n: number) =>
			plural(n, {
				one: `${n} demande attend la phrase de passe pour partir.`,
				other: `${n} demandes attendent la phrase de passe pour partir.`,
			}),
		rejected: (n: number) =>
			plural(n, {
				one: `${n} demande a été refusée par la plateforme\u00a0: voyez l’écran Demandes.`,
				other: `${n} demandes ont été refusées par la plateforme\u00a0: voyez l’écran Demandes.`,
			}),
		none: "Aucune demande sur cette borne\u00a0: il n’y a rien à clore.",
	},
	day: {
		title: "Quelle journée",
		all: "Toutes les journées",
		unsent: (n: number) => plural(n, { one: `dont ${n} pas encore envoyée`, other: `dont ${n} pas encore envoyées` }),
		closedOn: (instant: string) => `close le ${dateTime(instant)}`,
		open: "pas encore close",
		left: (n: number) =>
			plural(n, { one: `${n} nouvelle depuis le dernier export`, other: `${n} nouvelles depuis le dernier export` }),
		more: "Journées précédentes",
		before: "Déjà exporté",
		beforeLine: (instant: string, format: string, n: number, initials: string | null) =>
			`${dateTime(instant)} · ${format} · ${leads(n)}${initials === null ? "" : ` · par ${initials}`}`,
		scope: { all: "Toutes les demandes", new: "Depuis le dernier export" } satisfies Record<ExportScope, string>,
		nothingNew: "Tout est déjà dans un export. Vous pouvez en faire un autre.",
	},
	format: {
		title: "Quels fichiers",
		names: { age: "Fichier chiffré", xlsx: "Excel", csv: "CSV" } satisfies Record<ExportFormat, string>,
		texts: {
			age: "S’ouvre seulement avec la phrase de passe du stand. C’est le bon choix pour emporter les demandes.",
			xlsx: "Pour lire, trier et filtrer tout de suite, dans Excel ou LibreOffice.",
			csv: "Pour reprendre les demandes dans un autre logiciel.",
		} satisfies Record<ExportFormat, string>,
		readable: "Lisible par quiconque trouve la clé\u00a0: ne la quittez pas.",
		atLeastOne: "Choisissez au moins un fichier.",
	},
	place: {
		title: "Où",
		stick: "clé USB",
		machine: "dossier de la borne",
		free: (bytes: number) => `${fileSize(bytes)} libres`,
		noStick:
			"Aucune clé USB n’est branchée\u00a0: la seule copie resterait sur cette machine. Branchez une clé, elle apparaît ici toute seule.",
		machineChosen: "La seule copie reste sur cette machine.",
	},
	who: {
		label: "Qui clôt\u00a0?",
		hint: "Initiales, quatre lettres au plus. Facultatif.",
	},
	run: {
		confirm: "Écrire et clore",
		summary: (what: string, place: string) => `${what} vers ${place}.`,
		needPassphrase: "Entrez d’abord la phrase de passe.",
		stages: {
			idle: "Préparation…",
			preparing: "Ouverture des demandes et préparation des fichiers…",
			writing: "Écriture…",
			checking: "Relecture et comparaison…",
		} satisfies Record<ClosingStage, string>,
		keep: "Ne débranchez pas la clé.",
		cancel: "Annuler",
		cancelling: "Annulation…",
		stillOpen: "Rien n’est écrit et la journée reste ouverte.",
	},
	receipt: {
		title: "C’est écrit, relu et comparé",
		count: (n: number) => `${leads(n)} dans chaque fichier`,
		canUnplug: "Vous pouvez débrancher la clé.",
		onMachine: "Cette copie est sur la borne. Emportez-en une sur une clé dès que possible.",
		allSent: "Tout est aussi arrivé à la plateforme.",
		stillUnsent: (n: number) =>
			plural(n, {
				one: `${n} demande n’est pas encore à la plateforme\u00a0: gardez la borne allumée ou ces fichiers en sûreté.`,
				other: `${n} demandes ne sont pas encore à la plateforme\u00a0: gardez la borne allumée ou ces fichiers en sûreté.`,
			}),
		unopened: (n: number) =>
			plural(n, {
				one: `${n} demande ne s’ouvre pas avec cette phrase de passe\u00a0: elle reste sur la borne.`,
				other: `${n} demandes ne s’ouvrent pas avec cette phrase de passe\u00a0: elles restent sur la borne.`,
			}),
		unreadable: (n: number) =>
			plural(n, {
				one: `${n} demande de cette borne est illisible et n’est dans aucun de ces fichiers\u00a0: prévenez le siège.`,
				other: `${n} demandes de cette borne sont illisibles et ne sont dans aucun de ces fichiers\u00a0: prévenez le siège.`,
			}),
		sha: "Empreinte SHA-256",
		code: "Le reçu en code QR\u00a0: photographiez-le pour le garder.",
		file: "Le reçu signé est à côté des fichiers",
		unsigned: "La borne n’a pas pu signer le reçu\u00a0: son disque est en panne.",
		again: "Autre export",
		lock: "Verrouiller",
	},
};
