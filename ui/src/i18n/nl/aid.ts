import { formatsIn } from "../format";
import type { aid as French } from "../fr/aid";
import { nl as plural } from "../plural";
import { rooms, years } from "./figures";

const { amount, date } = formatsIn("nl");

export const aid: typeof French = {
	title: "Daam Sakane",
	open: "De vragen beantwoorden",
	openText: "Hoogstens zeven vragen, niets te typen",
	intro: {
		title: "Hebt u recht op de rechtstreekse woonsteun?",
		text: "Hoogstens zeven vragen. Antwoord ja of nee; wij zeggen wat het betekent.",
		kept: "Uw antwoorden worden niet bewaard en niet verstuurd. Ze verdwijnen als u deze pagina verlaat.",
		alone: "Ik koop alleen",
		couple: "Wij zijn met twee kopers",
		coupleText: "Ieder antwoordt om de beurt. Er is één resultaat: het zegt niet wie wat heeft geantwoord.",
	},
	count: (n, most) => `Vraag ${n}, van hoogstens ${most}`,
	person: (n) => (n === 1 ? "Eerste persoon" : "Tweede persoon"),
	yes: "Ja",
	no: "Nee",
	unsure: "Ik weet het niet",
	questions: {
		moroccan_national: () => "Hebt u de Marokkaanse nationaliteit?",
		first_state_aid: () => "Zou dit de eerste steun van de staat zijn die u voor een woning in Marokko krijgt?",
		only_home: () => "Is het op de dag van de aankoop de enige woning die u in Marokko bezit?",
		only_a_share: () => "Bezit u maar een deel van die andere woning, bijvoorbeeld door een erfenis?",
		main_home: (n) => `Wordt het ${years(n)} lang uw woning in Marokko, of leent u ze gratis uit aan naaste familie?`,
		no_letting: (n) => `Houdt u de woning in die ${years(n)} zonder ze te verhuren?`,
		notary_and_mortgage: (n) =>
			`Gaat u akkoord om beide akten bij een notaris te tekenen, met een hypotheek voor de staat gedurende ${years(n)}?`,
	},
	hints: {
		moroccan_national: () => "In Marokko of in het buitenland, alleenstaand of niet.",
		first_state_aid: () => "Antwoord “nee” als u al steun hebt gekregen.",
		only_home: () => "Antwoord “nee” als u er al een bezit, ook gedeeltelijk.",
		only_a_share: () => "Antwoord “nee” als die woning helemaal van u is.",
		main_home: (n) =>
			`Naaste familie: echtgenoot, ouders of kinderen. De ${years(n)} beginnen met de definitieve akte.`,
		no_letting: () => "Antwoord “ja” als u belooft niet te verhuren.",
		notary_and_mortgage: () => "De hypotheek garandeert dat deze voorwaarden worden nagekomen.",
	},
	handOver: {
		title: "Geef het scherm aan de tweede persoon",
		text: "De gegeven antwoorden zijn niet meer te zien. Dezelfde vragen worden opnieuw gesteld.",
		ready: "Ik ben klaar",
	},
	restart: "Opnieuw beginnen",
	verdict: {
		met: "U zou de steun kunnen krijgen",
		unmet: "Volgens deze antwoorden is de steun niet mogelijk",
		to_confirm: "De steun is misschien mogelijk: te bevestigen aan de balie",
	},
	couple: "Eén antwoord voor twee kopers. De regels voor samen kopen moet de balie van het ministerie bevestigen.",
	unmetTitle: "De voorwaarde die niet is vervuld",
	unmet: {
		moroccan_national: () => "De steun is voor mensen met de Marokkaanse nationaliteit.",
		first_state_aid: () => "De steun is alleen voor wie nooit steun van de staat voor een woning kreeg.",
		only_home: () => "Op de dag van de aankoop mag de koper geen woning in Marokko bezitten.",
		only_a_share: () => "Op de dag van de aankoop mag de koper geen woning in Marokko bezitten.",
		main_home: (n) => `Het moet ${years(n)} de hoofdwoning blijven, of gratis aan naaste familie worden uitgeleend.`,
		no_letting: (n) => `De woning mag ${years(n)} niet worden verhuurd.`,
		notary_and_mortgage: (n) =>
			`Beide akten worden bij een notaris getekend en de staat neemt ${years(n)} een hypotheek.`,
	},
	unsureTitle: "Na te vragen bij het ministerie",
	reportedTitle: (version) => `Wet van ${version}: volgens de pers, te bevestigen`,
	reported: {
		co_owners_admitted: () =>
			"Een deel van een woning bezitten, bijvoorbeeld door een erfenis, zou de steun niet meer uitsluiten.",
		early_release_repaid: (n) =>
			`Wie de hypotheek binnen ${years(n)} laat opheffen, zou alle steun moeten terugbetalen.`,
	},
	dependsOnReported: "Uw resultaat hangt van deze wet af: vraag aan de balie of ze wordt toegepast.",
	bandsTitle: "Bedrag volgens de prijs inclusief alle belastingen",
	band: (centimes, above, limit) =>
		above === null
			? `${amount(centimes)} tot ${amount(limit)}`
			: `${amount(centimes)} boven ${amount(above)} en tot ${amount(limit)}`,
	beyond: (limit) => `Geen steun boven ${amount(limit)}`,
	unitsTitle: "Voor uw woningen",
	obstacles: {
		price: () => "Geen steun: de prijs ligt boven het maximum.",
		type: () => "Geen steun: dit soort object komt niet in aanmerking.",
		rooms: (n) => `Geen steun: er zijn minstens ${rooms(n)} nodig.`,
		permit: () => "Geen steun: de bewoningsvergunning is te oud.",
	},
	homes: "Bekijk deze woningen",
	stepsTitle: "De stappen en hun termijnen",
	steps: {
		register: "U schrijft zich in op de officiële site.",
		first_approval: "Voorlopig akkoord.",
		preliminary_deed: "U tekent de voorlopige akte bij de notaris.",
		notary_files: "De notaris dient de akte en de bewoningsvergunning in.",
		payment_to_notary: "De steun wordt aan de notaris betaald, niet aan u.",
		final_deed: "U tekent de definitieve akte; anders gaat het geld terug naar de staat.",
	},
	within: (days) => plural(days, { one: `Termijn: ${days} dag.`, other: `Termijn: ${days} dagen.` }),
	toConfirm: "te bevestigen aan de balie",
	official: "De officiële site",
	scan: "Scan met uw telefoon",
	source: (version, day) =>
		`Indicatief: de notaris en de CNRA beslissen. Regel ${version}, gecontroleerd op ${date(day)}.`,
	noRule: "Vandaag is er geen regel van kracht. Vraag het aan de balie van het ministerie.",
};
