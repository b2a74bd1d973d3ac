import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("de");

export const summer: typeof French = {
	title: "Während meines Aufenthalts kaufen",
	open: "Während meines Aufenthalts kaufen",
	openText: "Ihre Daten, jeder Schritt an seinem Platz",
	askArrival: "Berühren Sie den Tag Ihrer Ankunft in Marokko",
	askDeparture: (arrival) => `Ankunft am ${arrival}. Berühren Sie den Tag Ihrer Abreise`,
	stay: (arrival, departure) => `Vom ${arrival} bis ${departure}`,
	explain: "Berühren Sie beide Tage: Der Plan legt Förderung, Bank, Vollmacht und Notariat auf Ihre Tage.",
	kept: "Ihre Daten werden nicht gespeichert. Sie werden nur gesendet, wenn Sie sie einer Anfrage beifügen.",
	previousMonth: "Voriger Monat",
	nextMonth: "Nächster Monat",
	purchase: "Ihr Kauf",
	ready: "Fertige Wohnung",
	offPlan: "Vom Plan",
	withAid: "Mit Daam Sakane",
	withLoan: "Mit Kredit",
	faults: {
		invalid_date: () => "Dieses Datum gibt es nicht. Berühren Sie einen anderen Tag.",
		arrival_past: () => "Dieser Tag ist vorbei. Berühren Sie einen künftigen Ankunftstag.",
		departure_before_arrival: () =>
			"Die Abreise liegt vor der Ankunft. Berühren Sie zuerst die Ankunft, dann die Abreise.",
		too_far_ahead: ({ max_days_ahead }) =>
			`Dieser Aufenthalt liegt zu weit voraus: Die Regeln können sich ändern. Wählen Sie einen Tag in den nächsten ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`Dieser Aufenthalt ist länger als ${daysOrYears(max_stay_days)}. Wählen Sie eine frühere Abreise.`,
	},
	noRule: "Heute ist kein Plan verfügbar. Fragen Sie am Schalter des Notariats.",
	fit: {
		in_person: "Ihre Tage scheinen zu reichen",
		with_proxy: "Ihre Tage reichen nicht ohne Vollmacht",
		too_short: "Dieser Aufenthalt scheint zu kurz: mit dem Notariat zu klären",
	},
	inPersonText: "Alle Unterschriften mit Datum fallen in Ihren Aufenthalt.",
	stayUntil: (day) => `Um alles selbst zu unterschreiben, bleiben Sie mindestens bis ${date(day)}.`,
	inPerson: "Sie müssen anwesend sein",
	byProxy: "Nach Ihrer Abreise: mit Vollmacht",
	proxyPossible: "Selbst oder mit Vollmacht",
	atDelivery: "Bei Übergabe",
	stages: {
		documents: {
			title: "Unterlagen sammeln",
			text: () => "Ausweis oder Pass, Anmeldung beim Konsulat, Einkommensnachweise.",
		},
		bank_file: {
			title: "Bankunterlagen",
			text: () =>
				"Jede Bank hat ihre eigene Frist. Wenn Sie im Ausland leben: Planen Sie einen Teil in Fremdwährung ein und heben Sie die Belege auf.",
		},
		aid_registration: {
			title: "Bei Daam Sakane anmelden",
			text: ({ aid_page }) => `Auf ${page(aid_page)}, vor der Reise.`,
		},
		aid_approval: { title: "Vorläufige Zusage der Förderung", text: () => "Die Frist, die die Regel setzt." },
		visit: {
			title: "Die Wohnung besichtigen",
			text: () => "Prüfen Sie Titel, Genehmigung und Garantie, bevor Sie unterschreiben.",
		},
		reservation: {
			title: "Reservierungsvertrag",
			text: ({ off_plan: sale }) =>
				sale
					? `Höchstens ${percent(sale.reservation_bp)}, nach der Baugenehmigung. Sie können ${months(sale.withdrawal_months)} lang zurücktreten.`
					: "",
		},
		preliminary_contract: {
			title: "Vorvertrag",
			text: ({ off_plan: sale }) =>
				sale
					? `Bei Notariat, Adoul oder zugelassenem Anwalt, höchstens ${months(sale.reservation_months)} nach der Reservierung. Verlangen Sie die Garantie.`
					: "",
		},
		preliminary_deed: {
			title: "Vorläufige Urkunde im Notariat",
			text: () => "Das Notariat setzt die Urkunde auf und verwahrt das Geld.",
		},
		notary_files: {
			title: "Einreichung durch das Notariat",
			text: () => "Das Notariat reicht die Urkunde und die Bezugsfreigabe ein.",
		},
		aid_payment: { title: "Auszahlung der Förderung", text: () => "An das Notariat, nicht an Sie." },
		power_of_attorney: {
			title: "Vollmacht",
			text: () =>
				"Persönlich: im Konsulat mit Ihrem Ausweis, oder bei Notariat oder Adoul in Marokko. Sie gilt erst, wenn sie im nationalen Register steht.",
		},
		final_deed: { title: "Endgültige Urkunde", text: () => "Sie werden Eigentümer mit der Eintragung im Grundbuch." },
		instalments: {
			title: "Zahlungen nach Baufortschritt",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} bei Baubeginn, dann ${percent(sale.three_phases_bp)} in drei Abschnitten.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Möglich bei Übergabe, mit der Bezugsfreigabe. Nie bei der Reservierung.",
		},
		final_deed_at_delivery: {
			title: "Endgültige Urkunde und Schlüssel",
			text: ({ off_plan: sale }) =>
				sale ? `Die restlichen ${percent(sale.keys_bp)}, bei einem späteren Aufenthalt oder mit Vollmacht.` : "",
		},
	},
	takeaway: "Zum Mitnehmen",
	asText: "Text",
	asCalendar: "Kalender",
	source: (version, day) =>
		`Plan zur Orientierung, ohne Feiertage. Schritte ${version}, geprüft am ${date(day)}. Lassen Sie die Daten im Notariat bestätigen.`,
};
