import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { it as plural } from "../plural";

const { amount, date, number } = formatsIn("it");

const projects = (n: number) => plural(n, { one: `${number(n)} progetto`, other: `${number(n)} progetti` });

export const common: typeof Reference = {
	close: "Chiudi",
	back: "Indietro",
	home: "Inizio",
	explore: "Progetti",
	selection: "La mia selezione",
	language: "Lingua",
	comfort: "Schermo",
	callMe: "Richiamatemi",
	demonstration: "Dimostrazione: dati inventati",
	projects,
	retry: "Riprova",
	attract: {
		touch: "Tocca lo schermo per iniziare",
	},
	hero: {
		title: "Casa tua in Marocco",
		facts: (n, day) => `${projects(n)}, prezzi tasse incluse al ${date(day)}`,
		noCatalogue: "Il catalogo arriva presto. Lascia i tuoi contatti: un consulente ti presenterà i progetti.",
		action: "Vedi i progetti",
	},
	tiles: {
		town: "Nella mia città",
		townText: "Scrivi il nome della tua città o di quella dei tuoi genitori",
		aid: "Aiuto diretto per la casa",
		aidText: (upTo) => `Lo Stato può aiutarti fino a ${amount(upTo)}`,
		land: "Lotti e locali",
		landText: "Costruire una casa, aprire un negozio, avviare un’attività",
		callMe: "Richiamatemi",
		callMeText: "Lascia i tuoi contatti: un consulente risponde per telefono, WhatsApp o e-mail",
	},
	offerProjects: "Vedi i progetti in offerta",
	offersNow: "Offerte del momento",
	until: (day) => `fino al ${date(day)}`,
	languageSheet: {
		title: "Scegli la lingua",
		kept: "Niente di ciò che hai scelto o scritto andrà perso.",
	},
	comfortSheet: {
		title: "Schermo",
		text: "Dimensione del testo",
		normal: "Normale",
		large: "Grande",
		larger: "Molto grande",
		contrast: "Alto contrasto",
		contrastText: "Nero su bianco, bordi marcati",
		lowered: "Pulsanti più in basso",
		loweredText: "Tutto scende alla portata di una persona seduta",
		calm: "Meno movimento",
		calmText: "Le immagini cambiano senza movimento",
	},
	idle: {
		title: "Ci sei ancora?",
		text: (seconds) =>
			plural(seconds, {
				one: `Le tue risposte e le tue scelte saranno cancellate tra ${seconds} secondo.`,
				other: `Le tue risposte e le tue scelte saranno cancellate tra ${seconds} secondi.`,
			}),
		here: "Sono qui",
		end: "Ho finito",
	},
	failure: {
		title: "Un momento, per favore",
		text: "Questa schermata si è fermata. Tocca il pulsante per ricominciare.",
		action: "Ricomincia",
	},
	endVisit: {
		short: "Termina",
		title: "Terminare la visita?",
		text: "La tua selezione, la tua ricerca e le tue risposte saranno cancellate da questo chiosco.",
		confirm: "Cancella tutto e termina",
		stay: "Continua",
	},
	errorState: {
		title: "Un momento, per favore",
		text: "Questa pagina non si può mostrare. Tocca «Riprova» o chiedi al personale dello stand.",
		notFound: "Questo progetto non è più nel catalogo",
		notFoundText: "Il catalogo è stato appena aggiornato. Ti aspettano altri progetti.",
		noCatalogue: "Il catalogo non è ancora arrivato",
		noCatalogueText: "Lascia i tuoi contatti: un consulente ti presenterà i progetti che ti interessano.",
	},
};
