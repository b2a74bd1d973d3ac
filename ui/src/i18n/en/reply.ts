import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { en as plural } from "../plural";

const { number } = formatsIn("en");

export const reply: typeof Reference = {
	finish: "Go to the end",
	enough: "One of the two is enough.",
	partner: "With whom?",
	partnerAny: "No preference",
	onBehalf: "Whom is this request for?",
	whom: { myself: "For me", family: "For my family", other: "For somebody else" },
	detail: "Who? For example: my mother",
	several: "You can choose several.",
	amazigh: "Amazigh",
	reach: "When can we reach you?",
	slots: { morning: "Morning", afternoon: "Afternoon", evening: "Evening", weekend: "Weekend" },
	weekdays: "Monday to Friday",
	weekend: "Saturday and Sunday",
	timeOf: (place: string) => `Times of your country: ${isolated(place)}`,
	morocco: (hours: string) => `in Morocco: ${isolated(hours)}`,
	nextDay: "(the next day)",
	previousDay: "(the day before)",
	failed: "The times could not be shown.",
	stay: "An appointment at an agency in Morocco?",
	clear: "Remove the dates",
	reachable: (parts: string) => `Reachable: ${parts}`,
	within: (days: number) =>
		plural(days, { one: "Reply within one working day.", other: `Reply within ${number(days)} working days.` }),
	again: "Another request, same contact",
	calendar: "Photograph this code to put your stay into your calendar.",
};
