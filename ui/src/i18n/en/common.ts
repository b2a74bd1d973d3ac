import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { en as plural } from "../plural";

const { amount, date, number } = formatsIn("en");

const projects = (n: number) => plural(n, { one: `${number(n)} project`, other: `${number(n)} projects` });

export const common: typeof Reference = {
	close: "Close",
	back: "Back",
	home: "Home",
	explore: "Projects",
	selection: "My selection",
	language: "Language",
	comfort: "Display",
	callMe: "Call me back",
	demonstration: "Demonstration: invented data",
	projects,
	retry: "Try again",
	attract: {
		touch: "Touch the screen to begin",
	},
	hero: {
		title: "Your own home in Morocco",
		facts: (n, day) => `${projects(n)}, prices include all taxes, as of ${date(day)}`,
		noCatalogue: "The catalogue arrives soon. Leave your details and an advisor will present the projects to you.",
		action: "See the projects",
	},
	tiles: {
		town: "In my town",
		townText: "Type the name of your town, or your parents’",
		aid: "Direct housing aid",
		aidText: (upTo) => `The state may help you with up to ${amount(upTo)}`,
		land: "Plots and premises",
		landText: "Build a house, open a shop, set up a business",
		callMe: "Call me back",
		callMeText: "Leave your details: an advisor answers by telephone, WhatsApp or e-mail",
	},
	offerProjects: "See projects with offers",
	offersNow: "Offers now",
	until: (day) => `until ${date(day)}`,
	languageSheet: {
		title: "Choose your language",
		kept: "Nothing you chose or typed will be lost.",
	},
	comfortSheet: {
		title: "Display",
		text: "Text size",
		normal: "Normal",
		large: "Large",
		larger: "Very large",
		contrast: "High contrast",
		contrastText: "Black on white, marked edges",
		lowered: "Buttons lower down",
		loweredText: "Everything moves down within reach of someone seated",
		calm: "Less motion",
		calmText: "Pictures change without movement",
	},
	idle: {
		title: "Still there?",
		text: (seconds) =>
			plural(seconds, {
				one: `Your answers and choices will be erased in ${seconds} second.`,
				other: `Your answers and choices will be erased in ${seconds} seconds.`,
			}),
		here: "I’m still here",
		end: "I’ve finished",
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
		stay: "Continue",
	},
	errorState: {
		title: "One moment, please",
		text: "This page cannot be shown. Touch “Try again” or ask the stand team.",
		notFound: "This project is no longer in the catalogue",
		notFoundText: "The catalogue has just been updated. Other projects are waiting for you.",
		noCatalogue: "The catalogue has not arrived yet",
		noCatalogueText: "Leave your details: an advisor will present the projects that interest you.",
	},
};
