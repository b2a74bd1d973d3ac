import type { Feature } from "@/host";
import { formatsIn, isolated } from "../format";
import { fr as plural } from "../plural";

const { amount, date, month, number } = formatsIn("fr");

const nth = (n: number) => (n === 1 ? "1er" : `${n}e`);
const floor = (n: number) => (n === 0 ? "rez-de-chaussée" : n < 0 ? `sous-sol ${-n}` : `${nth(n)} étage`);

const ratioRange = (from: string, to: string) => (from === to ? from : `${from} à ${to}`);

export const project = {
	save: "Garder",
	saved: "Gardé",
	callAbout: "Rappelez-moi pour ce projet",
	soldOutTitle: "Tout est vendu dans ce projet",
	soldOutText:
		"Voyez ci-dessous des projets du même genre, ou laissez vos coordonnées pour savoir quand d’autres biens seront en vente.",
	allReserved: "Tout est réservé pour l’instant",
	reservedText:
		"Une réservation peut être annulée\u00a0: laissez vos coordonnées pour le savoir, ou voyez des projets du même genre.",
	surface: "Surface",
	price: "Prix TTC",
	perSquareMetre: (centimes: number) => `${amount(centimes)}/m²`,
	overBudget: "au-dessus de votre budget",
	parts: { plan: "Plan", units: "Biens", costs: "Coût", place: "Lieu" },
	partsLabel: "Aller à une partie de la page",
	plan: {
		title: "Plan du projet",
		hint: "Touchez un emplacement du plan ou une ligne de la liste.",
		counted: (name: string, n: number) => `${isolated(name)}\u00a0: ${number(n)}`,
		inBudget: "dans votre budget",
		more: (n: number) => `Afficher la suite (${number(n)})`,
	},
	delivery: "Livraison",
	landTitle: "Titre foncier",
	landTitles: {
		titled: "Titré",
		in_progress: "Titre en cours",
		mother_title: "Titre mère",
	},
	availableOf: (n: number, total: number) =>
		plural(n, {
			one: `${number(n)} disponible sur ${number(total)}`,
			other: `${number(n)} disponibles sur ${number(total)}`,
		}),
	range: (from: number, to: number) => (from === to ? `${amount(from)} TTC` : `de ${amount(from)} à ${amount(to)} TTC`),
	deliveryStates: {
		delivered: "Prêt à habiter",
		deliveredLand: "Prêt à bâtir",
		under_construction: "En construction",
		off_plan: "Sur plan",
	},
	expected: (day: string) => `prévue en ${month(day)}`,
	number: "N°",
	floor: "Étage",
	floorShort: (n: number) => (n === 0 ? "RDC" : n < 0 ? `S-sol ${-n}` : String(n)),
	rooms: "Pièces",
	levels: "Niveaux",
	levelsN: (n: number) => `R+${n}`,
	facades: "Façades",
	cos: "Surface constructible (COS)",
	floorsSpan: (from: number, to: number): string =>
		from === to
			? floor(from)
			: from < 0
				? `du sous-sol ${-from} au ${floor(to)}`
				: from === 0
					? `du rez-de-chaussée au ${floor(to)}`
					: `du ${nth(from)} au ${floor(to)}`,
	roomsSpan: (from: number, to: number) =>
		from === to ? plural(from, { one: `${from} pièce`, other: `${from} pièces` }) : `${from} à ${to} pièces`,
	levelsSpan: (from: number, to: number) => (from === to ? `R+${from}` : `R+${from} à R+${to}`),
	facadesSpan: (from: number, to: number) =>
		from === to ? plural(from, { one: `${from} façade`, other: `${from} façades` }) : `${from} à ${to} façades`,
	cosSpan: (min: number, max: number) => ratioRange(number(min, 2), number(max, 2)),
	state: "État",
	status: { available: "Disponible", reserved: "Réservé", sold: "Vendu" },
	aid: {
		name: "Daam Sakane",
		eligible: (centimes: number) => `Aide ${amount(centimes)}`,
		at_delivery: "Aide à la livraison",
		to_confirm: "Aide à confirmer",
		not_eligible: "Sans aide",
		badge: "Aide possible",
		explain: {
			eligible: (centimes: number) =>
				`L’aide directe au logement pourrait être de ${amount(centimes)} pour ce bien, si vous remplissez les conditions.`,
			at_delivery: (centimes: number) =>
				`L’aide pourrait être de ${amount(centimes)}, seulement à la livraison\u00a0: le permis d’habiter n’est pas encore délivré.`,
			to_confirm: "Demandez au ministère si ce type de bien donne droit à l’aide.",
			not_eligible: "Ce bien ne donne pas droit à l’aide directe au logement.",
		},
		at_delivery_unknown:
			"L’aide est possible, seulement à la livraison\u00a0: le permis d’habiter n’est pas encore délivré.",
		rule: (rule: string, day: string) => `À titre indicatif, d’après les règles de ${rule}, vérifiées le ${date(day)}.`,
	},
	planTitle: (number: string) => `Budget pour ${isolated(number)}`,
	planTotal: "À prévoir",
	planWithoutAid: "Total sans l’aide",
	planWithAid: "Total si l’aide est accordée",
	planNote: (day: string) =>
		`Estimation indicative, règles vérifiées le ${date(day)}. Les frais réels sont établis par le notaire.`,
	planAria: "Détail du budget",
	estimated: "estimation",
	lines: {
		price: "Prix TTC",
		registration: "Droits d’enregistrement",
		land_registry: "Frais de conservation foncière",
		certificate: "Certificat de propriété",
		notary: "Honoraires du notaire",
		notary_vat: "TVA sur honoraires",
		notary_package: "Forfait du notaire TTC",
		miscellaneous: "Frais divers",
		aid: "Aide directe au logement",
	},
	unit: (type: string, number: string) => `${type} ${isolated(number)}`,
	showList: (n: number) =>
		n === 0
			? "Voir la liste"
			: plural(n, {
					one: `Voir la liste (${number(n)} disponible)`,
					other: `Voir la liste (${number(n)} disponibles)`,
				}),
	onlyAvailable: "Disponibles seulement",
	listed: (n: number) =>
		plural(n, { one: `${number(n)} bien dans la liste`, other: `${number(n)} biens dans la liste` }),
	noneAvailable: "Plus rien n’est disponible dans ce groupe pour le moment.",
	saveUnit: "Garder ce bien",
	savedUnit: "Bien gardé",
	callAboutUnit: "Rappelez-moi",
	planFailed: "Le détail n’a pas pu être calculé. Un conseiller peut vous le donner.",
	gone: { reserved: "Ce bien est réservé par une autre personne.", sold: "Ce bien est vendu." },
	offers: "Offres en cours",
	inside: "Dans le projet",
	around: "Autour",
	featureNames: {
		parking: "Stationnement",
		lift: "Ascenseur",
		green_space: "Espaces verts",
		playground: "Aire de jeux",
		school: "École",
		mosque: "Mosquée",
		shops: "Magasins",
		security: "Gardiennage",
		sea_view: "Vue sur mer",
		mountain_view: "Vue sur la montagne",
		transport: "Transports",
		health_centre: "Centre de santé",
		sport: "Terrain de sport",
		pool: "Piscine",
		terrace: "Terrasse",
	} satisfies Record<Feature, string>,
	about: "Le projet",
	contact: "Renseignements",
	similar: "Projets du même genre",
	seeSimilar: "Voir des projets du même genre",
	where: "Où se trouve le projet",
	whereMap: (town: string, region: string) => `Carte du Maroc\u00a0: ${isolated(town)}, région de ${isolated(region)}`,
	distances: {
		title: "Distances à vol d’oiseau",
		here: "Le projet",
		kinds: { town: "Centre-ville", sea: "Mer", station: "Gare", airport: "Aéroport" },
		about: (km: number) => (km === 0 ? "moins de 1\u00a0km" : `environ ${number(km)}\u00a0km`),
		short: (km: number) => (km === 0 ? "<\u00a01\u00a0km" : `${number(km)}\u00a0km`),
		note: "Par la route, la distance est plus grande.",
	},
	nearby: "À proximité",
	nearbyText: "D’autres projets à moins de 60\u00a0km",
	by: (name: string) => `Proposé par ${isolated(name)}`,
	permits: "Livraison et autorisations",
	permitNames: { building: "Permis de construire", habitation: "Permis d’habiter" },
	issued: (day: string) => `Délivré le ${date(day)}`,
	notSaid: "Date non communiquée",
	later: "À la fin des travaux",
	explain: {
		delivered: "Les travaux sont terminés, les clés sont remises après la signature chez le notaire.",
		deliveredLand: "Les lots sont équipés\u00a0: vous pouvez demander votre permis de construire.",
		under_construction: "Le chantier est en cours. On achète avant la fin des travaux et l’on paie par étapes.",
		off_plan: "Le chantier n’a pas commencé. On achète sur plan et l’on paie par étapes, selon l’avancement.",
		building: "La commune a autorisé les travaux. La loi l’exige avant toute réservation sur plan.",
		buildingLater: "La commune doit autoriser les travaux\u00a0; la loi l’exige avant toute réservation sur plan.",
		habitation:
			"Le bâtiment a été contrôlé\u00a0: on peut y habiter. Pour l’aide directe, le permis d’habiter doit être assez récent.",
		habitationLater:
			"Délivré après contrôle du bâtiment. Il faut l’attendre pour habiter et pour recevoir l’aide directe.",
		titled: "Le terrain est immatriculé à la Conservation foncière\u00a0: le titre est définitif.",
		in_progress: "L’immatriculation est demandée à la Conservation foncière\u00a0; le titre n’est pas encore établi.",
		mother_title: "Un seul titre couvre tout le terrain. Chaque lot aura son propre titre après le partage.",
	},
	offerDates: (from: string, to: string) => `Du ${date(from)} au ${date(to)}`,
	endsToday: "Se termine aujourd’hui",
	endsTomorrow: "Se termine demain",
	endsIn: (n: number) => plural(n, { one: `Se termine dans ${n} jour`, other: `Se termine dans ${n} jours` }),
	age: (n: number) => plural(n, { one: `il y a ${n} jour`, other: `il y a ${n} jours` }),
	stale: {
		clear: "Depuis, des prix ont pu changer et des biens être vendus. L’équipe du stand peut vérifier.",
		strong: "Ces informations sont anciennes\u00a0: ne vous y fiez pas sans les faire vérifier par l’équipe du stand.",
	},
	asOf: (day: string) => `Prix et disponibilités au ${date(day)}`,
	gallery: "Images du projet",
	previous: "Image précédente",
	next: "Image suivante",
	show: (n: number, kind: string) => `Image ${n}, ${kind}`,
	missingPicture: "Cette image n’est pas disponible",
	zoomIn: "Agrandir l’image",
	zoomOut: "Réduire l’image",
	pan: { left: "Vers la gauche", right: "Vers la droite", up: "Vers le haut", down: "Vers le bas" },
	enlarge: "Agrandir",
	kinds: { view: "Vue", elevation: "Façade", floor_plan: "Plan", site_plan: "Plan de masse" },
};
