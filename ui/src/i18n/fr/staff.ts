/** Messages of the staff window. */
import type { AuditAct, AuditDetail, DiskFault, ErrorCode } from "@/host";
import { formatsIn, largestUnit } from "../format";
import { fr as plural } from "../plural";
import { closing } from "./closing";

const { date, dateTime, fileSize, number } = formatsIn("fr");

type Params = Record<string, string>;

/** A duration in its largest suitable unit. */
function duration(seconds: number): string {
	const { value, unit } = largestUnit(seconds);
	switch (unit) {
		case "second":
			return `${value} s`;
		case "minute":
			return `${value} min`;
		case "hour":
			return `${value} h`;
		case "day":
			return plural(value, { one: `${value} jour`, other: `${value} jours` });
	}
}

export const staff = {
	title: "Équipe",
	demonstration: "Démonstration",
	leave: "Retour à la borne",
	lock: "Verrouiller",
	nav: {
		today: "Aujourd’hui",
		close: "Clore la journée",
		leads: "Demandes",
		catalogue: "Catalogue",
		audit: "Journal",
		device: "La borne",
	},
	loading: "Lecture…",
	retry: "Réessayer",
	language: "Langue",

	pin: {
		title: "Code de l’équipe",
		text: "Entrez le code, puis validez.",
		erase: "Effacer",
		enter: "Valider",
		entered: (n: number) => plural(n, { one: `${n} chiffre entré`, other: `${n} chiffres entrés` }),
		lockedOut: "Trop d’essais. Nouvel essai possible dans\u00a0:",
		passphraseInstead: "Inutile d’attendre\u00a0: la phrase de passe ouvre aussi cette fenêtre.",
	},

	today: {
		day: "Demandes du jour",
		total: "Demandes depuis le début",
		waiting: "En attente d’envoi",
		sent: "Envoyées",
		oldest: (seconds: number) => `la plus ancienne attend depuis ${duration(seconds)}`,
		noneWaiting: "tout est envoyé",
		byHour: "Demandes par heure",
		noneYet: "Aucune demande aujourd’hui.",
		hour: (hour: number) => `${hour} h`,
		byLanguage: "Langues",
		byRegion: "Régions",
		byProject: "Projets les plus demandés",
		sync: "Envoi à la plateforme",
		syncNow: "Envoyer maintenant",
		syncing: "Envoi…",
		synced: (sent: number) =>
			plural(sent, { one: `${sent} demande envoyée à l’instant.`, other: `${sent} demandes envoyées à l’instant.` }),
		lastContact: (instant: string) => `Dernier contact\u00a0: ${dateTime(instant)}.`,
		neverContact: "Aucun contact jusqu’ici.",
		nextAttempt: (instant: string) => `Prochain essai\u00a0: ${dateTime(instant)}.`,
		staffOnly: (n: number) =>
			plural(n, {
				one: `${n} demande prise avant l’inscription de la borne\u00a0: entrez la phrase de passe pour qu’elle puisse partir.`,
				other: `${n} demandes prises avant l’inscription de la borne\u00a0: entrez la phrase de passe pour qu’elles puissent partir.`,
			}),
		staffOnlyLater: (n: number) =>
			plural(n, {
				one: `${n} demande partira après l’inscription, une fois la phrase de passe entrée.`,
				other: `${n} demandes partiront après l’inscription, une fois la phrase de passe entrée.`,
			}),
		rejected: (n: number) =>
			plural(n, {
				one: `${n} demande refusée par la plateforme\u00a0: elle reste ici, à montrer au siège.`,
				other: `${n} demandes refusées par la plateforme\u00a0: elles restent ici, à montrer au siège.`,
			}),
		machine: "La borne",
		kiosk: "Borne",
		catalogue: "Catalogue",
		catalogueText: (day: string, projects: number) =>
			`du ${date(day)}, ${plural(projects, { one: `${projects} projet`, other: `${number(projects)} projets` })}`,
		noCatalogue: "aucun catalogue",
		overdue: (day: string) =>
			`Ce catalogue devait être remplacé avant le ${date(day)}\u00a0: demandez le nouveau au siège. La borne continue de le montrer.`,
		refused: (code: string) =>
			`Le catalogue publié n’a pas été pris\u00a0; la borne garde le sien. Donnez ce code au siège\u00a0: \u2068${code}\u2069.`,
		disk: "Place libre",
		clock: "Horloge",
		clockUnknown: "non comparée",
		clockRight: "à l’heure",
		clockAhead: (seconds: number) => `en avance de ${duration(seconds)}`,
		clockBehind: (seconds: number) => `en retard de ${duration(seconds)}`,
		diskLow: "il en reste peu",
		diskFault: {
			full: "Le disque est plein\u00a0: libérez de la place tout de suite. La borne ne prendra bientôt plus de demandes.",
			not_writable:
				"La borne ne peut plus écrire sur son disque et ne prend plus de demandes. Exportez les demandes sur une clé, puis appelez l’assistance.",
		} satisfies Record<DiskFault, string>,
		leadsCheck: "Demandes vérifiées",
		leadsChecked: (instant: string) => `${dateTime(instant)}, rien d’abîmé`,
		leadsDamaged: (instant: string) => `${dateTime(instant)}, fichier abîmé`,
		leadsUnchecked: "pas encore vérifiées",
		unreadable: (n: number) =>
			plural(n, {
				one: `${n} demande est illisible. Toutes les autres sont envoyées et exportées\u00a0: prévenez le siège.`,
				other: `${n} demandes sont illisibles. Toutes les autres sont envoyées et exportées\u00a0: prévenez le siège.`,
			}),
		damagedFiles:
			"Le fichier des demandes était abîmé. La borne continue avec un nouveau et garde l’ancien\u00a0: appelez l’opérateur.",
	},

	sync: {
		never: "La borne n’a pas encore essayé de joindre la plateforme.",
		not_enrolled: "Cette borne n’est pas encore inscrite à la plateforme\u00a0: les demandes restent ici, en sûreté.",
		offline: "Pas de réseau. Les demandes partiront d’elles-mêmes dès qu’il reviendra.",
		captive: "Le wifi de la salle demande une page de connexion\u00a0: ouvrez-la, ou changez de réseau.",
		clock_or_tls: "La connexion n’est pas sûre\u00a0: l’horloge de la borne est peut-être fausse.",
		unauthorized: "La plateforme ne reconnaît plus cette borne\u00a0: il faut l’inscrire à nouveau.",
		rate_limited: "La plateforme demande de patienter\u00a0; la borne réessaiera d’elle-même.",
		server: "La plateforme répond mal pour l’instant\u00a0; la borne réessaiera d’elle-même.",
		upgrade_required: "La plateforme demande une version plus récente de la borne.",
		ok: "La borne et la plateforme se parlent.",
	},

	passphrase: {
		title: "Phrase de passe du stand",
		text: "Les demandes sont scellées sur cette borne. La phrase de passe les ouvre pour les exporter\u00a0; elle est oubliée au verrouillage.",
		label: "Phrase de passe",
		show: "Montrer",
		hide: "Cacher",
		open: "Ouvrir",
		opening: "Ouverture…",
		opened: "Les demandes sont ouvertes jusqu’au verrouillage.",
		resealed: (n: number) =>
			plural(n, {
				one: `${n} demande peut maintenant partir vers la plateforme.`,
				other: `${n} demandes peuvent maintenant partir vers la plateforme.`,
			}),
	},

	close: closing,

	audit: {
		title: "Ce que l’équipe a fait sur cette borne",
		empty: "Rien pour l’instant.",
		when: "Quand",
		act: "Acte",
		detail: "Détail",
		acts: {
			staff_unlocked: "Fenêtre ouverte",
			staff_locked: "Fenêtre verrouillée",
			wrong_pin: "Code faux",
			wrong_passphrase: "Phrase secrète fausse",
			leads_opened: "Demandes ouvertes",
			exported: "Fichiers écrits",
			day_closed: "Journée close",
			lead_set_aside: "Demande refusée par la plateforme",
			catalogue_imported: "Catalogue importé",
			catalogue_synced: "Catalogue reçu de la plateforme",
			catalogue_refused: "Catalogue refusé",
			catalogue_rolled_back: "Catalogue précédent rétabli",
			closed_leads_erased: "Demandes envoyées et exportées effacées",
			pictures_cleared: "Images devenues inutiles supprimées",
			leads_erased: "Demandes effacées à la demande des personnes",
			lead_revised: "Demande corrigée ou qualifiée",
			leads_merged: "Deux demandes fusionnées",
			leads_requeued: "Demandes remises en attente d’envoi",
			configuration_taken: "Nouveaux réglages reçus du siège",
			configuration_rejected: "Réglages du siège inutilisables, les précédents restent",
			reserve_given_up: "Disque plein\u00a0: réserve libérée pour les demandes",
			authorities_pinned: "Certificats de l’étape fixés",
			provisioned: "Borne préparée",
			enrolled: "Borne inscrite à la plateforme",
			leads_file_replaced: "Fichier abîmé des demandes remplacé",
			leads_restored: "Demandes reprises d’un fichier abîmé",
			pin_changed: "Code de l’équipe changé",
			passphrase_changed: "Phrase de passe changée",
			program_restarted: "Programme redémarré par l’équipe",
		} satisfies Record<AuditAct, string>,
		details: {
			by: "par",
			code: "code",
			bytes: "octets",
			day: "journée",
			failures: "essais manqués",
			file: "fichier",
			files: "fichiers",
			format: "format",
			from: "de la version",
			id: "demande",
			initials: "initiales",
			kiosk: "borne",
			leads: "demandes",
			merged: "demande fusionnée",
			reason: "motif",
			resealed: "prêtes à partir",
			revision: "révision",
			sha256: "SHA-256",
			stop: "étape",
			ticket: "ticket",
			to: "à la version",
			unreadable: "illisibles",
			unsent: "pas encore envoyées",
			user: "utilisateur",
			version: "version",
		} satisfies Record<AuditDetail, string>,
	},

	errors: {
		wrong_pin: ({ left }: Params) =>
			left === undefined
				? "Code faux."
				: `Code faux. ${plural(Number(left), { one: `Encore ${left} essai.`, other: `Encore ${left} essais.` })}`,
		locked_out: (_: Params) => "Trop d’essais\u00a0: attendez la fin du délai.",
		locked: (_: Params) => "La fenêtre s’est verrouillée\u00a0: entrez le code.",
		leads_locked: (_: Params) => "Entrez d’abord la phrase de passe.",
		wrong_passphrase: (_: Params) => "Ce n’est pas la phrase de passe de ce stand.",
		destination: (_: Params) =>
			"On ne peut pas écrire à cet endroit. La clé est-elle branchée, libre et non protégée\u00a0?",
		destination_removed: (_: Params) =>
			"La clé USB n’est plus branchée\u00a0: rebranchez-la, attendez qu’elle réapparaisse, puis recommencez.",
		destination_exchanged: (_: Params) =>
			"Une autre clé est branchée maintenant\u00a0: choisissez-la de nouveau, ou remettez la première.",
		destination_full: ({ needed, free }: Params) =>
			`Il n’y a pas assez de place à cet endroit\u00a0: il faut ${fileSize(Number(needed))}, il y a ${fileSize(Number(free))}. Libérez de la place ou prenez une autre clé.`,
		destination_read_only: (_: Params) =>
			"On ne peut pas écrire à cet endroit, il est protégé\u00a0: déplacez le petit verrou de la clé, ou prenez-en une autre.",
		destination_too_large: (_: Params) =>
			"Le fichier est trop grand pour cette clé, qui n’accepte pas plus de 4 Go par fichier\u00a0: exportez une journée à la fois.",
		destination_corrupt: (_: Params) =>
			"La clé ne rend pas ce qui y a été écrit\u00a0: elle est abîmée. Prenez-en une autre.",
		cancelled: (_: Params) => "L’export a été annulé.",
		nothing_new: (_: Params) =>
			"Aucune demande nouvelle depuis le dernier export\u00a0: choisissez toutes les demandes.",
		media_busy: (_: Params) =>
			"Une autre opération avec une clé USB est en cours\u00a0: attendez la fin, ou débranchez la clé.",
		media_not_responding: (_: Params) => "La clé USB ne répond pas\u00a0: débranchez-la et prenez-en une autre.",
		storage_full: (_: Params) => "Il n’y a plus de place sur la borne.",
		storage: (_: Params) => "La borne n’a pas pu lire ou écrire ses données. Rien n’est effacé\u00a0: réessayez.",
		not_enrolled: (_: Params) => "Cette borne n’est pas encore inscrite à la plateforme.",
		no_catalogue: (_: Params) => "La borne n’a pas encore de catalogue.",
		not_found: (_: Params) => "Cela n’existe plus sur la borne.",
		invalid_lead: (_: Params) => "Une demande contient une erreur.",
		lead_not_found: (_: Params) => "Cette demande n’est plus sur la borne, ou elle ne peut pas être ouverte.",
		lead_changed: (_: Params) =>
			"Cette demande a été modifiée entre-temps\u00a0: relisez-la, puis refaites votre modification.",
		lead_merged: (_: Params) => "Cette demande a été fusionnée avec une autre\u00a0: ouvrez l’autre.",
		no_previous: (_: Params) => "Il n’y a pas d’autre version du catalogue sur la borne.",
		version_changed: (_: Params) =>
			"Entre-temps, une autre version est arrivée\u00a0: regardez de nouveau avant de revenir en arrière.",
		not_provisioned: (_: Params) => "Cette borne n’est pas encore préparée\u00a0: appelez l’opérateur.",
		already_provisioned: (_: Params) => "Cette borne est déjà préparée pour une étape.",
		setup: (_: Params) => "La clé n’est plus branchée, ou le fichier n’y est plus. Rebranchez-la.",
		not_a_bundle: (_: Params) => "Ce fichier n’est pas un catalogue\u00a0: copiez celui que le siège a préparé.",
		wrong_key: (_: Params) =>
			"Il est signé avec une autre clé de signature que celle que connaît la borne\u00a0: demandez au siège le fichier signé avec la bonne.",
		wrong_signature: (_: Params) =>
			"Sa signature n’est pas valable\u00a0: copiez-le de nouveau\u00a0; s’il est encore refusé, faites-le refaire par le siège.",
		newer_format: (_: Params) =>
			"Il est fait pour un programme plus récent\u00a0: l’opérateur doit d’abord mettre la borne à jour.",
		older_version: (_: Params) => "La borne montre déjà une version plus récente\u00a0: il n’y a rien à faire.",
		future_version: (_: Params) => "Son numéro est dans le futur\u00a0: demandez au siège de refaire le fichier.",
		damaged: (_: Params) =>
			"Le fichier est abîmé\u00a0: copiez-le de nouveau\u00a0; s’il est encore refusé, faites-le refaire par le siège.",
		missing_picture: (_: Params) => "Des images y manquent\u00a0: faites refaire le fichier par le siège.",
		unreadable: (_: Params) =>
			"La clé USB n’a pas pu être lue jusqu’au bout\u00a0: rebranchez-la, ou copiez le fichier sur une autre.",
		weak_pin: (_: Params) => "Ce code est trop facile à deviner\u00a0: 6 à 12 chiffres, sans suite ni répétition.",
		weak_passphrase: (_: Params) =>
			"Cette phrase est trop faible\u00a0: au moins 16 caractères, par exemple quatre mots tirés au hasard.",
		published_secret: (_: Params) =>
			"Tout le monde peut lire ce code ou cette phrase dans la démonstration ou le guide\u00a0: choisissez les vôtres.",
		internal: (_: Params) => "Cela n’a pas marché. Réessayez.",
	} satisfies Record<ErrorCode, (params: Params) => string>,
};
