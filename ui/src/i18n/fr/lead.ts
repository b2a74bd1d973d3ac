/** Messages of the lead form. */
import type { Desk, FieldCode } from "@/host";
import { formatsIn, isolated } from "../format";

const { amount, date } = formatsIn("fr");
const range = (low: number, high: number) => (low === high ? amount(high) : `${amount(low)} à ${amount(high)}`);

type Params = Record<string, string>;

const channels: Record<string, string> = { call: "l’appel", whatsapp: "WhatsApp", email: "l’e-mail" };

export const lead = {
	title: "Rappelez-moi",
	quit: "Quitter",
	back: "Retour",
	next: "Continuer",
	skip: "Passer",
	submit: "Envoyer ma demande",
	sending: "Enregistrement…",
	edit: "Modifier",
	optional: "facultatif",
	step: (n: number, of: number) => `Étape ${n} sur ${of}`,

	who: {
		title: "Comment vous joindre\u00a0?",
		name: "Votre nom",
		country: "Pays",
		phone: "Téléphone",
		email: "E-mail",
		city: "Ville où vous vivez",
	},
	what: {
		title: "Que cherchez-vous\u00a0?",
		hint: "Répondez à ce que vous voulez\u00a0: rien n’est obligatoire ici.",
		interests: "Ce qui vous plaît",
		none: "Aucun projet choisi\u00a0: votre conseiller vous en proposera.",
		gone: "Ce projet n’est plus proposé",
		goneUnit: "Ce bien n’est plus proposé",
		wanted: "Vous cherchez",
		fromSearch: "d’après votre recherche",
		remove: (title: string) => `Retirer ${isolated(title)}`,
		budget: "Votre budget",
		upTo: (centimes: number) => `Jusqu’à ${amount(centimes)}`,
		purpose: "C’est pour…",
		purposes: {
			live: "Y habiter",
			invest: "Investir",
			family: "Ma famille",
			plot: "Construire",
			business: "Une activité",
			other: "Autre chose",
		},
		desk: "Vous préférez parler à…",
		desks: {
			advisor: "Un conseiller",
			bank: "Une banque",
			notary: "Un notaire",
			ministry: "Le service de l’aide au logement",
		},
		note: "Un mot à ajouter",
	},
	when: {
		title: "Comment vous répondre\u00a0?",
		language: "Dans quelle langue\u00a0?",
		channel: "Par quel moyen\u00a0?",
		channels: { call: "Appel", whatsapp: "WhatsApp", email: "E-mail" },
		consents: "Votre accord",
		consentsHint:
			"Touchez la case de chaque moyen choisi. Les autres cases sont libres\u00a0: elles ne changent rien au service.",
		noticeFailed: "Le texte sur vos données n’a pas pu être affiché.",
		retry: "Réessayer",
	},
	discuss: {
		advisor: "En parler avec un conseiller",
		bank: "En parler avec la banque",
		notary: "En parler avec le notaire",
		ministry: "En parler avec le ministère",
	} satisfies Record<Desk, string>,
	result: {
		title: "Votre résultat",
		share: "Envoyer mon résultat avec la demande",
		hint: "Seules les lignes affichées ici sont envoyées, et seulement avec votre coche.",
		attached: "Résultat joint à la demande",
		budget: (total: number) => `Budget\u00a0: ${amount(total)}`,
		cash: (sum: number) => `Disponible\u00a0: ${amount(sum)}`,
		loan: (sum: number) => `Crédit\u00a0: ${amount(sum)}`,
		unitPlan: (number: string, price: number) => `Bien ${isolated(number)}\u00a0: ${amount(price)}`,
		total: (low: number, high: number) => `Total à prévoir, frais compris\u00a0: ${range(low, high)}`,
		totalWithAid: (low: number, high: number) => `Si l’aide est accordée\u00a0: ${range(low, high)}`,
		monthly: (sum: number) => `Mensualité\u00a0: ${amount(sum)}`,
		unit: (number: string) => `Bien ${isolated(number)}`,
		aid: (sum: number) => `Aide\u00a0: ${amount(sum)}`,
		stay: (arrival: string, departure: string) => `Séjour du ${date(arrival)} au ${date(departure)}`,
		lastSignature: (day: string) => `Dernière signature\u00a0: ${date(day)}`,
	},
	review: {
		title: "Tout est juste\u00a0?",
		you: "Vous",
		project: "Votre projet",
		reply: "Notre réponse",
		nothing: "Rien de précisé",
		agreed: "Vous acceptez",
	},
	promise: {
		title: "Votre numéro, et ce que nous en faisons",
		call: "Un conseiller vous rappelle",
		callText:
			"Nous vous appelons seulement si vous cochez la case «\u00a0appel\u00a0». Tout appel à but commercial suppose votre accord préalable\u00a0; vous pouvez le retirer à tout moment.",
		sealed: "Protégé tout de suite",
		sealedText: "Vos réponses sont chiffrées dès l’envoi. Le visiteur suivant ne peut pas les voir.",
		yours: "Vous décidez",
		yoursText: "Vous pouvez demander à les lire, les corriger ou les effacer, quand vous voulez.",
		read: "Lire la notice complète",
	},
	phoneCountry: {
		title: (country: string, morocco: string) => `${isolated(country)} ou ${isolated(morocco)}\u00a0?`,
		text: "Ce numéro existe dans les deux pays. Lequel est le vôtre\u00a0?",
	},
	countries: {
		title: "Votre pays",
		search: "Chercher un pays ou un indicatif",
		empty: "Aucun pays ne correspond.",
	},
	leave: {
		title: "Quitter le formulaire\u00a0?",
		text: "Vos réponses ne sont pas encore envoyées. Si vous les gardez, elles restent sur cette borne jusqu’à la fin de votre visite.",
		erase: "Effacer mes réponses",
		keep: "Garder mes réponses et continuer",
		end: "Tout effacer et terminer ma visite",
	},
	closed: {
		title: "Cette borne ne peut pas prendre votre demande pour l’instant",
		text: "Adressez-vous à l’équipe du stand\u00a0: elle la notera avec vous. Vous pouvez continuer à regarder les projets.",
		action: "Retour aux projets",
	},
	failed: {
		title: "Votre demande n’est pas encore enregistrée",
		text: "Rien n’est perdu\u00a0: touchez «\u00a0Réessayer\u00a0». Si cela dure, l’équipe du stand vous aidera.",
		full: "La borne n’a plus de place. Rien n’est perdu à l’écran\u00a0: appelez l’équipe du stand.",
		retry: "Réessayer",
	},
	thanks: {
		title: "Merci, c’est noté",
		ticket: "Votre numéro de demande",
		qr: "Photographiez ce code pour garder votre numéro.",
		next: "Et maintenant\u00a0?",
		steps: {
			call: "Un conseiller d’Al Omrane vous appelle au numéro donné.",
			whatsapp: "Un conseiller d’Al Omrane vous écrit sur WhatsApp au numéro donné.",
			email: "Un conseiller d’Al Omrane vous écrit à l’adresse donnée.",
		},
		prepare: "La personne qui vous contacte aura vos réponses\u00a0: vous n’aurez rien à répéter.",
		forget: "Donnez votre numéro de demande pour toute question, ou pour effacer vos données.",
		done: "Terminer",
		about: "Votre demande porte sur",
		goOn: "Continuer ma visite",
		take: "Copier ma sélection sur mon téléphone",
	},
	/** What to do about an error, by its code. */
	errors: {
		required: (_: Params) => "Remplissez cette case.",
		too_long: ({ max }: Params) => `Texte trop long\u00a0: ${max} lettres au maximum.`,
		name_invalid: (_: Params) => "Écrivez un nom avec des lettres, sans chiffres.",
		phone_invalid: (_: Params) => "Ce numéro n’existe pas dans ce pays. Vérifiez le pays et les chiffres.",
		phone_too_short: (_: Params) => "Il manque des chiffres à ce numéro.",
		phone_too_long: (_: Params) => "Ce numéro a trop de chiffres.",
		phone_country_unknown: (_: Params) => "Choisissez le pays de ce numéro.",
		email_invalid: (_: Params) => "Écrivez une adresse comme nom@exemple.com.",
		consent_required: ({ channel }: Params) =>
			`Pour vous répondre, il nous faut votre accord pour ${channels[channel ?? ""] ?? "le moyen choisi"}.`,
		channel_needs_phone: (_: Params) => "Ajoutez un numéro de téléphone, ou choisissez un autre moyen.",
		channel_needs_email: (_: Params) => "Ajoutez une adresse e-mail, ou choisissez un autre moyen.",
		unknown_project: (_: Params) => "Un de ces projets n’est plus proposé\u00a0: retirez-le.",
		unknown_unit: (_: Params) => "Un de ces biens n’est plus proposé\u00a0: retirez-le.",
		unknown_town: (_: Params) => "Une de ces villes n’a plus de projet\u00a0: retirez-la.",
		unknown_bank: (_: Params) => "Choisissez une banque présente sur le stand.",
		country_invalid: (_: Params) => "Choisissez un pays dans la liste.",
		budget_invalid: (_: Params) => "Choisissez un budget dans la liste.",
		result_invalid: (_: Params) => "Ce résultat ne peut pas être envoyé\u00a0: décochez-le.",
		unknown_partner: (_: Params) => "Choisissez une personne ou un organisme de la liste.",
		unknown_language: (_: Params) => "Choisissez une langue de la liste.",
		stay_invalid: (_: Params) =>
			"Choisissez un jour d’arrivée et un jour de départ à venir, à moins d’un an l’un de l’autre.",
		not_allowed_characters: (_: Params) => "Enlevez les signes spéciaux.",
	} satisfies Record<FieldCode, (params: Params) => string>,
	/** Replaces the general message `required` for these fields. */
	missing: { phone: "Donnez un numéro de téléphone ou une adresse e-mail." },
};
