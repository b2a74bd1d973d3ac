import type { RejectionCode } from "@/host";
import { formatsIn } from "../format";
import { en as plural } from "../plural";

const { dateTime, number } = formatsIn("en");

const sendOnce = "Send it again once. If it comes back here, close the day and give headquarters the ticket number.";

export const supply = {
	catalogue: {
		shown: "What visitors see",
		none: "The kiosk has no catalogue yet. Plug in a USB stick that carries one, or wait for the platform.",
		published: (instant: string) => `Catalogue of ${dateTime(instant, "long")}`,
		version: (version: number) => `version ${version}`,
		units: (n: number) => plural(n, { one: `${number(n)} unit available`, other: `${number(n)} units available` }),
		today: "today",
		old: "Prices may have changed since: load a newer catalogue as soon as you can.",
		ahead: "Its date is still to come: the kiosk’s clock may be wrong.",
		since: {
			stick: (instant: string) => `Loaded from a USB stick on ${dateTime(instant, "long")}.`,
			command: (instant: string) => `Installed by an operator’s command on ${dateTime(instant, "long")}.`,
			platform: (instant: string) => `Received from the platform on ${dateTime(instant, "long")}.`,
			rolled_back: (instant: string) => `Brought back by staff on ${dateTime(instant, "long")}.`,
			rolled_back_by_command: (instant: string) =>
				`Brought back by an operator’s command on ${dateTime(instant, "long")}.`,
		},
		pictures: (n: number) =>
			plural(n, {
				one: `${number(n)} picture is still missing: it comes from the platform, or with a stick.`,
				other: `${number(n)} pictures are still missing: they come from the platform, or with a stick.`,
			}),
		complete: "All pictures are there.",
		before: "Version before",
		after: "Version that staff went back from",
		noBefore: "There is no other version on the kiosk.",
		stays: "It will not come back by itself.",
		rollBack: "Go back to this version",
		rollForward: "Show this version again",
		confirmRollBack: "Go back to the version before?",
		confirmRollForward: "Show the version you went back from again?",
		willShow: (instant: string) => `Visitors will see the catalogue of ${dateTime(instant, "long")} at once.`,
		willWait: (instant: string) =>
			`The one of ${dateTime(instant, "long")} will not come back by itself: the kiosk waits for a newer version. You can take it up again here as long as no other has arrived.`,
		willReturn: (instant: string) =>
			`The one of ${dateTime(instant, "long")} stays on the kiosk: you can go back to it here.`,
		untouched: "Leads do not change.",
		cancel: "Change nothing",
		changing: "Changing…",
		changed: (instant: string) => `Visitors now see the catalogue of ${dateTime(instant, "long")}.`,
	},

	usb: {
		title: "Load from a USB stick",
		looking: "The kiosk is looking at the sticks plugged in…",
		none: "Plug in a USB stick: the catalogues on it appear here by themselves.",
		help: "Nothing appears? The file from headquarters ends in .bundle and has to lie on the stick outside any folder. Take the stick out, wait three seconds, plug it in again. Otherwise try another socket, then another stick.",
		on: (stick: string) => `stick ${stick}`,
		newest: "newest",
		load: "Load",
		keep: "Leave the stick in. Visitors keep the present catalogue until it is done.",
		stages: {
			idle: "Opening the file…",
			checking: "Checking signature and contents…",
			pictures: "Copying pictures…",
			installing: "Putting it in place…",
			done: "Done.",
			refused: "Refused.",
		},
		picturesDone: (done: number, of: number) => `${number(done)} of ${number(of)} pictures`,
		loaded: "The catalogue is loaded",
		already: "This catalogue was there already",
		alreadyText: "It is the one visitors see. Pictures that were missing have been taken from the stick.",
		loadedText: (instant: string) => `Visitors now see the catalogue of ${dateTime(instant, "long")}.`,
		pictures: (n: number) => plural(n, { one: `${number(n)} picture`, other: `${number(n)} pictures` }),
		remove: "You can take the stick out.",
		refused: "This catalogue was not taken",
		unchanged: "Nothing has changed for visitors.",
		note: (name: string) =>
			`The reason is also written on the stick, if it lets itself be written to: ${name}.refused.txt, in French, Arabic and English.`,
		understood: "Understood",
	},

	rejected: {
		title: "Leads set aside",
		see: "Show",
		none: "No lead is set aside. All is well.",
		intro:
			"The platform did not take these leads. They stay on the kiosk, sealed; nothing is erased, and “Close the day” writes them with the others.",
		ticket: "Ticket",
		taken: (instant: string) => `taken on ${dateTime(instant)}`,
		why: {
			conflict: "The platform has one under this number already, with other contents. It keeps both.",
			item_damaged: "It arrived damaged.",
			item_unreadable: "The platform could not read it.",
			malformed: "The platform did not understand what was sent.",
			too_large: "The platform finds it too large.",
		} satisfies Record<RejectionCode, string>,
		whyUnknown: (code: string) => `The platform refused it (${code}).`,
		act: {
			conflict: "Nothing is lost. Give headquarters the ticket number: only they can say which one counts.",
			item_damaged: "Send it again: that is enough as a rule.",
			item_unreadable: sendOnce,
			malformed: sendOnce,
			too_large: "Sending it again will not help. Close the day and give headquarters the ticket number.",
		} satisfies Record<RejectionCode, string>,
		actUnknown: sendOnce,
		platformSays: "The platform says:",
		again: "Send again",
		againTicket: (ticket: string) => `Send ${ticket} again`,
		allAgain: (n: number) => plural(n, { one: "Send again", other: `Send all ${n} again` }),
		sending: "Sending…",
		notRejected: "These leads were no longer set aside.",
		arrived: (n: number) =>
			plural(n, { one: `${n} lead has reached the platform.`, other: `${n} leads have reached the platform.` }),
		waiting: (n: number) =>
			plural(n, {
				one: `${n} lead waits to be sent again; it leaves by itself.`,
				other: `${n} leads wait to be sent again; they leave by themselves.`,
			}),
		rejectedAgain: (n: number) =>
			plural(n, {
				one: `${n} lead was refused again: give headquarters its ticket number.`,
				other: `${n} leads were refused again: give headquarters their ticket numbers.`,
			}),
	},
};
