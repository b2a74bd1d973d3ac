import { formatsIn } from "../format";
import type { aid as French } from "../fr/aid";
import { en as plural } from "../plural";
import { rooms, years } from "./figures";

const { amount, date } = formatsIn("en");

export const aid: typeof French = {
	title: "Daam Sakane",
	open: "Answer the questions",
	openText: "Seven questions at most, nothing to type",
	intro: {
		title: "Do you qualify for direct housing aid?",
		text: "Seven questions at most. Answer yes or no; we tell you what it means.",
		kept: "Your answers are neither stored nor sent. They disappear when you leave this page.",
		alone: "I am buying alone",
		couple: "We are two buyers",
		coupleText: "Each of you answers in turn. There is one result: it does not say who gave which answer.",
	},
	count: (n, most) => `Question ${n}, of ${most} at most`,
	person: (n) => (n === 1 ? "First person" : "Second person"),
	yes: "Yes",
	no: "No",
	unsure: "I don’t know",
	questions: {
		moroccan_national: () => "Do you have Moroccan nationality?",
		first_state_aid: () => "Would this be the first state aid you receive for a home in Morocco?",
		only_home: () => "On the day of purchase, will it be the only home you own in Morocco?",
		only_a_share: () => "Do you own only a share of that other home, for example by inheritance?",
		main_home: (n) =>
			`For ${years(n)}, will it be your home in Morocco, or will you lend it free of charge to close family?`,
		no_letting: (n) => `During these ${years(n)}, will you keep it without renting it out?`,
		notary_and_mortgage: (n) =>
			`Do you agree to sign both deeds before a notary, with a mortgage in favour of the State for ${years(n)}?`,
	},
	hints: {
		moroccan_national: () => "Living in Morocco or abroad, single or not.",
		first_state_aid: () => "Answer “no” if you have already received one.",
		only_home: () => "Answer “no” if you already own another one, even in part.",
		only_a_share: () => "Answer “no” if that home is entirely yours.",
		main_home: (n) => `Close family: spouse, parents or children. The time of ${years(n)} starts with the final deed.`,
		no_letting: () => "Answer “yes” if you undertake not to rent it out.",
		notary_and_mortgage: () => "The mortgage guarantees that these conditions are kept.",
	},
	handOver: {
		title: "Please hand the screen to the second person",
		text: "The answers given are no longer visible. The same questions will be asked again.",
		ready: "I am ready",
	},
	restart: "Start again",
	verdict: {
		met: "You could receive the aid",
		unmet: "According to these answers, the aid is not possible",
		to_confirm: "The aid may be possible: to confirm at the desk",
	},
	couple: "One answer for two buyers. The rules for buying together are to be confirmed at the ministry desk.",
	unmetTitle: "The condition that is not met",
	unmet: {
		moroccan_national: () => "The aid is for people with Moroccan nationality.",
		first_state_aid: () => "The aid is only for people who never received state aid for a home.",
		only_home: () => "On the day of purchase, the buyer must own no home in Morocco.",
		only_a_share: () => "On the day of purchase, the buyer must own no home in Morocco.",
		main_home: (n) => `It must stay the main home for ${years(n)}, or be lent free of charge to close family.`,
		no_letting: (n) => `The home must not be rented out for ${years(n)}.`,
		notary_and_mortgage: (n) => `Both deeds are signed before a notary and the State takes a mortgage for ${years(n)}.`,
	},
	unsureTitle: "To check with the ministry",
	reportedTitle: (version) => `Law of ${version}: reported by the press, to confirm`,
	reported: {
		co_owners_admitted: () => "Owning a share of a home, for example by inheritance, would no longer exclude you.",
		early_release_repaid: (n) =>
			`Releasing the mortgage before ${years(n)} have passed would mean repaying all of the aid.`,
	},
	dependsOnReported: "Your result depends on this law: ask at the desk whether it is applied.",
	bandsTitle: "Amount by price incl. all taxes",
	band: (centimes, above, limit) =>
		above === null
			? `${amount(centimes)} up to ${amount(limit)}`
			: `${amount(centimes)} above ${amount(above)} and up to ${amount(limit)}`,
	beyond: (limit) => `No aid above ${amount(limit)}`,
	unitsTitle: "For your homes",
	obstacles: {
		price: () => "No aid: the price is above the ceiling.",
		type: () => "No aid: this type of property does not qualify.",
		rooms: (n) => `No aid: at least ${rooms(n)} required.`,
		permit: () => "No aid: the occupancy permit is too old.",
	},
	homes: "See the homes concerned",
	stepsTitle: "The steps and their deadlines",
	steps: {
		register: "You register on the official site.",
		first_approval: "Preliminary approval.",
		preliminary_deed: "You sign the preliminary deed at the notary.",
		notary_files: "The notary files the deed and the occupancy permit.",
		payment_to_notary: "The aid is paid to the notary, not to you.",
		final_deed: "You sign the final deed; otherwise the money is returned to the State.",
	},
	within: (days) => plural(days, { one: `Deadline: ${days} day.`, other: `Deadline: ${days} days.` }),
	toConfirm: "to confirm at the desk",
	official: "The official site",
	scan: "Scan it with your telephone",
	source: (version, day) => `Indicative: the notary and CNRA decide. Rule ${version}, checked on ${date(day)}.`,
	noRule: "No rule is in force today. Ask at the ministry desk.",
};
