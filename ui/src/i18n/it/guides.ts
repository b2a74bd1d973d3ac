import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { it as plural } from "../plural";

const { date, number } = formatsIn("it");

export const guides: typeof Reference = {
	title: "Guide e sportelli",
	lead: "I passi di un acquisto in parole semplici, e le persone di questo stand che ti rispondono.",
	demonstration: "Testi di dimostrazione",
	door: "Guide e sportelli",
	doorText: "I passi, i documenti e chi ti risponde allo stand",
	doorPartners: "Gli sportelli",
	doorPartnersText: "Banca, notaio, ministero: chi ti risponde allo stand",
	count: (n) => plural(n, { one: `${number(n)} guida`, other: `${number(n)} guide` }),
	situations: {
		buying: "Dalla prima visita alle chiavi",
		off_plan: "Comprare sulla carta",
		building: "Comprare un lotto e costruire",
		from_abroad: "Comprare dall’estero",
		financing: "Finanziamento",
		safety: "Comprare in sicurezza",
		afterwards: "Dopo l’acquisto",
	},
	partners: "In questo stand",
	version: "Versione della guida",
	short: "In breve",
	detailed: "In dettaglio",
	papers: "Documenti da preparare",
	papersHint: "Spunta ciò che hai già. Le spunte si cancellano alla fine della visita.",
	ready: (n, of) => `${number(n)} di ${number(of)}`,
	take: "Porta con me questa guida",
	takePapers: "Porta con me l’elenco",
	notice: "Attenzione",
	checked: (day) => `Verificato il ${date(day)}`,
	indicative: "Solo a titolo informativo: decidono il notaio e le autorità.",
	answers: "Chi ti risponde qui",
	desk: "Dove",
	hours: "Orario",
	standHours: "Durante l’orario dello stand",
	languages: "Lingue parlate",
	topics: "Temi",
	callBack: "Fatti richiamare da questo sportello",
	see: "Vedi questo sportello",
	guidesOf: "Guide su questi temi",
	note: (name) => `Sportello richiesto: ${name}`,
	gone: "Questa guida non è più nel catalogo",
	goneText: "Il catalogo è stato appena aggiornato.",
	all: "Tutte le guide",
	open: "Leggi la guida",
	forThisUnit: "Guide per questo immobile",
	takeaway: {
		title: "Porta la guida con te",
		says: "Che cosa dice il codice",
		code: "Codice QR della guida: il testo è scritto accanto.",
		leftOut: (n) =>
			plural(n, {
				one: "Una riga non entra nel codice: fotografa l’elenco completo nella pagina della guida.",
				other: `${number(n)} righe non entrano nel codice: fotografa l’elenco completo nella pagina della guida.`,
			}),
		steps: [
			"Apri la fotocamera del telefono.",
			"Inquadra il codice senza toccarlo: propone di aggiungere un contatto.",
			"Aggiungilo: l’elenco è nelle note e si legge senza internet.",
		],
	},
};
