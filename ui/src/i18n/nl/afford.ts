import { formatsIn, isolated } from "../format";
import type { afford as french } from "../fr/afford";
import { percent } from "./figures";

const { amount, date } = formatsIn("nl");

export const afford: typeof french = {
	title: "Wat kan ik betalen?",
	tile: "Wat kan ik betalen?",
	tileText: "Uw budget met alle kosten, en de projecten binnen bereik",
	step: (at, of) => `Vraag ${at} van ${of}`,
	questions: {
		cash: "Hoeveel hebt u vandaag?",
		monthly: "Hoeveel kunt u per maand betalen?",
		rate: "Welke rente biedt uw bank?",
		years: "Over hoeveel jaar?",
		origin: "Waar komt het geld vandaan?",
	},
	hints: {
		cash: "Uw spaargeld, zonder lening. Er wordt niets bewaard: uw antwoorden worden na het bezoek gewist.",
		monthly: "De termijn van een lening, als u er een neemt.",
		rate: "De jaarrente van uw bank. Deze kiosk stelt er geen voor; 0% kan ook. Vraag of de btw op de rente is inbegrepen.",
		years: "De looptijd van de lening.",
		origin: "De valutaregels hangen ervan af, voor de aankoop en voor een lening.",
	},
	units: { rate: "% per jaar", years: () => "jaar" },
	origins: { abroad: "Uit het buitenland", morocco: "Uit Marokko", both: "Uit beide" },
	dirhams: "Dirham",
	approximation: (dirhams, day) => `Ongeveer ${amount(dirhams)}, indicatieve koers van ${date(day)} (demonstratie)`,
	answer: (digits, unit) => `${digits}\u00a0${unit}`,
	notAnswered: "Geen antwoord",
	skip: "Overslaan",
	next: "Volgende",
	seeResult: "Bekijk het resultaat",
	change: "Wijzigen",
	restart: "Opnieuw beginnen",
	pad: { decimal: "Komma", erase: "Een cijfer wissen", clear: "Wissen", less: "Minder", more: "Meer" },
	resultTitle: "Uw budget",
	budget: "Totaal budget",
	cash: "Beschikbaar",
	loan: "Lening die u met de termijn aflost",
	within: "Projecten met een object binnen bereik, kosten inbegrepen",
	withoutAid: "Zonder de rechtstreekse steun",
	withAid: "Als de steun wordt toegekend",
	answers: "Uw antwoorden",
	noResult: "Vul in wat u hebt, of een maandbedrag met rente en looptijd, om te zien wat binnen bereik is.",
	failed: "De berekening is mislukt. Een adviseur op de stand kan u helpen.",
	fault: (question, problem) =>
		problem === "zero"
			? "Het budget is nul: vul een bedrag of een maandbedrag in."
			: problem === "no_term"
				? "De looptijd is nul: vul minstens één jaar in."
				: problem === "negative"
					? "Een bedrag kan niet negatief zijn: verbeter het."
					: question === "rate"
						? "Deze rente is te hoog: vul hoogstens 30% in."
						: question === "years"
							? "Deze looptijd is te lang: vul hoogstens 40 jaar in."
							: "Dit bedrag is te groot: vul hoogstens een miljard dirham in.",
	banks: (low, high, yearsLow, yearsHigh) =>
		`Banken beperken schulden tot ${percent(low)} à ${percent(high)} van het inkomen en looptijden tot ${yearsLow} à ${yearsHigh} jaar. Dit is geen beslissing: vraag het een bank.`,
	method: "Berekening",
	methods: {
		price: "Prijs van de catalogus, inclusief alle belastingen.",
		registration: "Prijs × tarief van de registratierechten (gebouw of kale grond).",
		land_registry: "Prijs × tarief van het kadaster + vast deel, met een minimum.",
		certificate: "Vast bedrag per bewijs.",
		notary: "Prijs × tarief, met een minimum: het gebruik geeft een marge.",
		notary_vat: "Honorarium × btw-tarief.",
		notary_package: (limit) =>
			`Hoogstens dit tarief voor woningen tot ${amount(limit)}, inclusief alle belastingen, zonder de rechten van de staat.`,
		miscellaneous: "Zegels, kopieën, formaliteiten: een marge volgens gebruik.",
		mortgage_entry: "Vast bedrag tot een grens, daarna geleende som × tarief. Te bevestigen bij de notaris.",
		untraced_payment:
			"Prijs × tarief als de akte de gegevens van de betaling niet vermeldt; alleen over het contant betaalde deel, als dat er is.",
		annuity:
			"Termijn = som × maandrente ÷ (1 − (1 + maandrente) tot de macht −aantal maanden); bij 0% som ÷ aantal maanden. Rente en looptijd zijn die van u.",
		off_plan: "Prijs × aandeel van elke fase.",
		foreign: "Prijs × deel betaald in vreemde valuta.",
	},
	source: "Bron:",
	checked: (day) => `, gecontroleerd op ${date(day)}.`,
	toConfirm: "Op de stand te bevestigen.",
	range: "tot",
	extra: {
		mortgage_entry: "Inschrijving van de hypotheek (extra, bij een lening)",
		untraced_payment: "Recht dat u vermijdt als u per overschrijving, gekruiste cheque of kaart betaalt",
	},
	threshold: (excess, limit, lost) =>
		`Deze prijs ligt ${amount(excess)} boven de grens van ${amount(limit)}: dat verschil kost ${amount(lost)} aan steun.`,
	nearest: (number, price) => `Dichtstbijzijnde object onder de grens: ${isolated(number)}, ${amount(price)}`,
	noNearest: "Er is geen object van dezelfde soort beschikbaar onder deze grens.",
	paymentTitle: "Hoe u het betaalt",
	needed: "Geld nodig vóór de sleutels",
	neededWithAid: "Geld nodig, als de steun wordt toegekend",
	loanSum: "Te lenen",
	monthly: "Maandbedrag",
	monthlyWithAid: "Maandbedrag, als de steun wordt toegekend",
	answerFirst: "Een paar vragen beantwoorden",
	noLoan: "Met wat u hebt is geen lening nodig.",
	loanUnknown: "Zonder rente en looptijd wordt het maandbedrag niet berekend.",
	monthlyLeftOut: "Zonder rente en looptijd telt het maandbedrag niet mee in dit budget.",
	financed: (from, to) => `Banken financieren meestal ${amount(from)} tot ${amount(to)} van deze prijs.`,
	tableTitle: "De lening per jaar",
	table: { year: "Jaar", interest: "Rente", repaid: "Afgelost", rest: "Resterend" },
	chart: (years) => `Resterend aan het einde van elk jaar, over ${years} jaar`,
	offPlanTitle: "Betalingen per bouwfase",
	stages: {
		reservation: "Reservering",
		preliminary_contract: "Voorlopige koopakte",
		start_of_works: "Start van de bouw",
		three_phases: "Drie fasen: fundering en begane grond, ruwbouw, afwerking met vergunning",
		keys: "Definitieve akte en sleutels",
	},
	share: percent,
	beforeKeys: "Totaal vóór de sleutels",
	guarantee:
		"Vraag na de voorlopige koopakte de garantie van voltooiing of terugbetaling. De steun wordt nooit bij de reservering betaald.",
	foreignTitle: "Deel betaald in vreemde valuta",
	foreignShare: (basisPoints) => `${percent(basisPoints)} van de prijs`,
	foreignRequired: (basisPoints, centimes) =>
		`Als u in het buitenland woont, vraagt een lening in dirham minstens ${percent(basisPoints)} van de prijs in vreemde valuta: ${amount(centimes)}. U kunt ook lenen als inwoner, zonder recht om bij verkoop geld naar het buitenland over te maken.`,
	foreignMissing: (centimes) => `Er ontbreekt ${amount(centimes)} in vreemde valuta om dit minimum te halen.`,
	foreignEnough: "Dit deel haalt het minimum.",
	transferable: (basisPoints) =>
		basisPoints >= 10_000
			? "Bij verkoop kan de hele opbrengst naar het buitenland."
			: basisPoints === 0
				? "Bij verkoop kan niets naar het buitenland."
				: `Bij verkoop kan alleen het deel betaald in vreemde valuta (${percent(basisPoints)}) naar het buitenland.`,
	proofs: (centimes) =>
		`Bewaar de overschrijvingsberichten en de wisselbewijzen van uw bank. Contant geld vanaf ${amount(centimes)} geeft u aan bij de douane.`,
	notCalculated: "Wat niet is berekend",
	desk: (name) => `Op de stand: ${isolated(name)}`,
	missing: {
		loan: "Goedkeuring en rente van een bank, verzekering van de lening, btw op de rente",
		aid: "Uw persoonlijk recht op de rechtstreekse steun",
		notary: "De precieze kosten van de akte, het verlaagde tarief voor sociale woningen",
		advisor: "Jaarlijkse belastingen en bijdragen aan de mede-eigendom",
	},
	noCash: "Niemand neemt op de stand contant geld aan.",
};
