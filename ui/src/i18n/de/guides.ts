import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { de as plural } from "../plural";

const { date, number } = formatsIn("de");

export const guides: typeof Reference = {
	title: "Guides and desks",
	lead: "The steps of a purchase in plain words, and the people at this stand who answer you.",
	demonstration: "Demonstration texts",
	door: "Guides and desks",
	doorText: "The steps, the papers, and who answers you at the stand",
	doorPartners: "The desks",
	doorPartnersText: "Bank, notary, ministry: who answers you at the stand",
	count: (n) => plural(n, { one: `${number(n)} guide`, other: `${number(n)} guides` }),
	situations: {
		buying: "From the first visit to the keys",
		off_plan: "Buying off plan",
		building: "Buying a plot and building",
		from_abroad: "Buying from abroad",
		financing: "Financing",
		safety: "Buying safely",
		afterwards: "After the purchase",
	},
	partners: "At this stand",
	version: "Version of the guide",
	short: "In short",
	detailed: "In detail",
	papers: "Papers to gather",
	papersHint: "Tick what you already have. Your ticks are erased at the end of your visit.",
	ready: (n, of) => `${number(n)} of ${number(of)}`,
	take: "Take this guide with me",
	takePapers: "Take the list with me",
	notice: "Take care",
	checked: (day) => `Checked on ${date(day)}`,
	indicative: "For information only: the notary and the authorities decide.",
	answers: "Who answers you here",
	desk: "Where",
	hours: "Opening hours",
	standHours: "During the hours of the stand",
	languages: "Languages spoken",
	topics: "Topics",
	callBack: "Be called back by this desk",
	see: "See this desk",
	guidesOf: "Guides on these topics",
	note: (name) => `Desk asked for: ${name}`,
	gone: "This guide is no longer in the catalogue",
	goneText: "The catalogue has just been updated.",
	all: "All guides",
	open: "Read the guide",
	forThisUnit: "Guides for this property",
	takeaway: {
		title: "Take the guide with you",
		says: "What the code says",
		code: "QR code of the guide: its text is written beside it.",
		leftOut: (n) =>
			plural(n, {
				one: "One line does not fit into the code: photograph the complete list on the page of the guide.",
				other: `${number(n)} lines do not fit into the code: photograph the complete list on the page of the guide.`,
			}),
		steps: [
			"Open the camera of your phone.",
			"Point it at the code without touching it: it offers to add a contact.",
			"Add it: the list is in its notes and can be read without a network.",
		],
	},
};
