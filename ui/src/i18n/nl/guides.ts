import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { nl as plural } from "../plural";

const { date, number } = formatsIn("nl");

export const guides: typeof Reference = {
	title: "Gidsen en balies",
	lead: "De stappen van een aankoop in eenvoudige woorden, en de mensen op deze stand die u antwoorden.",
	demonstration: "Demonstratieteksten",
	door: "Gidsen en balies",
	doorText: "De stappen, de papieren en wie u op de stand antwoordt",
	doorPartners: "De balies",
	doorPartnersText: "Bank, notaris, ministerie: wie u op de stand antwoordt",
	count: (n) => plural(n, { one: `${number(n)} gids`, other: `${number(n)} gidsen` }),
	situations: {
		buying: "Van het eerste bezoek tot de sleutels",
		off_plan: "Op plan kopen",
		building: "Een kavel kopen en bouwen",
		from_abroad: "Kopen vanuit het buitenland",
		financing: "Financiering",
		safety: "Veilig kopen",
		afterwards: "Na de aankoop",
	},
	partners: "Op deze stand",
	version: "Versie van de gids",
	short: "In het kort",
	detailed: "In detail",
	papers: "Papieren die u nodig hebt",
	papersHint: "Vink aan wat u al hebt. Uw vinkjes worden aan het einde van uw bezoek gewist.",
	ready: (n, of) => `${number(n)} van ${number(of)}`,
	take: "Deze gids meenemen",
	takePapers: "De lijst meenemen",
	notice: "Let op",
	checked: (day) => `Gecontroleerd op ${date(day)}`,
	indicative: "Alleen ter informatie: de notaris en de overheid beslissen.",
	answers: "Wie u hier antwoordt",
	desk: "Waar",
	hours: "Openingstijden",
	standHours: "Tijdens de openingstijden van de stand",
	languages: "Gesproken talen",
	topics: "Onderwerpen",
	callBack: "Door deze balie teruggebeld worden",
	see: "Deze balie bekijken",
	guidesOf: "Gidsen over deze onderwerpen",
	note: (name) => `Gevraagde balie: ${name}`,
	gone: "Deze gids staat niet meer in de catalogus",
	goneText: "De catalogus is zojuist bijgewerkt.",
	all: "Alle gidsen",
	open: "De gids lezen",
	forThisUnit: "Gidsen voor dit object",
	takeaway: {
		title: "Neem de gids mee",
		says: "Wat de code zegt",
		code: "QR-code van de gids: de tekst staat ernaast.",
		leftOut: (n) =>
			plural(n, {
				one: "Eén regel past niet in de code: maak een foto van de volledige lijst op de pagina van de gids.",
				other: `${number(n)} regels passen niet in de code: maak een foto van de volledige lijst op de pagina van de gids.`,
			}),
		steps: [
			"Open de camera van uw telefoon.",
			"Richt op de code zonder het scherm aan te raken: de telefoon stelt voor een contact toe te voegen.",
			"Voeg het toe: de lijst staat in de notities en is zonder internet te lezen.",
		],
	},
};
