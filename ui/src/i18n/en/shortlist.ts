import { formatsIn } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { en as plural } from "../plural";

const { amount, number } = formatsIn("en");

export const shortlist: typeof Reference = {
	title: "My selection",
	kept: (n) => plural(n, { one: `${number(n)} choice saved`, other: `${number(n)} choices saved` }),
	sum: (centimes, exact) => (exact ? `Together: ${amount(centimes)}` : `Together: from ${amount(centimes)}`),
	range: (low: number, high: number) => (low === high ? amount(high) : `${amount(low)} to ${amount(high)}`),
	toPlan: (n: number) =>
		plural(n, {
			one: "To plan for the unit you kept, with costs",
			other: `To plan for the ${number(n)} units you kept, with costs`,
		}),
	toPlanWithAid: "If the aid is granted, once",
	toPlanNote: "Indicative. The aid is granted only once to each person.",
	memory: "Kept for your visit only, then wiped.",
	emptyTitle: "Nothing saved yet",
	emptyText:
		"Touch “Save” on a project or on a unit. You can then compare, take it all away on your phone, or ask to be called back.",
	gone: "No longer in the catalogue",
	remove: "Remove",
	removeThis: (title) => `Remove ${title} from my selection`,
	removed: (title) => `${title} was removed.`,
	undo: "Undo",
	pick: "Choose",
	picked: "Chosen",
	pickThis: (title) => `Choose ${title} to compare or take away`,
	pickHint: "Up to three can be compared or taken away at a time: touch “Choose”.",
	pickCount: (n, of) => `${n} of ${of}`,
	compare: "Compare",
	compareMore: "Save a second choice to compare.",
	take: "Take away on my phone",
	callAbout: "Call me back about these projects",
	fullTitle: "Your selection is full",
	fullText: (n) => `You have saved ${n} choices already. Remove one to save another.`,
	see: "See my selection",
	compared: {
		title: "Compare",
		caption: "Your choices side by side",
		onlyDifferences: "Only differences",
		differs: "different",
		nothingDiffers: "Nothing in the catalogue tells these choices apart.",
		alone: "It takes two choices to compare.",
		another: "Choose another",
		notSaid: "not stated",
		removeThis: (title) => `Remove ${title} from the comparison`,
		callMe: "Call me back",
		callAboutThis: (title) => `Call me back about ${title}`,
		toPlan: "To plan without the aid, with costs",
		toPlanWithAid: "To plan if the aid is granted",
		availability: "Availability",
		pricePerSquareMetre: "Price per m²",
		type: "Type of property",
		place: "Place",
		buildingPermit: "Building permit",
		habitationPermit: "Habitation permit",
		aid: "Daam Sakane, indicative",
		offer: "Offer",
		noOffer: "None",
		features: "On site and around",
		seller: "Offered by",
	},
	takeaway: {
		title: "Take away",
		steps: [
			"Open the camera of your phone.",
			"Point it at the code without touching it: it offers to add a contact.",
			"Add it: your selection is in its notes and can be read with no network.",
		],
		photo: "Nothing appears? Simply take a picture of this screen.",
		says: "What the code says",
		code: "QR code of your selection: its text is written beside it.",
		leftOut: (n) =>
			plural(n, {
				one: "One choice is not in it: a code holds three at most, and only those of the catalogue.",
				other: `${n} choices are not in it: a code holds three at most, and only those of the catalogue.`,
			}),
		gone: "These choices are no longer in the catalogue",
		goneText: "The catalogue has just been updated. Other projects are waiting for you.",
	},
};
