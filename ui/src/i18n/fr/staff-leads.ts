/** Messages for staff about leads: list, page, duplicates, erasure. */
import type { CallOutcome, ChangedField, Desk, LeadDelivery, LeadProblem, Rating, RevisionAuthor } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { dateTime, number } = formatsIn("fr");

const leads = (n: number) => plural(n, { one: `${number(n)} demande`, other: `${number(n)} demandes` });
const desks: Record<Desk, string> = {
	advisor: "Conseiller",
	bank: "Banque",
	notary: "Notaire",
	ministry: "Aide au logement",
};

export const staffLeads = {
	ratings: { hot: "Chaud", warm: "Tiède", cold: "Froid" } satisfies Record<Rating, string>,
	unrated: "Sans avis",
	outcomes: { called: "Joint", no_answer: "Pas de réponse", appointment: "Rendez-vous" } satisfies Record<
		CallOutcome,
		string
	>,
	desks,
	deliveries: {
		waiting: "À envoyer",
		sent: "Envoyée",
		sealed_for_staff: "Avant l’inscription",
		rejected: "Refusée",
	} satisfies Record<LeadDelivery, string>,

	list: {
		passphrase:
			"Les demandes sont scellées sur cette borne. La phrase de passe les ouvre pour les lire, les corriger et les exporter\u00a0; elle est oubliée au verrouillage.",
		title: "Demandes",
		search: "Chercher une demande",
		placeholder: "Ticket, nom, téléphone ou projet",
		clear: "Effacer la recherche",
		all: leads,
		matching: (n: number, of: number) => `${number(n)} sur ${leads(of)}`,
		reading: (done: number, of: number) => `Lecture\u00a0: ${number(done)} sur ${number(of)}`,
		more: "Filtres",
		moreCount: (n: number) => `Filtres (${n})`,
		duplicates: "Doublons",
		empty: "Aucune demande sur cette borne",
		emptyText: "Les demandes des visiteurs apparaissent ici dès qu’ils les envoient.",
		noMatch: "Aucune demande ne correspond",
		noMatchReading: "La lecture n’est pas finie\u00a0: d’autres peuvent encore apparaître.",
		showAll: "Tout montrer",
		nameless: "Sans nom",
		noWish: "Aucun projet précisé",
		andMore: (n: number) => `+\u00a0${n}`,
		likelyDuplicate: "Doublon probable",
		choose: "Touchez une demande pour la lire",
		chooseText: "Ou scannez le ticket du visiteur\u00a0: sa demande s’ouvre aussitôt.",
		problems: (n: number) =>
			plural(n, { one: `${number(n)} demande ne s’ouvre pas`, other: `${number(n)} demandes ne s’ouvrent pas` }),
		problemsText: "Elles restent sur la borne. Donnez leurs numéros au siège.",
		problem: {
			damaged: "abîmée sur le disque",
			other_key: "scellée pour une autre équipe",
			unreadable: "contenu illisible",
		} satisfies Record<LeadProblem, string>,
		nameOfProblem: (name: string) => `sans ticket lisible (\u2068${name}\u2069)`,
		rejected: (n: number) =>
			plural(n, {
				one: `${number(n)} demande refusée par la plateforme`,
				other: `${number(n)} demandes refusées par la plateforme`,
			}),
		see: "Voir",
	},

	filters: {
		title: "Filtrer les demandes",
		day: "Journée",
		outcome: "Appel",
		desk: "Guichet",
		clear: "Tout retirer",
		show: (n: number) => plural(n, { one: `Voir ${leads(n)}`, other: `Voir les ${leads(n)}` }),
	},

	ticket: {
		searching: (ticket: string) => `Recherche de \u2068${ticket}\u2069…`,
		notFound: (ticket: string) =>
			`\u2068${ticket}\u2069 n’est pas sur cette borne. La demande a pu être prise sur une autre, ou effacée.`,
		unopened: (ticket: string) => `\u2068${ticket}\u2069 est sur cette borne, mais ne s’ouvre pas\u00a0:`,
	},

	page: {
		back: "Liste",
		close: "Fermer",
		taken: (instant: string, kiosk: string) => `prise le ${dateTime(instant)} sur \u2068${kiosk}\u2069`,
		contact: "Contact",
		correct: "Corriger",
		followUp: "Suivi",
		rating: "Intérêt",
		outcome: "Dernier appel",
		desk: "Guichet",
		staffNote: "Note de l’équipe",
		staffNoteHint: "Ce que le prochain collègue doit savoir",
		wishes: "Ce que la personne cherche",
		noWishes: "Rien de précisé.",
		consents: "Accords donnés",
		consentsText: (instant: string, language: string, version: string) =>
			`Le ${dateTime(instant)}, texte affiché en \u2068${language}\u2069, version \u2068${version}\u2069`,
		agreed: "Accepté",
		refused: "Non accepté",
		consentNames: { call: "Appels", whatsapp: "WhatsApp et SMS", email: "E-mails", bank: "Transmission à une banque" },
		wordingUnknown:
			"Ce programme ne connaît plus les phrases affichées alors. Le siège les retrouve par leur empreinte\u00a0:",
		wordingSha: "Empreinte SHA-256 du texte affiché",
		history: "Historique",
		revision: (n: number) => `Révision ${n}`,
		by: { visitor: "le visiteur", staff: "l’équipe", kiosk: "la borne" } satisfies Record<RevisionAuthor, string>,
		firstRevision: "demande du visiteur",
		resealed: "scellée pour la plateforme",
		duplicates: "Doublons probables",
		compare: "Comparer",
		compareWith: (ticket: string) => `Comparer avec \u2068${ticket}\u2069`,
		merged: "Demandes fusionnées dans celle-ci",
		mergedInto: (ticket: string) =>
			`Cette demande est fusionnée dans \u2068${ticket}\u2069 et ne se modifie plus. Ouvrez l’autre.`,
		openOther: "Ouvrir l’autre",
		gone: "plus sur cette borne",
		erase: "Effacer à la demande de la personne",
		notSaid: "non précisé",
	},

	facts: {
		name: "Nom",
		phone: "Téléphone",
		email: "E-mail",
		city: "Ville",
		country: "Pays",
		language: "Langue",
		interests: "Projets et unités",
		towns: "Villes",
		types: "Types de biens",
		budget: "Budget",
		purpose: "Usage",
		channel: "Réponse par",
		desk: "Guichet",
		note: "Mot du visiteur",
		staff_note: "Note de l’équipe",
		rating: "Intérêt",
		outcome: "Dernier appel",
	},

	changed: {
		name: "nom",
		phone: "téléphone",
		email: "e-mail",
		country: "pays",
		city: "ville",
		note: "mot du visiteur",
		wishes: "recherche",
		desk: "guichet",
		rating: "intérêt",
		outcome: "appel",
		staff_note: "note de l’équipe",
		merged: "autre demande fusionnée ici",
		merged_into: "fusionnée dans une autre",
	} satisfies Record<ChangedField, string>,

	save: {
		save: "Enregistrer",
		saving: "Enregistrement…",
		cancel: "Annuler",
		unsaved: "Pas encore enregistré",
		saved: (revision: number) => `Enregistré\u00a0: révision ${revision}.`,
		leaveTitle: "Enregistrer les modifications\u00a0?",
		leaveText: "Vous avez modifié cette demande sans enregistrer.",
		discard: "Ne pas enregistrer",
		stay: "Rester",
	},

	correct: {
		title: "Corriger le contact",
		text: "La correction devient une nouvelle révision\u00a0; les précédentes restent dans l’historique.",
		fix: "Corrigez les champs marqués en rouge.",
	},

	conflict: {
		title: "Un collègue a enregistré avant vous",
		text: (revision: number, at: string | null) =>
			at === null
				? `La révision ${revision} est arrivée entre-temps.`
				: `La révision ${revision} a été enregistrée le ${dateTime(at)}.`,
		kept: "Votre saisie est encore là. Relisez, puis enregistrez de nouveau.",
		nothingLeft: "Il a enregistré la même chose que vous\u00a0: il n’y a plus rien à enregistrer.",
		clash: "Vous avez modifié la même chose\u00a0:",
		theirs: "Le collègue\u00a0:",
		ours: "Vous\u00a0:",
		takeTheirs: "Garder la sienne",
		empty: "vide",
	},

	compare: {
		title: "Est-ce la même personne\u00a0?",
		keep: "Garder celle-ci",
		kept: "Gardée",
		differs: "différent",
		same: "Identique",
		merge: "Fusionner",
		merging: "Fusion…",
		confirm: (other: string, kept: string) => `Fusionner \u2068${other}\u2069 dans \u2068${kept}\u2069\u00a0?`,
		explain:
			"La demande gardée reçoit ce qui lui manque\u00a0: champs vides, projets, villes. Chacune garde ses propres accords. L’autre quitte la liste, et son ticket ouvre la demande gardée.",
		no: "Non, revenir",
		yes: "Oui, fusionner",
		done: (other: string, kept: string) => `\u2068${other}\u2069 est fusionnée dans \u2068${kept}\u2069.`,
	},

	erase: {
		title: "Effacer cette demande\u00a0?",
		text: "À faire seulement si la personne le demande. Toutes les révisions disparaissent de cette borne, sans retour possible.",
		alsoMerged: "Les demandes fusionnées avec elle sont effacées aussi.",
		type: (number: string) => `Pour confirmer, tapez les chiffres \u2068${number}\u2069 du ticket, ou scannez-le.`,
		label: "Fin du numéro de ticket",
		wrong: "Ce n’est pas ce ticket.",
		confirm: "Effacer définitivement",
		erasing: "Effacement…",
		cancel: "Ne pas effacer",
		done: "Demande effacée de cette borne",
		ticket: "Ticket",
		at: "Effacée le",
		when: (instant: string) => dateTime(instant, "long"),
		revisions: "Révisions effacées",
		merged: "Demandes fusionnées, effacées avec elle",
		id: "Identifiant",
		sha: "Empreintes SHA-256 des enveloppes effacées",
		platform: "La plateforme en a une copie, ou peut en avoir une",
		platformText:
			"Donnez l’identifiant au siège aujourd’hui\u00a0: lui seul peut l’effacer de la plateforme, avec la commande",
		local: "La plateforme ne l’a jamais reçue",
		localText: "Il n’y a rien d’autre à faire, sauf pour les fichiers déjà exportés.",
		exports: "Si cette demande a été exportée, effacez-la aussi des fichiers Excel ou CSV et des clés USB.",
		photograph: "Notez ou photographiez cette preuve\u00a0: elle n’est plus affichée ensuite. Le journal garde l’acte.",
		finish: "Terminé",
	},
};
