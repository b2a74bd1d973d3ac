import { formatsIn } from "../format";
import type { aid as French } from "../fr/aid";
import { it as plural } from "../plural";
import { rooms, years } from "./figures";

const { amount, date } = formatsIn("it");

export const aid: typeof French = {
	title: "Daam Sakane",
	open: "Rispondi alle domande",
	openText: "Sette domande al massimo, niente da scrivere",
	intro: {
		title: "Hai diritto all’aiuto diretto per la casa?",
		text: "Sette domande al massimo. Rispondi sì o no; ti diciamo che cosa significa.",
		kept: "Le tue risposte non sono né conservate né inviate. Spariscono quando lasci questa pagina.",
		alone: "Compro per conto mio",
		couple: "Siamo due acquirenti",
		coupleText: "Ognuno risponde a turno. C’è un solo risultato: non dice chi ha risposto che cosa.",
	},
	count: (n, most) => `Domanda ${n}, di ${most} al massimo`,
	person: (n) => (n === 1 ? "Prima persona" : "Seconda persona"),
	yes: "Sì",
	no: "No",
	unsure: "Non lo so",
	questions: {
		moroccan_national: () => "Hai la nazionalità marocchina?",
		first_state_aid: () => "Sarebbe il primo aiuto dello Stato che ricevi per una casa in Marocco?",
		only_home: () => "Il giorno dell’acquisto sarà l’unica casa che possiedi in Marocco?",
		only_a_share: () => "Possiedi solo una quota di quell’altra casa, per esempio per eredità?",
		main_home: (n) => `Per ${years(n)} sarà la tua casa in Marocco, o la presterai gratis a familiari stretti?`,
		no_letting: (n) => `In questi ${years(n)} la terrai senza affittarla?`,
		notary_and_mortgage: (n) =>
			`Accetti di firmare i due atti dal notaio, con un’ipoteca a favore dello Stato per ${years(n)}?`,
	},
	hints: {
		moroccan_national: () => "In Marocco o all’estero, da solo o no.",
		first_state_aid: () => "Rispondi «no» se ne hai già ricevuto uno.",
		only_home: () => "Rispondi «no» se ne possiedi già un’altra, anche in parte.",
		only_a_share: () => "Rispondi «no» se quella casa è tutta tua.",
		main_home: (n) => `Familiari stretti: coniuge, genitori o figli. I ${years(n)} cominciano con l’atto definitivo.`,
		no_letting: () => "Rispondi «sì» se ti impegni a non affittarla.",
		notary_and_mortgage: () => "L’ipoteca garantisce che queste condizioni siano rispettate.",
	},
	handOver: {
		title: "Passa lo schermo alla seconda persona",
		text: "Le risposte date non si vedono più. Saranno fatte di nuovo le stesse domande.",
		ready: "Ci sono",
	},
	restart: "Ricomincia",
	verdict: {
		met: "Potresti ricevere l’aiuto",
		unmet: "Secondo queste risposte l’aiuto non è possibile",
		to_confirm: "L’aiuto è forse possibile: da confermare allo sportello",
	},
	couple: "Una risposta per due acquirenti. Le regole per comprare in due si confermano allo sportello del ministero.",
	unmetTitle: "La condizione non rispettata",
	unmet: {
		moroccan_national: () => "L’aiuto è per le persone di nazionalità marocchina.",
		first_state_aid: () => "L’aiuto è solo per chi non ha mai ricevuto un aiuto dello Stato per una casa.",
		only_home: () => "Il giorno dell’acquisto chi compra non deve possedere case in Marocco.",
		only_a_share: () => "Il giorno dell’acquisto chi compra non deve possedere case in Marocco.",
		main_home: (n) => `Deve restare la casa principale per ${years(n)}, o essere prestata gratis a familiari stretti.`,
		no_letting: (n) => `La casa non può essere affittata per ${years(n)}.`,
		notary_and_mortgage: (n) => `I due atti si firmano dal notaio e lo Stato prende un’ipoteca per ${years(n)}.`,
	},
	unsureTitle: "Da verificare con il ministero",
	reportedTitle: (version) => `Legge del ${version}: riportata dalla stampa, da confermare`,
	reported: {
		co_owners_admitted: () =>
			"Possedere una quota di una casa, per esempio per eredità, non escluderebbe più dall’aiuto.",
		early_release_repaid: (n) => `Togliere l’ipoteca prima di ${years(n)} obbligherebbe a restituire tutto l’aiuto.`,
	},
	dependsOnReported: "Il tuo risultato dipende da questa legge: chiedi allo sportello se è applicata.",
	bandsTitle: "Importo secondo il prezzo tasse incluse",
	band: (centimes, above, limit) =>
		above === null
			? `${amount(centimes)} fino a ${amount(limit)}`
			: `${amount(centimes)} sopra ${amount(above)} e fino a ${amount(limit)}`,
	beyond: (limit) => `Nessun aiuto sopra ${amount(limit)}`,
	unitsTitle: "Per le tue case",
	obstacles: {
		price: () => "Nessun aiuto: il prezzo supera il limite.",
		type: () => "Nessun aiuto: questo tipo di immobile non dà diritto.",
		rooms: (n) => `Nessun aiuto: servono almeno ${rooms(n)}.`,
		permit: () => "Nessun aiuto: il certificato di abitabilità è troppo vecchio.",
	},
	homes: "Vedi le case interessate",
	stepsTitle: "I passi e i loro termini",
	steps: {
		register: "Ti iscrivi sul sito ufficiale.",
		first_approval: "Accordo preliminare.",
		preliminary_deed: "Firmi l’atto preliminare dal notaio.",
		notary_files: "Il notaio deposita l’atto e il certificato di abitabilità.",
		payment_to_notary: "L’aiuto è versato al notaio, non a te.",
		final_deed: "Firmi l’atto definitivo; altrimenti il denaro torna allo Stato.",
	},
	within: (days) => plural(days, { one: `Termine: ${days} giorno.`, other: `Termine: ${days} giorni.` }),
	toConfirm: "da confermare allo sportello",
	official: "Il sito ufficiale",
	scan: "Inquadralo con il telefono",
	source: (version, day) => `Indicativo: decidono il notaio e la CNRA. Regola ${version}, verificata il ${date(day)}.`,
	noRule: "Oggi nessuna regola è in vigore. Chiedi allo sportello del ministero.",
};
