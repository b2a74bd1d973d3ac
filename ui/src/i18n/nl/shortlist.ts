import { formatsIn, isolated } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { nl as plural } from "../plural";

const { amount, number } = formatsIn("nl");

export const shortlist: typeof Reference = {
	title: "Mijn selectie",
	kept: (n) => plural(n, { one: `${number(n)} object bewaard`, other: `${number(n)} objecten bewaard` }),
	sum: (centimes, exact) => (exact ? `Samen: ${amount(centimes)}` : `Samen: vanaf ${amount(centimes)}`),
	range: (low, high) => (low === high ? amount(high) : `${amount(low)} tot ${amount(high)}`),
	toPlan: (n) =>
		plural(n, {
			one: "Geraamd totaal voor het bewaarde object, met kosten",
			other: `Geraamd totaal voor de ${number(n)} bewaarde objecten, met kosten`,
		}),
	toPlanWithAid: "Als de steun wordt toegekend, één keer",
	toPlanNote: "Ter indicatie. De steun wordt maar één keer per persoon toegekend.",
	memory: "Alleen tijdens uw bezoek bewaard, daarna gewist.",
	emptyTitle: "Nog niets bewaard",
	emptyText:
		"Raak “Bewaren” aan bij een project of een object. Daarna kunt u vergelijken, alles op uw telefoon opslaan of vragen om gebeld te worden.",
	gone: "Niet meer in de catalogus",
	remove: "Verwijderen",
	removeThis: (title) => `${isolated(title)} uit mijn selectie verwijderen`,
	removed: (title) => `${isolated(title)} is verwijderd.`,
	undo: "Ongedaan maken",
	pick: "Aanvinken",
	picked: "Aangevinkt",
	pickThis: (title) => `${isolated(title)} aanvinken om te vergelijken of op te slaan`,
	pickHint: "Vink 2 of 3 objecten aan en raak “Vergelijken” of “Opslaan op mijn telefoon” aan.",
	pickCount: (n, of) => `${n} van ${of}`,
	compare: "Vergelijken",
	compareMore: "Bewaar een tweede object om te vergelijken.",
	take: "Opslaan op mijn telefoon",
	callAbout: "Bel mij terug over deze projecten",
	fullTitle: "Uw selectie is vol",
	fullText: (n) => `U hebt al ${n} objecten bewaard. Verwijder er een om een ander te bewaren.`,
	see: "Mijn selectie bekijken",
	compared: {
		title: "Vergelijken",
		caption: "Uw objecten naast elkaar",
		onlyDifferences: "Alleen verschillen",
		differs: "anders",
		nothingDiffers: "Deze zijn gelijk in onze catalogus.",
		alone: "Vink er twee aan om te vergelijken.",
		another: "Een ander kiezen",
		notSaid: "niet vermeld",
		removeThis: (title) => `${isolated(title)} uit de vergelijking verwijderen`,
		callMe: "Bel mij terug",
		callAboutThis: (title) => `Bel mij terug over ${isolated(title)}`,
		toPlan: "Totaal zonder de steun, met kosten",
		toPlanWithAid: "Totaal als de steun wordt toegekend",
		availability: "Beschikbaarheid",
		pricePerSquareMetre: "Prijs per m²",
		type: "Soort object",
		place: "Plaats",
		buildingPermit: "Bouwvergunning",
		habitationPermit: "Bewoningsvergunning",
		aid: "Daam Sakane, ter indicatie",
		offer: "Aanbieding",
		noOffer: "Geen",
		features: "Ter plaatse en in de buurt",
		seller: "Aangeboden door",
	},
	takeaway: {
		title: "Op uw telefoon",
		steps: [
			"Open de camera van uw telefoon.",
			"Richt op de code zonder het scherm aan te raken: de telefoon stelt voor een contact toe te voegen.",
			"Voeg het toe: uw selectie staat in de notities en is zonder internet te lezen.",
		],
		photo: "Verschijnt er niets? Maak dan een foto van dit scherm.",
		says: "Wat de code zegt",
		code: "QR-code van uw selectie: de tekst staat ernaast.",
		leftOut: (n) =>
			plural(n, {
				one: "1 object staat niet in de code: een code bevat er hoogstens 3.",
				other: `${n} objecten staan niet in de code: een code bevat er hoogstens 3.`,
			}),
		gone: "Deze objecten staan niet meer in de catalogus",
		goneText: "De catalogus is zojuist bijgewerkt. Er wachten andere projecten op u.",
	},
};
