import { formatsIn, isolated } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { en as plural } from "../plural";

const { amount, number } = formatsIn("en");

export const shortlist: typeof Reference = {
	title: "My selection",
	kept: (n) => plural(n, { one: `${number(n)} property saved`, other: `${number(n)} properties saved` }),
	sum: (centimes, exact) => (exact ? `Together: ${amount(centimes)}` : `Together: from ${amount(centimes)}`),
	range: (low: number, high: number) => (low === high ? amount(high) : `${amount(low)} to ${amount(high)}`),
	toPlan: (n: number) =>
		plural(n, {
			one: "Estimated total for the property you saved, with costs",
			other: `Estimated total for the ${number(n)} properties you saved, with costs`,
		}),
	toPlanWithAid: "If the aid is granted, once",
	toPlanNote: "For guidance only. The aid is granted only once to each person.",
	memory: "Kept for your visit only, then erased.",
	emptyTitle: "Nothing saved yet",
	emptyText:
		"Touch “Save” on a project or a property. You can then compare, save everything to your phone, or ask for a call.",
	gone: "No longer in the catalogue",
	remove: "Remove",
	removeThis: (title) => `Remove ${isolated(title)} from my selection`,
	removed: (title) => `${isolated(title)} was removed.`,
	undo: "Undo",
	pick: "Tick",
	picked: "Ticked",
	pickThis: (title) => `Tick ${isolated(title)} to compare it or save it to the phone`,
	pickHint: "Tick 2 or 3 properties, then touch “Compare” or “Save to my phone”.",
	pickCount: (n, of) => `${n} of ${of}`,
	compare: "Compare",
	compareMore: "Save a second property to compare.",
	take: "Save to my phone",
	callAbout: "Call me back about these projects",
	fullTitle: "Your selection is full",
	fullText: (n) => `You have saved ${n} properties already. Remove one to save another.`,
	see: "See my selection",
	compared: {
		title: "Compare",
		caption: "Your properties side by side",
		onlyDifferences: "Only differences",
		differs: "different",
		nothingDiffers: "These are identical in our catalogue.",
		alone: "Pick two to compare.",
		another: "Choose another",
		notSaid: "not stated",
		removeThis: (title) => `Remove ${isolated(title)} from the comparison`,
		callMe: "Call me back",
		callAboutThis: (title) => `Call me back about ${isolated(title)}`,
		toPlan: "Total without the aid, with costs",
		toPlanWithAid: "Total if the aid is granted",
		availability: "Availability",
		pricePerSquareMetre: "Price per m²",
		type: "Type of property",
		place: "Place",
		buildingPermit: "Building permit",
		habitationPermit: "Occupancy permit",
		aid: "Daam Sakane, for guidance only",
		offer: "Offer",
		noOffer: "None",
		features: "On site and around",
		seller: "Offered by",
	},
	takeaway: {
		title: "On your phone",
		steps: [
			"Open the camera of your phone.",
			"Point it at the code without touching it: it offers to add a contact.",
			"Add it: your selection is in its notes and can be read without internet.",
		],
		photo: "Nothing appears? Simply take a picture of this screen.",
		says: "What the code says",
		code: "QR code of your selection: its text is written beside it.",
		leftOut: (n) =>
			plural(n, {
				one: "1 property is not in the code: a code holds 3 at most.",
				other: `${n} properties are not in the code: a code holds 3 at most.`,
			}),
		gone: "These properties are no longer in the catalogue",
		goneText: "The catalogue has just been updated. Other projects are waiting for you.",
	},
};
