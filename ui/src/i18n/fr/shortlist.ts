import { formatsIn, isolated } from "../format";
import { fr as plural } from "../plural";

const { amount, number } = formatsIn("fr");

export const shortlist = {
	title: "Ma sélection",
	kept: (n: number) => plural(n, { one: `${number(n)} bien gardé`, other: `${number(n)} biens gardés` }),
	sum: (centimes: number, exact: boolean) =>
		exact ? `Ensemble\u00a0: ${amount(centimes)}` : `Ensemble\u00a0: à partir de ${amount(centimes)}`,
	range: (low: number, high: number) => (low === high ? amount(high) : `${amount(low)} à ${amount(high)}`),
	toPlan: (n: number) =>
		plural(n, {
			one: "Total à prévoir pour le bien gardé, frais compris",
			other: `Total à prévoir pour les ${number(n)} biens gardés, frais compris`,
		}),
	toPlanWithAid: "Si l’aide est accordée, une seule fois",
	toPlanNote: "À titre indicatif. L’aide n’est accordée qu’une fois par personne.",
	memory: "Gardée le temps de votre visite seulement, puis effacée.",
	emptyTitle: "Rien de gardé pour le moment",
	emptyText:
		"Touchez «\u00a0Garder\u00a0» sur un projet ou sur un bien. Vous pourrez ensuite comparer, tout copier sur votre téléphone, ou demander un appel.",
	gone: "N’est plus au catalogue",
	remove: "Retirer",
	removeThis: (title: string) => `Retirer ${isolated(title)} de ma sélection`,
	removed: (title: string) => `${isolated(title)} a été retiré.`,
	undo: "Annuler",
	pick: "Cocher",
	picked: "Coché",
	pickThis: (title: string) => `Cocher ${isolated(title)} pour comparer ou copier sur le téléphone`,
	pickHint: "Cochez 2 ou 3 biens, puis touchez «\u00a0Comparer\u00a0» ou «\u00a0Copier sur mon téléphone\u00a0».",
	pickCount: (n: number, of: number) => `${n} sur ${of}`,
	compare: "Comparer",
	compareMore: "Gardez un deuxième bien pour comparer.",
	take: "Copier sur mon téléphone",
	callAbout: "Rappelez-moi pour ces projets",
	fullTitle: "Votre sélection est pleine",
	fullText: (n: number) => `Vous gardez déjà ${n} biens. Retirez-en un pour en garder un autre.`,
	see: "Voir ma sélection",
	compared: {
		title: "Comparer",
		caption: "Vos biens côte à côte",
		onlyDifferences: "Seulement les différences",
		differs: "différent",
		nothingDiffers: "Ces biens sont identiques dans notre catalogue.",
		alone: "Cochez deux biens pour comparer.",
		another: "En choisir un autre",
		notSaid: "non précisé",
		removeThis: (title: string) => `Retirer ${isolated(title)} de la comparaison`,
		callMe: "Rappelez-moi",
		callAboutThis: (title: string) => `Rappelez-moi au sujet de ${isolated(title)}`,
		toPlan: "Total sans l’aide, frais compris",
		toPlanWithAid: "Total si l’aide est accordée",
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
		title: "Sur votre téléphone",
		steps: [
			"Ouvrez l’appareil photo de votre téléphone.",
			"Visez le code sans le toucher\u00a0: il propose d’ajouter un contact.",
			"Ajoutez-le\u00a0: votre sélection est dans ses notes et se lit sans Internet.",
		],
		photo: "Rien ne s’affiche\u00a0? Prenez simplement cet écran en photo.",
		says: "Ce que dit le code",
		code: "Code QR de votre sélection\u00a0: le texte est écrit à côté.",
		leftOut: (n: number) =>
			plural(n, {
				one: "1 bien n’est pas dans le code\u00a0: un code en contient 3 au maximum.",
				other: `${n} biens ne sont pas dans le code\u00a0: un code en contient 3 au maximum.`,
			}),
		gone: "Ces biens ne sont plus au catalogue",
		goneText: "Le catalogue vient d’être mis à jour. D’autres projets vous attendent.",
	},
};
