/** The answers about the reply in words, for folded parts and for the review. Must not know: components. */
import type { Lang, SlotHours } from "@/host";
import { date, isolated } from "@/i18n/format";
import { languageNames, type Messages } from "@/i18n/index.svelte";
import { draft } from "./draft.svelte";

/** Languages in which somebody in Morocco answers, besides those of the stop. */
const SPOKEN: readonly Lang[] = ["ar", "zgh"];

export function replyLanguages(ofStop: readonly Lang[]): Lang[] {
	return [...new Set([...ofStop, ...SPOKEN])];
}

/** The name of a language in that language; Amazigh also as visitors read it. Arabic stands for Darija too. */
export function languageName(lang: Lang, m: Messages): string {
	if (lang === "zgh") return `${languageNames.zgh} · ${m.reply.amazigh}`;
	return lang === "ar" ? `${languageNames.ar} · الدارجة` : languageNames[lang];
}

/** `au Maroc : 9:00–12:00`, or nothing if the hours are the same. */
export function moroccanHours({ morocco }: SlotHours, m: Messages): string {
	if (!morocco) return "";
	const shift = morocco.next_day ? ` ${m.reply.nextDay}` : morocco.previous_day ? ` ${m.reply.previousDay}` : "";
	return m.reply.morocco(`${morocco.from}–${morocco.to}`) + shift;
}

export function slotWords(m: Messages): string {
	return draft.answers.slots.map((slot) => m.reply.slots[slot]).join(", ");
}

export function stayWords(m: Messages, lang: Lang): string {
	const { arrival, departure } = draft.answers;
	if (arrival === null || departure === null) return "";
	return m.summer.stay(date(arrival, lang), date(departure, lang));
}

export function onBehalfWords(m: Messages): string {
	const { onBehalf, onBehalfDetail } = draft.answers;
	if (onBehalf === null) return "";
	const detail = onBehalf === "myself" ? "" : onBehalfDetail.trim();
	return detail === "" ? m.reply.whom[onBehalf] : `${m.reply.whom[onBehalf]} · ${isolated(detail)}`;
}
