import type { FormStep } from "@/host";
import { formatsIn } from "../format";
import { en as plural } from "../plural";

const { date, dateTime, fileSize, number } = formatsIn("en");

const leads = (n: number) => plural(n, { one: `${number(n)} lead`, other: `${number(n)} leads` });

export const today = {
	attention: "Needs attention now",
	quiet: "All is well. Nothing needs your attention.",
	go: {
		close: "Close the day",
		leads: "See the leads",
		catalogue: "See the catalogue",
		audit: "See the log",
		device: "See the kiosk",
		sync: "Try now",
	},
	fileDamaged: "The last check found the file of the leads damaged. Leave the kiosk on and call the operator.",
	diskLow: (bytes: number) =>
		`Only ${fileSize(bytes)} are left on the disk. Ask the operator to remove the old exports.`,
	clockWrong: (difference: string) =>
		`The clock of the kiosk is ${difference}. Ask the operator to set it: the times of leads depend on it.`,
	waitsLong: (n: number) =>
		plural(n, {
			one: `${leads(n)} has waited to be sent for more than a day. Bring the kiosk online, and export it meanwhile.`,
			other: `${leads(n)} are not sent, the oldest for more than a day. Bring the kiosk online, and export them meanwhile.`,
		}),
	notExported: (day: string, n: number) =>
		plural(n, {
			one: `${leads(n)} of ${date(day)} is not exported yet. Close that day.`,
			other: `${leads(n)} of ${date(day)} are not exported yet. Close that day.`,
		}),
	afterClose: (n: number) =>
		plural(n, {
			one: `${leads(n)} arrived after the day was closed. Close the day again.`,
			other: `${leads(n)} arrived after the day was closed. Close the day again.`,
		}),
	quarantined: (n: number) =>
		plural(n, {
			one: `The platform could not read ${leads(n)}. Export it and tell headquarters.`,
			other: `The platform could not read ${leads(n)}. Export them and tell headquarters.`,
		}),
	noCatalogue: "The kiosk has no catalogue: visitors see no project. Load one from a USB stick.",
	tonight: (n: number) => `Close the day this evening: ${leads(n)} to export.`,
	closed: (instant: string) => `Day closed: ${dateTime(instant)}.`,

	sentTotal: (n: number) => `Sent since the start: ${number(n)}.`,
	visits: "Visits today",
	perVisits: (n: number) => `${number(n)} per 100 visits`,
	byHour: "Leads by hour",
	hourHeading: "Hour",
	countHeading: "Leads",
	byType: "Types of property",
	byDesk: "Who they want to talk to",
	none: "no answer",
	visitsTitle: "Visits",
	visitsNote: "Counted without names, texts or the choices of a person.",
	noVisits: "No visit has ended today.",
	visitLanguages: "Languages of visits",
	formLeft: "Form left at",
	formFinished: "nobody left it",
	steps: { who: "Contact details", what: "Wishes", when: "Call back", review: "Review" } satisfies Record<
		FormStep,
		string
	>,
	noResult: (n: number) =>
		plural(n, { one: `${number(n)} search without result.`, other: `${number(n)} searches without result.` }),
};
