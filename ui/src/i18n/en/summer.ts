import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("en");

export const summer: typeof French = {
	title: "Buy during my stay",
	open: "Buy during my stay",
	openText: "Your dates, each step in its place",
	askArrival: "Touch the day you arrive in Morocco",
	askDeparture: (arrival) => `Arrival on ${arrival}. Touch the day you leave`,
	stay: (arrival, departure) => `From ${arrival} to ${departure}`,
	explain: "Touch both dates: the plan places the aid, the bank, the power of attorney and the notary on your days.",
	kept: "Your dates are not stored. They are sent only if you attach them to a request.",
	previousMonth: "Previous month",
	nextMonth: "Next month",
	purchase: "Your purchase",
	ready: "Finished home",
	offPlan: "Off plan",
	withAid: "With Daam Sakane",
	withLoan: "With a loan",
	faults: {
		invalid_date: () => "This date does not exist. Touch another day.",
		arrival_past: () => "This day has passed. Touch a day of arrival to come.",
		departure_before_arrival: () => "You would leave before you arrive. Touch the arrival first, then the departure.",
		too_far_ahead: ({ max_days_ahead }) =>
			`This stay is too far ahead to plan: the rules may change. Choose a date within ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`This stay is longer than ${daysOrYears(max_stay_days)}. Choose an earlier departure.`,
	},
	noRule: "No plan is available today. Ask at the notary desk.",
	fit: {
		in_person: "Your dates seem to be enough",
		with_proxy: "Your dates are not enough without a power of attorney",
		too_short: "This stay seems too short: to confirm with the notary",
	},
	inPersonText: "All signatures with a date fall within your stay.",
	stayUntil: (day) => `To sign everything yourself, stay at least until ${date(day)}.`,
	inPerson: "You must be present",
	byProxy: "After you leave: by proxy",
	proxyPossible: "Yourself, or by proxy",
	atDelivery: "At handover",
	stages: {
		documents: {
			title: "Gather the documents",
			text: () => "Card or passport, consular registration, proof of income.",
		},
		bank_file: {
			title: "Bank file",
			text: () =>
				"Each bank has its own time. If you live abroad: plan for a part in foreign currency, keep the proofs.",
		},
		aid_registration: {
			title: "Register for Daam Sakane",
			text: ({ aid_page }) => `On ${page(aid_page)}, before you travel.`,
		},
		aid_approval: { title: "Preliminary approval of the aid", text: () => "The deadline that the rule sets." },
		visit: { title: "Visit the home", text: () => "Check the title, the permit and the guarantee before you sign." },
		reservation: {
			title: "Reservation contract",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.reservation_bp)} at most, after the building permit. You can withdraw for ${months(sale.withdrawal_months)}.`
					: "",
		},
		preliminary_contract: {
			title: "Preliminary contract",
			text: ({ off_plan: sale }) =>
				sale
					? `Before a notary, adoul or admitted lawyer, at most ${months(sale.reservation_months)} after the reservation. Ask for the guarantee.`
					: "",
		},
		preliminary_deed: {
			title: "Preliminary deed at the notary",
			text: () => "The notary draws up the deed and holds the money.",
		},
		notary_files: { title: "Filing by the notary", text: () => "The notary files the deed and the occupancy permit." },
		aid_payment: { title: "Payment of the aid", text: () => "To the notary, not to you." },
		power_of_attorney: {
			title: "Power of attorney",
			text: () =>
				"In person: at the consulate with your card, or before a notary or adouls in Morocco. It has effect only once it is in the national register.",
		},
		final_deed: { title: "Final deed", text: () => "You become the owner when it is entered in the land register." },
		instalments: {
			title: "Stage payments",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} at the start of building, then ${percent(sale.three_phases_bp)} over three phases.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Possible at handover, with the occupancy permit. Never at reservation.",
		},
		final_deed_at_delivery: {
			title: "Final deed and keys",
			text: ({ off_plan: sale }) =>
				sale ? `The remaining ${percent(sale.keys_bp)}, during a later stay or by proxy.` : "",
		},
	},
	takeaway: "On your phone",
	asText: "Text",
	asCalendar: "Calendar",
	source: (version, day) =>
		`Indicative plan, without public holidays. Stages ${version}, checked on ${date(day)}. Have the notary confirm the dates.`,
};
