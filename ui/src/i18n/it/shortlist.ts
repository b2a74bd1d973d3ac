import { formatsIn, isolated } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { it as plural } from "../plural";

const { amount, number } = formatsIn("it");

export const shortlist: typeof Reference = {
	title: "La mia selezione",
	kept: (n) => plural(n, { one: `${number(n)} immobile salvato`, other: `${number(n)} immobili salvati` }),
	sum: (centimes, exact) => (exact ? `Insieme: ${amount(centimes)}` : `Insieme: da ${amount(centimes)}`),
	range: (low, high) => (low === high ? amount(high) : `da ${amount(low)} a ${amount(high)}`),
	toPlan: (n) =>
		plural(n, {
			one: "Totale stimato dell’immobile salvato, con le spese",
			other: `Totale stimato dei ${number(n)} immobili salvati, con le spese`,
		}),
	toPlanWithAid: "Se l’aiuto è concesso, una volta",
	toPlanNote: "A titolo indicativo. L’aiuto è concesso una sola volta per persona.",
	memory: "Conservata solo durante la visita, poi cancellata.",
	emptyTitle: "Ancora niente di salvato",
	emptyText:
		"Tocca «Salva» su un progetto o un immobile. Poi puoi confrontare, salvare tutto sul telefono o chiedere di essere richiamato.",
	gone: "Non è più nel catalogo",
	remove: "Rimuovi",
	removeThis: (title) => `Rimuovi ${isolated(title)} dalla mia selezione`,
	removed: (title) => `${isolated(title)} è stato rimosso.`,
	undo: "Annulla",
	pick: "Seleziona",
	picked: "Selezionato",
	pickThis: (title) => `Seleziona ${isolated(title)} per confrontarlo o salvarlo sul telefono`,
	pickHint: "Seleziona 2 o 3 immobili, poi tocca «Confronta» o «Salva sul telefono».",
	pickCount: (n, of) => `${n} di ${of}`,
	compare: "Confronta",
	compareMore: "Salva un secondo immobile per confrontare.",
	take: "Salva sul telefono",
	callAbout: "Richiamatemi per questi progetti",
	fullTitle: "La tua selezione è piena",
	fullText: (n) => `Hai già salvato ${n} immobili. Rimuovine uno per salvarne un altro.`,
	see: "Vedi la mia selezione",
	compared: {
		title: "Confronta",
		caption: "I tuoi immobili fianco a fianco",
		onlyDifferences: "Solo le differenze",
		differs: "diverso",
		nothingDiffers: "Sono identici nel nostro catalogo.",
		alone: "Selezionane due per confrontare.",
		another: "Scegline un altro",
		notSaid: "non indicato",
		removeThis: (title) => `Rimuovi ${isolated(title)} dal confronto`,
		callMe: "Richiamatemi",
		callAboutThis: (title) => `Richiamatemi per ${isolated(title)}`,
		toPlan: "Totale senza l’aiuto, con le spese",
		toPlanWithAid: "Totale se l’aiuto è concesso",
		availability: "Disponibilità",
		pricePerSquareMetre: "Prezzo al m²",
		type: "Tipo di immobile",
		place: "Luogo",
		buildingPermit: "Permesso di costruire",
		habitationPermit: "Certificato di abitabilità",
		aid: "Daam Sakane, a titolo indicativo",
		offer: "Offerta",
		noOffer: "Nessuna",
		features: "Sul posto e intorno",
		seller: "Proposto da",
	},
	takeaway: {
		title: "Sul tuo telefono",
		steps: [
			"Apri la fotocamera del telefono.",
			"Inquadra il codice senza toccarlo: propone di aggiungere un contatto.",
			"Aggiungilo: la tua selezione è nelle note e si legge senza internet.",
		],
		photo: "Non appare niente? Fotografa semplicemente questa schermata.",
		says: "Che cosa dice il codice",
		code: "Codice QR della tua selezione: il testo è scritto accanto.",
		leftOut: (n) =>
			plural(n, {
				one: "1 immobile non è nel codice: un codice ne contiene al massimo 3.",
				other: `${n} immobili non sono nel codice: un codice ne contiene al massimo 3.`,
			}),
		gone: "Questi immobili non sono più nel catalogo",
		goneText: "Il catalogo è stato appena aggiornato. Ti aspettano altri progetti.",
	},
};
