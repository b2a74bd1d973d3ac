import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { amount, date, number } = formatsIn("fr");

export const common = {
	close: "Fermer",
	back: "Retour",
	home: "Accueil",
	explore: "Projets",
	selection: "Ma sélection",
	language: "Langue",
	comfort: "Affichage",
	callMe: "Rappelez-moi",
	demonstration: "Démonstration\u00a0: données fictives",
	projects: (n: number) => plural(n, { one: `${number(n)} projet`, other: `${number(n)} projets` }),
	retry: "Réessayer",
	attract: {
		touch: "Touchez l’écran pour commencer",
	},
	hero: {
		title: "Chez vous au Maroc",
		facts: (n: number, day: string) =>
			plural(n, {
				one: `${number(n)} projet, prix TTC au ${date(day)}`,
				other: `${number(n)} projets, prix TTC au ${date(day)}`,
			}),
		noCatalogue: "Le catalogue arrive. Laissez vos coordonnées, un conseiller vous présentera les projets.",
		action: "Voir les projets",
	},
	tiles: {
		town: "Dans ma ville",
		townText: "Tapez le nom de votre ville ou de celle de vos parents",
		aid: "Aide directe au logement",
		aidText: (upTo: number) => `L’État peut vous aider\u00a0: jusqu’à ${amount(upTo)}`,
		land: "Terrains et locaux",
		landText: "Bâtir sa maison, ouvrir un commerce, installer une activité",
		callMe: "Rappelez-moi",
		callMeText: "Laissez vos coordonnées\u00a0: un conseiller vous répond par téléphone, WhatsApp ou e-mail",
	},
	offerProjects: "Voir les projets en offre",
	offersNow: "Offres en ce moment",
	until: (day: string) => `jusqu’au ${date(day)}`,
	languageSheet: {
		title: "Choisissez votre langue",
		kept: "Rien de ce que vous avez choisi ou écrit ne sera perdu.",
	},
	comfortSheet: {
		title: "Affichage",
		text: "Taille du texte",
		normal: "Normale",
		large: "Grande",
		larger: "Très grande",
		contrast: "Contraste renforcé",
		contrastText: "Noir sur blanc, bords marqués",
		lowered: "Boutons plus bas",
		loweredText: "Tout descend à portée d’une personne assise",
		calm: "Moins d’animations",
		calmText: "Les images changent sans mouvement",
	},
	idle: {
		title: "Toujours là\u00a0?",
		text: (seconds: number) =>
			plural(seconds, {
				one: `Vos réponses et vos choix seront effacés dans ${seconds} seconde.`,
				other: `Vos réponses et vos choix seront effacés dans ${seconds} secondes.`,
			}),
		here: "Je suis là",
		end: "J’ai terminé",
	},
	/** Shown in all languages at once when a script failed. */
	failure: {
		title: "Un instant, s’il vous plaît",
		text: "Cet écran s’est arrêté. Touchez le bouton pour recommencer.",
		action: "Recommencer",
	},
	endVisit: {
		short: "Terminer",
		title: "Terminer ma visite\u00a0?",
		text: "Votre sélection, votre recherche et vos réponses seront effacées de cette borne.",
		confirm: "Tout effacer et terminer",
		stay: "Continuer",
	},
	errorState: {
		title: "Un instant, s’il vous plaît",
		text: "Cette page ne s’affiche pas. Touchez «\u00a0Réessayer\u00a0» ou demandez à l’équipe du stand.",
		notFound: "Ce projet n’est plus au catalogue",
		notFoundText: "Le catalogue vient d’être mis à jour. D’autres projets vous attendent.",
		noCatalogue: "Le catalogue n’est pas encore là",
		noCatalogueText: "Laissez vos coordonnées\u00a0: un conseiller vous présentera les projets qui vous intéressent.",
	},
};
