import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("it");

export const summer: typeof French = {
	title: "Comprare durante il mio soggiorno",
	open: "Comprare durante il mio soggiorno",
	openText: "Le tue date, ogni passo al suo posto",
	askArrival: "Tocca il giorno del tuo arrivo in Marocco",
	askDeparture: (arrival) => `Arrivo il ${arrival}. Tocca il giorno della partenza`,
	stay: (arrival, departure) => `Dal ${arrival} al ${departure}`,
	explain: "Tocca le due date: il piano mette l’aiuto, la banca, la procura e il notaio nei tuoi giorni.",
	kept: "Le tue date non sono conservate. Si inviano solo se le alleghi a una richiesta.",
	previousMonth: "Mese precedente",
	nextMonth: "Mese successivo",
	purchase: "Il tuo acquisto",
	ready: "Casa finita",
	offPlan: "Sulla carta",
	withAid: "Con Daam Sakane",
	withLoan: "Con un mutuo",
	faults: {
		invalid_date: () => "Questa data non esiste. Tocca un altro giorno.",
		arrival_past: () => "Questo giorno è passato. Tocca un giorno di arrivo futuro.",
		departure_before_arrival: () => "La partenza è prima dell’arrivo. Tocca prima l’arrivo, poi la partenza.",
		too_far_ahead: ({ max_days_ahead }) =>
			`Questo soggiorno è troppo lontano per un piano: le regole possono cambiare. Scegli una data entro ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`Questo soggiorno supera ${daysOrYears(max_stay_days)}. Scegli una partenza più vicina.`,
	},
	noRule: "Oggi non c’è nessun piano disponibile. Chiedi allo sportello del notaio.",
	fit: {
		in_person: "Le tue date sembrano bastare",
		with_proxy: "Le tue date non bastano senza una procura",
		too_short: "Questo soggiorno sembra troppo corto: da confermare con il notaio",
	},
	inPersonText: "Tutte le firme con una data cadono nel tuo soggiorno.",
	stayUntil: (day) => `Per firmare tutto di persona, resta almeno fino al ${date(day)}.`,
	inPerson: "Serve la tua presenza",
	byProxy: "Dopo la partenza: per procura",
	proxyPossible: "Di persona, o per procura",
	atDelivery: "Alla consegna",
	stages: {
		documents: {
			title: "Raccogliere i documenti",
			text: () => "Carta o passaporto, iscrizione consolare, prove di reddito.",
		},
		bank_file: {
			title: "Pratica bancaria",
			text: () =>
				"Ogni banca ha i suoi tempi. Se vivi all’estero: prevedi una parte in valuta estera e conserva le prove.",
		},
		aid_registration: {
			title: "Iscriversi a Daam Sakane",
			text: ({ aid_page }) => `Su ${page(aid_page)}, prima del viaggio.`,
		},
		aid_approval: { title: "Accordo preliminare dell’aiuto", text: () => "Il termine fissato dalla regola." },
		visit: { title: "Visitare la casa", text: () => "Verifica il titolo, il permesso e la garanzia prima di firmare." },
		reservation: {
			title: "Contratto di prenotazione",
			text: ({ off_plan: sale }) =>
				sale
					? `Al massimo il ${percent(sale.reservation_bp)}, dopo il permesso di costruire. Puoi rinunciare per ${months(sale.withdrawal_months)}.`
					: "",
		},
		preliminary_contract: {
			title: "Contratto preliminare",
			text: ({ off_plan: sale }) =>
				sale
					? `Da un notaio, un adul o un avvocato autorizzato, al massimo ${months(sale.reservation_months)} dopo la prenotazione. Chiedi la garanzia.`
					: "",
		},
		preliminary_deed: {
			title: "Atto preliminare dal notaio",
			text: () => "Il notaio redige l’atto e custodisce il denaro.",
		},
		notary_files: {
			title: "Deposito da parte del notaio",
			text: () => "Il notaio deposita l’atto e il certificato di abitabilità.",
		},
		aid_payment: { title: "Versamento dell’aiuto", text: () => "Al notaio, non a te." },
		power_of_attorney: {
			title: "Procura",
			text: () =>
				"Di persona: al consolato con la tua carta, o da un notaio o adul in Marocco. Ha effetto solo quando è nel registro nazionale.",
		},
		final_deed: {
			title: "Atto definitivo",
			text: () => "Diventi proprietario con l’iscrizione alla conservatoria fondiaria.",
		},
		instalments: {
			title: "Pagamenti a tappe",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} all’inizio dei lavori, poi ${percent(sale.three_phases_bp)} in tre fasi.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Possibile alla consegna, con il certificato di abitabilità. Mai alla prenotazione.",
		},
		final_deed_at_delivery: {
			title: "Atto definitivo e chiavi",
			text: ({ off_plan: sale }) =>
				sale ? `Il restante ${percent(sale.keys_bp)}, in un altro soggiorno o per procura.` : "",
		},
	},
	takeaway: "Da portare con te",
	asText: "Testo",
	asCalendar: "Calendario",
	source: (version, day) =>
		`Piano indicativo, senza i giorni festivi. Tappe ${version}, verificate il ${date(day)}. Fai confermare le date al notaio.`,
};
