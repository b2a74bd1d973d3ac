import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("nl");

export const summer: typeof French = {
	title: "Kopen tijdens mijn verblijf",
	open: "Kopen tijdens mijn verblijf",
	openText: "Uw data, elke stap op zijn plaats",
	askArrival: "Raak de dag van uw aankomst in Marokko aan",
	askDeparture: (arrival) => `Aankomst op ${arrival}. Raak de dag van uw vertrek aan`,
	stay: (arrival, departure) => `Van ${arrival} tot ${departure}`,
	explain: "Raak beide data aan: het plan zet de steun, de bank, de volmacht en de notaris op uw dagen.",
	kept: "Uw data worden niet bewaard. Ze worden alleen verstuurd als u ze bij een aanvraag voegt.",
	previousMonth: "Vorige maand",
	nextMonth: "Volgende maand",
	purchase: "Uw aankoop",
	ready: "Afgewerkte woning",
	offPlan: "Op plan",
	withAid: "Met Daam Sakane",
	withLoan: "Met een lening",
	faults: {
		invalid_date: () => "Deze datum bestaat niet. Raak een andere dag aan.",
		arrival_past: () => "Deze dag is voorbij. Raak een toekomstige aankomstdag aan.",
		departure_before_arrival: () => "U vertrekt vóór u aankomt. Raak eerst de aankomst aan, dan het vertrek.",
		too_far_ahead: ({ max_days_ahead }) =>
			`Dit verblijf is te ver weg om te plannen: de regels kunnen veranderen. Kies een datum binnen ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`Dit verblijf is langer dan ${daysOrYears(max_stay_days)}. Kies een vroeger vertrek.`,
	},
	noRule: "Vandaag is er geen plan beschikbaar. Vraag het aan de balie van de notaris.",
	fit: {
		in_person: "Uw data lijken genoeg",
		with_proxy: "Uw data zijn niet genoeg zonder volmacht",
		too_short: "Dit verblijf lijkt te kort: te bevestigen bij de notaris",
	},
	inPersonText: "Alle handtekeningen met een datum vallen binnen uw verblijf.",
	stayUntil: (day) => `Blijf minstens tot ${date(day)} om alles zelf te tekenen.`,
	inPerson: "U moet er zelf zijn",
	byProxy: "Na uw vertrek: met volmacht",
	proxyPossible: "Zelf, of met volmacht",
	atDelivery: "Bij oplevering",
	stages: {
		documents: {
			title: "Documenten verzamelen",
			text: () => "Kaart of paspoort, consulaire inschrijving, bewijs van inkomen.",
		},
		bank_file: {
			title: "Bankdossier",
			text: () =>
				"Elke bank heeft een eigen termijn. Woont u in het buitenland: voorzie een deel in vreemde valuta en bewaar de bewijzen.",
		},
		aid_registration: {
			title: "Inschrijven voor Daam Sakane",
			text: ({ aid_page }) => `Op ${page(aid_page)}, vóór de reis.`,
		},
		aid_approval: { title: "Voorlopig akkoord over de steun", text: () => "De termijn die de regel bepaalt." },
		visit: {
			title: "De woning bezoeken",
			text: () => "Controleer de titel, de vergunning en de garantie voordat u tekent.",
		},
		reservation: {
			title: "Reserveringscontract",
			text: ({ off_plan: sale }) =>
				sale
					? `Hoogstens ${percent(sale.reservation_bp)}, na de bouwvergunning. U kunt ${months(sale.withdrawal_months)} afzien.`
					: "",
		},
		preliminary_contract: {
			title: "Voorlopig contract",
			text: ({ off_plan: sale }) =>
				sale
					? `Bij een notaris, adoul of erkende advocaat, hoogstens ${months(sale.reservation_months)} na de reservering. Vraag de garantie.`
					: "",
		},
		preliminary_deed: {
			title: "Voorlopige akte bij de notaris",
			text: () => "De notaris maakt de akte op en bewaart het geld.",
		},
		notary_files: {
			title: "Indiening door de notaris",
			text: () => "De notaris dient de akte en de bewoningsvergunning in.",
		},
		aid_payment: { title: "Betaling van de steun", text: () => "Aan de notaris, niet aan u." },
		power_of_attorney: {
			title: "Volmacht",
			text: () =>
				"Zelf: op het consulaat met uw kaart, of bij een notaris of adouls in Marokko. Ze geldt pas als ze in het nationale register staat.",
		},
		final_deed: { title: "Definitieve akte", text: () => "U wordt eigenaar bij de inschrijving in het kadaster." },
		instalments: {
			title: "Betalingen in fasen",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} bij de start van de bouw, daarna ${percent(sale.three_phases_bp)} in drie fasen.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Mogelijk bij oplevering, met de bewoningsvergunning. Nooit bij de reservering.",
		},
		final_deed_at_delivery: {
			title: "Definitieve akte en sleutels",
			text: ({ off_plan: sale }) =>
				sale ? `De resterende ${percent(sale.keys_bp)}, bij een volgend verblijf of met volmacht.` : "",
		},
	},
	takeaway: "Om mee te nemen",
	asText: "Tekst",
	asCalendar: "Agenda",
	source: (version, day) =>
		`Indicatief plan, zonder feestdagen. Fasen ${version}, gecontroleerd op ${date(day)}. Laat de notaris de data bevestigen.`,
};
