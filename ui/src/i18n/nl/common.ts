import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { nl as plural } from "../plural";

const { amount, date, number } = formatsIn("nl");

const projects = (n: number) => plural(n, { one: `${number(n)} project`, other: `${number(n)} projecten` });

export const common: typeof Reference = {
	close: "Sluiten",
	back: "Terug",
	home: "Start",
	explore: "Projecten",
	selection: "Mijn selectie",
	language: "Taal",
	comfort: "Weergave",
	callMe: "Bel mij terug",
	demonstration: "Demonstratie: verzonnen gegevens",
	projects,
	retry: "Opnieuw proberen",
	attract: {
		touch: "Raak het scherm aan om te beginnen",
	},
	hero: {
		title: "Uw eigen woning in Marokko",
		facts: (n, day) => `${projects(n)}, prijzen inclusief alle belastingen op ${date(day)}`,
		noCatalogue: "De catalogus komt binnenkort. Laat uw gegevens achter, dan stelt een adviseur u de projecten voor.",
		action: "Bekijk de projecten",
	},
	tiles: {
		town: "In mijn stad",
		townText: "Typ de naam van uw stad, of die van uw ouders",
		aid: "Rechtstreekse woonsteun",
		aidText: (upTo) => `De staat kan u helpen met maximaal ${amount(upTo)}`,
		land: "Kavels en bedrijfsruimten",
		landText: "Een huis bouwen, een winkel openen, een zaak beginnen",
		callMe: "Bel mij terug",
		callMeText: "Laat uw gegevens achter: een adviseur antwoordt per telefoon, WhatsApp of e-mail",
	},
	offerProjects: "Bekijk projecten met een aanbieding",
	offersNow: "Aanbiedingen van nu",
	until: (day) => `tot en met ${date(day)}`,
	languageSheet: {
		title: "Kies uw taal",
		kept: "Niets van wat u hebt gekozen of getypt gaat verloren.",
	},
	comfortSheet: {
		title: "Weergave",
		text: "Tekstgrootte",
		normal: "Normaal",
		large: "Groot",
		larger: "Zeer groot",
		contrast: "Hoog contrast",
		contrastText: "Zwart op wit, duidelijke randen",
		lowered: "Knoppen lager",
		loweredText: "Alles komt binnen bereik van iemand die zit",
		calm: "Minder beweging",
		calmText: "Beelden wisselen zonder beweging",
	},
	idle: {
		title: "Bent u er nog?",
		text: (seconds) =>
			plural(seconds, {
				one: `Uw antwoorden en keuzes worden over ${seconds} seconde gewist.`,
				other: `Uw antwoorden en keuzes worden over ${seconds} seconden gewist.`,
			}),
		here: "Ik ben er nog",
		end: "Ik ben klaar",
	},
	failure: {
		title: "Een ogenblik, alstublieft",
		text: "Dit scherm is gestopt. Raak de knop aan om opnieuw te beginnen.",
		action: "Opnieuw beginnen",
	},
	endVisit: {
		short: "Afsluiten",
		title: "Mijn bezoek afsluiten?",
		text: "Uw selectie, uw zoekopdracht en uw antwoorden worden van deze kiosk gewist.",
		confirm: "Alles wissen en afsluiten",
		stay: "Doorgaan",
	},
	errorState: {
		title: "Een ogenblik, alstublieft",
		text: "Deze pagina kan niet worden getoond. Raak “Opnieuw proberen” aan of vraag het team van de stand.",
		notFound: "Dit project staat niet meer in de catalogus",
		notFoundText: "De catalogus is zojuist bijgewerkt. Er wachten andere projecten op u.",
		noCatalogue: "De catalogus is er nog niet",
		noCatalogueText: "Laat uw gegevens achter: een adviseur stelt u de projecten voor die u interesseren.",
	},
};
