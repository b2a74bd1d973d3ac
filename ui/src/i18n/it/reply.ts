import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { it as plural } from "../plural";

const { number } = formatsIn("it");

export const reply: typeof Reference = {
	finish: "Vai alla fine",
	enough: "Basta uno dei due.",
	partner: "Con chi?",
	partnerAny: "Nessuna preferenza",
	onBehalf: "Per chi è questa richiesta?",
	whom: { myself: "Per me", family: "Per la mia famiglia", other: "Per un’altra persona" },
	detail: "Chi? Per esempio: mia madre",
	several: "Puoi sceglierne più di uno.",
	amazigh: "Amazigh",
	reach: "Quando possiamo contattarti?",
	slots: { morning: "Mattina", afternoon: "Pomeriggio", evening: "Sera", weekend: "Fine settimana" },
	weekdays: "Da lunedì a venerdì",
	weekend: "Sabato e domenica",
	timeOf: (place: string) => `Orari del tuo Paese: ${isolated(place)}`,
	morocco: (hours: string) => `in Marocco: ${isolated(hours)}`,
	nextDay: "(il giorno dopo)",
	previousDay: "(il giorno prima)",
	failed: "Non è stato possibile mostrare gli orari.",
	stay: "Un appuntamento in un’agenzia in Marocco?",
	clear: "Cancella le date",
	reachable: (parts: string) => `Contattabile: ${parts}`,
	within: (days: number) =>
		plural(days, {
			one: "Risposta entro un giorno lavorativo.",
			other: `Risposta entro ${number(days)} giorni lavorativi.`,
		}),
	again: "Altra richiesta, stesso contatto",
	calendar: "Fotografa questo codice per aggiungere il soggiorno al tuo calendario.",
};
