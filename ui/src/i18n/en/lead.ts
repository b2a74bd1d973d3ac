import type { FieldCode } from "@/host";
import { formatsIn } from "../format";

const { amount } = formatsIn("en");

type Params = Record<string, string>;

const channels: Record<string, string> = { call: "calls", whatsapp: "WhatsApp", email: "e-mail" };

export const lead = {
	title: "Be called back",
	quit: "Leave",
	back: "Back",
	next: "Continue",
	submit: "Send my request",
	sending: "Saving…",
	edit: "Change",
	optional: "optional",
	step: (n: number, of: number) => `Step ${n} of ${of}`,

	who: {
		title: "How can we reach you?",
		name: "Your name",
		country: "Country",
		phone: "Telephone",
		whatsapp: "This number has WhatsApp",
		email: "E-mail",
		city: "City you live in",
	},
	what: {
		title: "What are you looking for?",
		hint: "Answer what you like: nothing here is required.",
		interests: "Projects you like",
		none: "No project chosen: your advisor will suggest some.",
		gone: "This project is no longer offered",
		remove: (title: string) => `Remove ${title}`,
		budget: "Your budget",
		upTo: (centimes: number) => `Up to ${amount(centimes)}`,
		purpose: "It is for…",
		purposes: {
			live: "Living there",
			invest: "Investing",
			family: "My family",
			plot: "Building",
			business: "A business",
			other: "Something else",
		},
		desk: "You would rather talk to…",
		desks: { advisor: "An advisor", bank: "A bank", notary: "A notary", ministry: "Housing aid" },
		note: "Anything to add",
	},
	when: {
		title: "How shall we get back to you?",
		language: "In which language?",
		channel: "By which means?",
		channels: { call: "Call", whatsapp: "WhatsApp", email: "E-mail" },
		consents: "Your agreement",
		consentsHint:
			"Tick at least the means you chose. Nothing is ticked beforehand, and the service is the same if you refuse the rest.",
		noticeFailed: "The text about your data could not be shown.",
		retry: "Try again",
	},
	review: {
		title: "Is everything right?",
		you: "You",
		project: "Your project",
		reply: "Our answer",
		nothing: "Nothing specified",
		agreed: "You agree to",
	},
	promise: {
		title: "Your number, and what we do with it",
		call: "An advisor calls you back",
		callText: "Your number serves to answer your request, and nothing else without your agreement.",
		sealed: "Sealed at once",
		sealedText: "Your answers are encrypted as soon as they are sent. The next visitor cannot see them.",
		yours: "They stay yours",
		yoursText: "You may ask to read, correct or erase them whenever you want.",
		read: "Read the full notice",
	},
	countries: {
		title: "Your country",
		search: "Search a country or dialling code",
		empty: "No country matches.",
	},
	closed: {
		title: "This kiosk cannot take your request right now",
		text: "Please speak to someone at the stand, who will note it with you. You can go on exploring projects.",
		action: "Back to the projects",
	},
	failed: {
		title: "Your request is not saved yet",
		text: "Nothing is lost: touch “Try again”. If it goes on, someone at the stand will help you.",
		full: "The kiosk has no room left. Nothing on screen is lost: please call someone at the stand.",
		retry: "Try again",
	},
	thanks: {
		title: "Thank you, it is noted",
		ticket: "Your request number",
		qr: "Take a picture of this code to keep your number.",
		next: "What happens now?",
		steps: {
			call: "An Al Omrane advisor calls the number you gave.",
			whatsapp: "An Al Omrane advisor writes on WhatsApp to the number you gave.",
			email: "An Al Omrane advisor writes to the address you gave.",
		},
		prepare: "They will have your answers at hand: you will not have to repeat anything.",
		forget: "Give your request number for any question, or to have your data erased.",
		done: "Finish",
	},
	errors: {
		required: (_: Params) => "This answer is missing.",
		too_long: ({ max }: Params) => `This is too long: ${max} at most.`,
		name_invalid: (_: Params) => "Write a name with letters, without digits.",
		phone_invalid: (_: Params) => "There is no such number in this country. Check the country and the digits.",
		phone_too_short: (_: Params) => "Some digits of this number are missing.",
		phone_too_long: (_: Params) => "This number has too many digits.",
		phone_country_unknown: (_: Params) => "Choose the country of this number.",
		email_invalid: (_: Params) => "Write an address such as name@example.com.",
		consent_required: ({ channel }: Params) =>
			`To answer you, we need your agreement to ${channels[channel ?? ""] ?? "the means you chose"}.`,
		channel_needs_phone: (_: Params) => "For this means, give a telephone number.",
		channel_needs_email: (_: Params) => "For this means, give an e-mail address.",
		unknown_project: (_: Params) => "One of these projects is no longer offered: remove it.",
		unknown_bank: (_: Params) => "Choose a bank that is present at the stand.",
		country_invalid: (_: Params) => "Choose a country from the list.",
		budget_invalid: (_: Params) => "Choose a budget from the list.",
		not_allowed_characters: (_: Params) => "Some characters are not accepted here.",
	} satisfies Record<FieldCode, (params: Params) => string>,
	missing: { name: "Write your name.", phone: "Give a telephone number or an e-mail address." },
};
