import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { en as plural } from "../plural";

const { amount, date, number } = formatsIn("en");

const projects = (n: number) => plural(n, { one: `${number(n)} project`, other: `${number(n)} projects` });

export const common: typeof Reference = {
	close: "Close",
	back: "Back",
	home: "Home",
	explore: "Explore",
	selection: "My selection",
	language: "Language",
	comfort: "Comfort",
	callMe: "Call me back",
	demonstration: "Demonstration: invented data",
	projects,
	retry: "Try again",
	attract: {
		touch: "Touch the screen to begin",
	},
	hero: {
		title: "Your own home in Morocco",
		facts: (n, day) => `${projects(n)} in the 12 regions, prices with tax as of ${date(day)}`,
		noCatalogue: "The catalogue is on its way. Leave your details and an advisor will present the projects to you.",
		action: "Explore the projects",
	},
	tiles: {
		town: "In my town",
		townText: "Type the name of your town, or your parents’",
		aid: "Direct housing aid",
		aidText: (upTo) => `Homes that open a right to the aid, up to ${amount(upTo)}`,
		land: "Plots and premises",
		landText: "Build a house, open a shop, set up a business",
		callMe: "Call me back",
		callMeText: "An advisor calls you in your language, free of charge",
	},
	offerProjects: "See projects with offers",
	offersNow: "Offers now",
	until: (day) => `until ${date(day)}`,
	languageSheet: {
		title: "Choose your language",
		kept: "Nothing you chose or typed will be lost.",
	},
	comfortSheet: {
		title: "Reading comfort",
		text: "Text size",
		normal: "Normal",
		large: "Large",
		larger: "Very large",
		contrast: "High contrast",
		contrastText: "Black on white, marked edges",
		lowered: "Lowered controls",
		loweredText: "The screen comes down within reach of someone seated",
		calm: "Less motion",
		calmText: "Pictures change without movement",
	},
	idle: {
		title: "Still there?",
		text: (seconds) =>
			plural(seconds, {
				one: `Everything you typed will be wiped in ${seconds} second.`,
				other: `Everything you typed will be wiped in ${seconds} seconds.`,
			}),
		here: "I’m still here",
		end: "I’m done",
	},
	/** Shown in all languages at once when a script failed. */
	failure: {
		title: "One moment, please",
		text: "This screen has stopped. Touch the button to start again.",
		action: "Start again",
	},
	endVisit: {
		short: "Finish",
		title: "Finish my visit?",
		text: "Your selection, your search and your answers will be erased from this kiosk.",
		confirm: "Erase everything and finish",
		stay: "Go on",
	},
	errorState: {
		title: "One moment, please",
		text: "This screen could not be prepared. Someone from the team can help you.",
		notFound: "This project is no longer in the catalogue",
		notFoundText: "The catalogue has just been updated. Other projects are waiting for you.",
		noCatalogue: "The catalogue is not here yet",
		noCatalogueText: "Leave your details: an advisor will present the projects that interest you.",
	},
};
