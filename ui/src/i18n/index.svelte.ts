/**
 * The language of the window and its messages. `i18n.m.<area>.<message>` is reactive: switching the language re-renders
 * only texts, so typed answers stay. French defines the type of the messages; a language with a missing message does
 * not compile.
 */
import type { Lang } from "@/host";
import * as ar from "./ar";
import { fixAllBaselines } from "./baseline-fix";
import * as de from "./de";
import * as en from "./en";
import * as es from "./es";
import * as fr from "./fr";
import * as it from "./it";
import * as nl from "./nl";

export type Messages = typeof fr;
/** Languages with a complete set of messages for visitors; the others of `Lang` exist only for catalogue texts. */
export const UI_LANGUAGES = ["fr", "ar", "en", "es", "nl", "de", "it"] as const satisfies Lang[];
export type UiLang = (typeof UI_LANGUAGES)[number];
/** Languages of the staff window. */
export const STAFF_LANGUAGES = ["fr", "ar", "en"] as const satisfies UiLang[];

/** Messages for staff only. */
type StaffArea = "staff" | "staffLeads" | "supply" | "device" | "today";

/** Adds the English messages for staff to a language that has none. The staff window does not offer it. */
const forVisitors = (messages: Omit<Messages, StaffArea>): Messages => ({
	...messages,
	staff: en.staff,
	staffLeads: en.staffLeads,
	supply: en.supply,
	device: en.device,
	today: en.today,
});

const catalogue: Record<UiLang, Messages> = {
	fr,
	ar: fixAllBaselines(ar),
	en,
	es: forVisitors(es),
	nl: forVisitors(nl),
	de: forVisitors(de),
	it: forVisitors(it),
};

/** The name of each language in that language. */
export const languageNames: Record<Lang, string> = {
	fr: "Français",
	ar: "العربية",
	zgh: "ⵜⴰⵎⴰⵣⵉⵖⵜ",
	en: "English",
	es: "Español",
	nl: "Nederlands",
	de: "Deutsch",
	it: "Italiano",
};

export const direction = (lang: Lang): "rtl" | "ltr" => (lang === "ar" ? "rtl" : "ltr");
export const isUiLang = (lang: Lang): lang is UiLang => lang in catalogue;
/** Messages of one language, independent of the current one. */
export const messagesOf = (lang: UiLang): Messages => catalogue[lang];

class I18n {
	#lang = $state<UiLang>("fr");
	/** Languages that the window offers, in this order. */
	offered = $state.raw<UiLang[]>(["fr", "ar", "en"]);

	get lang(): UiLang {
		return this.#lang;
	}
	get m(): Messages {
		return catalogue[this.#lang];
	}
	get rtl(): boolean {
		return direction(this.#lang) === "rtl";
	}

	/** Sets the language here and on the document, for assistive technology, fonts and direction. */
	use(lang: Lang): void {
		if (!isUiLang(lang)) return;
		this.#lang = lang;
		document.documentElement.lang = lang;
		document.documentElement.dir = direction(lang);
	}

	/** Sets the languages of the stop, without those that have no messages. */
	offer(languages: Lang[]): void {
		const complete = languages.filter(isUiLang);
		this.offered = complete.length > 0 ? complete : ["fr"];
	}

	/** Sets the languages of the stop that staff can read. */
	offerToStaff(languages: Lang[]): void {
		this.offer(STAFF_LANGUAGES.filter((lang) => languages.includes(lang)));
	}
}

export const i18n = new I18n();
