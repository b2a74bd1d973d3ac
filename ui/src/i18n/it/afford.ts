import { formatsIn, isolated } from "../format";
import type { afford as french } from "../fr/afford";
import { it as plural } from "../plural";
import { percent } from "./figures";

const { amount, date } = formatsIn("it");

export const afford: typeof french = {
	title: "Che cosa posso permettermi?",
	tile: "Che cosa posso permettermi?",
	tileText: "Il tuo budget con tutte le spese e i progetti alla tua portata",
	step: (at, of) => `Domanda ${at} di ${of}`,
	questions: {
		cash: "Quanto hai oggi?",
		monthly: "Quanto puoi pagare ogni mese?",
		rate: "Quale tasso propone la tua banca?",
		years: "In quanti anni?",
		origin: "Da dove viene il denaro?",
	},
	hints: {
		cash: "I tuoi risparmi, senza mutuo. Niente viene conservato: le risposte si cancellano a fine visita.",
		monthly: "La rata di un mutuo, se ne prendi uno.",
		rate: "Il tasso annuo della tua banca. Questo chiosco non ne propone; va bene anche 0%. Chiedi se l’IVA sugli interessi è inclusa.",
		years: "La durata del mutuo.",
		origin: "Ne dipendono le regole di cambio, per l’acquisto e per un mutuo.",
	},
	units: { rate: "% all’anno", years: (n) => plural(n ?? 2, { one: "anno", other: "anni" }) },
	origins: { abroad: "Dall’estero", morocco: "Dal Marocco", both: "Da entrambi" },
	dirhams: "Dirham",
	approximation: (dirhams, day) => `Circa ${amount(dirhams)}, cambio indicativo del ${date(day)} (dimostrazione)`,
	answer: (digits, unit) => `${digits}\u00a0${unit}`,
	notAnswered: "Nessuna risposta",
	skip: "Salta",
	next: "Avanti",
	seeResult: "Vedi il risultato",
	change: "Modifica",
	restart: "Ricomincia",
	pad: { decimal: "Virgola", erase: "Cancella una cifra", clear: "Cancella tutto", less: "Meno", more: "Più" },
	resultTitle: "Il tuo budget",
	budget: "Budget totale",
	cash: "Disponibile",
	loan: "Mutuo che la rata rimborsa",
	within: "Progetti con un immobile alla tua portata, spese incluse",
	withoutAid: "Senza l’aiuto diretto",
	withAid: "Se l’aiuto è concesso",
	answers: "Le tue risposte",
	noResult: "Indica quanto hai, o una rata mensile con tasso e durata, per vedere che cosa è alla tua portata.",
	failed: "Il calcolo non è riuscito. Un consulente allo stand può aiutarti.",
	fault: (question, problem) =>
		problem === "zero"
			? "Il budget è zero: indica una somma o una rata mensile."
			: problem === "no_term"
				? "La durata è zero: indica almeno un anno."
				: problem === "negative"
					? "Un importo non può essere negativo: correggilo."
					: question === "rate"
						? "Questo tasso è troppo alto: indica al massimo 30%."
						: question === "years"
							? "Questa durata è troppo lunga: indica al massimo 40 anni."
							: "Questo importo è troppo grande: indica al massimo un miliardo di dirham.",
	banks: (low, high, yearsLow, yearsHigh) =>
		`Le banche limitano i debiti dal ${percent(low)} al ${percent(high)} del reddito e le durate da ${yearsLow} a ${yearsHigh} anni. Non è una decisione: chiedi a una banca.`,
	method: "Calcolo",
	methods: {
		price: "Prezzo del catalogo, tasse incluse.",
		registration: "Prezzo × aliquota dell’imposta di registro (costruito o terreno).",
		land_registry: "Prezzo × aliquota della conservatoria + parte fissa, con un minimo.",
		certificate: "Importo fisso per certificato.",
		notary: "Prezzo × aliquota, con un minimo: l’uso dà un intervallo.",
		notary_vat: "Onorario × aliquota IVA.",
		notary_package: (limit) =>
			`Al massimo questo forfait per case fino a ${amount(limit)}, tasse incluse, diritti dello Stato esclusi.`,
		miscellaneous: "Bolli, copie, pratiche: un intervallo secondo l’uso.",
		mortgage_entry: "Importo fisso fino a un limite, poi somma prestata × aliquota. Da confermare con il notaio.",
		untraced_payment:
			"Prezzo × aliquota se l’atto non indica i riferimenti del pagamento; solo sulla parte pagata in contanti, se c’è.",
		annuity:
			"Rata = somma × tasso mensile ÷ (1 − (1 + tasso mensile) elevato a −numero di mesi); a 0%, somma ÷ numero di mesi. Tasso e durata sono i tuoi.",
		off_plan: "Prezzo × quota di ogni tappa.",
		foreign: "Prezzo × quota pagata in valuta estera.",
	},
	source: "Fonte:",
	checked: (day) => `, verificata il ${date(day)}.`,
	toConfirm: "Da confermare allo stand.",
	range: "a",
	extra: {
		mortgage_entry: "Iscrizione dell’ipoteca (in più, con un mutuo)",
		untraced_payment: "Imposta evitata se paghi con bonifico, assegno barrato o carta",
	},
	threshold: (excess, limit, lost) =>
		`Questo prezzo supera di ${amount(excess)} la soglia di ${amount(limit)}: questa differenza costa ${amount(lost)} di aiuto.`,
	nearest: (number, price) => `Immobile più vicino sotto la soglia: ${isolated(number)}, ${amount(price)}`,
	noNearest: "Nessun immobile dello stesso tipo è disponibile sotto questa soglia.",
	paymentTitle: "Come pagarlo",
	needed: "Denaro necessario prima delle chiavi",
	neededWithAid: "Denaro necessario, se l’aiuto è concesso",
	loanSum: "Da chiedere in prestito",
	monthly: "Rata mensile",
	monthlyWithAid: "Rata mensile, se l’aiuto è concesso",
	answerFirst: "Rispondi ad alcune domande",
	noLoan: "Con quello che hai non serve un mutuo.",
	loanUnknown: "Senza tasso e durata la rata mensile non si calcola.",
	monthlyLeftOut: "Senza tasso e durata la rata mensile non conta in questo budget.",
	financed: (from, to) => `Le banche di solito finanziano da ${amount(from)} a ${amount(to)} di questo prezzo.`,
	tableTitle: "Il mutuo anno per anno",
	table: { year: "Anno", interest: "Interessi", repaid: "Rimborsato", rest: "Residuo" },
	chart: (years) => `Residuo alla fine di ogni anno, su ${years} anni`,
	offPlanTitle: "Pagamenti per fase di costruzione",
	stages: {
		reservation: "Prenotazione",
		preliminary_contract: "Contratto preliminare",
		start_of_works: "Inizio dei lavori",
		three_phases: "Tre fasi: fondamenta e piano terra, struttura, finiture con certificato",
		keys: "Atto definitivo e chiavi",
	},
	share: percent,
	beforeKeys: "Totale prima delle chiavi",
	guarantee:
		"Dopo il contratto preliminare, chiedi la garanzia di completamento o di rimborso. L’aiuto non è mai pagato alla prenotazione.",
	foreignTitle: "Quota pagata in valuta estera",
	foreignShare: (basisPoints) => `${percent(basisPoints)} del prezzo`,
	foreignRequired: (basisPoints, centimes) =>
		`Se vivi all’estero, un mutuo in dirham richiede almeno il ${percent(basisPoints)} del prezzo in valuta estera: ${amount(centimes)}. Puoi anche chiedere un mutuo come residente, senza il diritto di trasferire all’estero alla rivendita.`,
	foreignMissing: (centimes) => `Mancano ${amount(centimes)} in valuta estera per arrivare a questo minimo.`,
	foreignEnough: "Questa quota raggiunge il minimo.",
	transferable: (basisPoints) =>
		basisPoints >= 10_000
			? "Alla rivendita tutto il ricavato può essere trasferito all’estero."
			: basisPoints === 0
				? "Alla rivendita niente può essere trasferito all’estero."
				: `Alla rivendita solo la quota pagata in valuta estera (${percent(basisPoints)}) può essere trasferita all’estero.`,
	proofs: (centimes) =>
		`Conserva le ricevute dei bonifici e i certificati di cambio della tua banca. I contanti da ${amount(centimes)} si dichiarano in dogana.`,
	notCalculated: "Che cosa non è stato calcolato",
	desk: (name) => `Allo stand: ${isolated(name)}`,
	missing: {
		loan: "Accordo e tasso di una banca, assicurazione del mutuo, IVA sugli interessi",
		aid: "Il tuo diritto personale all’aiuto diretto",
		notary: "Le spese esatte dell’atto, l’aliquota ridotta della casa sociale convenzionata",
		advisor: "Tasse annuali e spese condominiali",
	},
	noCash: "Allo stand nessuno accetta contanti.",
};
