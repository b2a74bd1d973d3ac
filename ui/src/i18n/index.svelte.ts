/**
 * The language of the window and its sentences. `i18n.m.<area>.<message>` is reactive: a switch re-renders words only,
 * so nothing typed is touched. French is the reference; a language missing a message does not compile, and only
 * complete languages are listed here, so that an incomplete one cannot be offered.
 */
import type { Lang } from "@/host";
import * as ar from "./ar";
import * as en from "./en";
import * as fr from "./fr";
import { settledAll } from "./settled";

export type Messages = typeof fr;
export type Complete = "fr" | "ar" | "en";

const catalogue = { fr, ar: settledAll(ar), en } satisfies Record<Complete, Messages>;

/** How each language calls itself, and which way it is written. */
export const names: Record<Lang, string> = {
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
export const isComplete = (lang: Lang): lang is Complete => lang in catalogue;
/** Messages of one language, whatever the window speaks (attract invites in all of them at once). */
export const messagesOf = (lang: Complete): Messages => catalogue[lang];

class I18n {
	#lang = $state<Complete>("fr");
	offered = $state.raw<Complete[]>(["fr", "ar", "en"]);

	get lang(): Complete {
		return this.#lang;
	}
	get m(): Messages {
		return catalogue[this.#lang];
	}
	get rtl(): boolean {
		return direction(this.#lang) === "rtl";
	}

	/** Also tells the document, so that assistive technology, fonts and direction follow. */
	use(lang: Lang): void {
		if (!isComplete(lang)) return;
		this.#lang = lang;
		document.documentElement.lang = lang;
		document.documentElement.dir = direction(lang);
	}

	/** Languages the stop wants, in its order, less those that are not complete. */
	offer(languages: Lang[]): void {
		const complete = languages.filter(isComplete);
		this.offered = complete.length > 0 ? complete : ["fr"];
	}
}

export const i18n = new I18n();
