import { formatsIn } from "../format";
import { fr as plural } from "../plural";

const { amount, number } = formatsIn("fr");

export const shortlist = {
	title: "Ma sélection",
	kept: (n: number) => plural(n, { one: `${number(n)} choix gardé`, other: `${number(n)} choix gardés` }),
	sum: (centimes: number, exact: boolean) =>
		exact ? `Ensemble\u00a0: ${amount(centimes)}` : `Ensemble\u00a0: à partir de ${amount(centimes)}`,
	range: (low: number, high: number) => (low === high ? amount(high) : `${amount(low)} à ${amount(high)}`),
	toPlan: (n: number) =>
		plural(n, {
			one: "À prévoir pour l’unité gardée, frais compris",
			other: `À prévoir pour les ${number(n)} unités gardées, frais compris`,
		}),
	toPlanWithAid: "Si l’aide est accordée, une seule fois",
	toPlanNote: "À titre indicatif. L’aide n’est accordée qu’une fois par personne.",
	memory: "Gardée le temps de votre visite seulement, puis effacée.",
	emptyTitle: "Rien de gardé pour le moment",
	emptyText:
		"Touchez «\u00a0Garder\u00a0» sur un projet ou sur une unité. Vous pourrez ensuite comparer, tout emporter sur votre téléphone, ou demander à être rappelé.",
	gone: "N’est plus au catalogue",
	remove: "Retirer",
	removeThis: (title: string) => `Retirer ${title} de ma sélection`,
	removed: (title: string) => `${title} a été retiré.`,
	undo: "Annuler",
	pick: "Choisir",
	picked: "Choisi",
	pickThis: (title: string) => `Choisir ${title} pour comparer ou emporter`,
	pickHint: "Trois au plus se comparent ou s’emportent à la fois\u00a0: touchez «\u00a0Choisir\u00a0».",
	pickCount: (n: number, of: number) => `${n} sur ${of}`,
	compare: "Comparer",
	compareMore: "Gardez un deuxième choix pour comparer.",
	take: "Emporter sur mon téléphone",
	callAbout: "Être rappelé pour ces projets",
	fullTitle: "Votre sélection est pleine",
	fullText: (n: number) => `Vous gardez déjà ${n} choix. Retirez-en un pour en garder un autre.`,
	see: "Voir ma sélection",
	compared: {
		title: "Comparer",
		caption: "Vos choix côte à côte",
		onlyDifferences: "Seulement les différences",
		differs: "différent",
		nothingDiffers: "Rien ne distingue ces choix dans le catalogue.",
		alone: "Il faut deux choix pour comparer.",
		another: "En choisir un autre",
		notSaid: "non précisé",
		removeThis: (title: string) => `Retirer ${title} de la comparaison`,
		callMe: "Être rappelé",
		callAboutThis: (title: string) => `Être rappelé au sujet de ${title}`,
		toPlan: "À prévoir sans l’aide, frais compris",
		toPlanWithAid: "À prévoir si l’aide est accordée",
		availability: "Disponibilité",
		pricePerSquareMetre: "Prix au m²",
		type: "Type de bien",
		place: "Lieu",
		buildingPermit: "Permis de construire",
		habitationPermit: "Permis d’habiter",
		aid: "Daam Sakane, à titre indicatif",
		offer: "Offre",
		noOffer: "Aucune",
		features: "Sur place et autour",
		seller: "Proposé par",
	},
	takeaway: {
		title: "À emporter",
		steps: [
			"Ouvrez l’appareil photo de votre téléphone.",
			"Visez le code sans le toucher\u00a0: il propose d’ajouter un contact.",
			"Ajoutez-le\u00a0: votre sélection est dans ses notes et se lit sans réseau.",
		],
		photo: "Rien ne s’affiche\u00a0? Prenez simplement cet écran en photo.",
		says: "Ce que dit le code",
		code: "Code QR de votre sélection\u00a0: le texte est écrit à côté.",
		leftOut: (n: number) =>
			plural(n, {
				one: "Un choix n’y figure pas\u00a0: trois au plus tiennent dans un code, et seulement ceux du catalogue.",
				other: `${n} choix n’y figurent pas\u00a0: trois au plus tiennent dans un code, et seulement ceux du catalogue.`,
			}),
		gone: "Ces choix ne sont plus au catalogue",
		goneText: "Le catalogue vient d’être mis à jour. D’autres projets vous attendent.",
	},
};
