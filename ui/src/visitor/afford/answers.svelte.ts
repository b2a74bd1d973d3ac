/**
 * The answers about means, in the memory of this page only: the end of the visit wipes them. Must not know: how questions
 * look, what is calculated.
 */
import type { Means, MoneyOrigin } from "@/host";
import { currency } from "@/i18n/format";
import { i18n } from "@/i18n/index.svelte";
import { hundredths } from "@/kit/number-pad";

export const QUESTIONS = ["cash", "monthly", "rate", "years", "origin"] as const;
export type Question = (typeof QUESTIONS)[number];
/** A question answered with a number. */
export type NumberQuestion = Exclude<Question, "origin">;

const empty = () => ({ cash: "", monthly: "", rate: "", years: "" }) satisfies Record<NumberQuestion, string>;

class Answers {
	/** The digits of each number; empty without an answer. */
	texts = $state(empty());
	origin = $state<MoneyOrigin | null>(null);
	/** Currency of the amounts; `null` for dirhams. */
	currency = $state<string | null>(null);
	/** The current question, or the result. */
	at = $state<Question | "result">("cash");

	/** The answers for the shell. */
	get means(): Means {
		const { cash, monthly, rate, years } = this.texts;
		return {
			currency: this.currency,
			cash: hundredths(cash),
			monthly: hundredths(monthly),
			rate_bp: hundredths(rate),
			years: years === "" ? null : Number.parseInt(years, 10),
			origin: this.origin,
		};
	}

	/** What the number of a question counts, in words of the language. */
	unit(question: NumberQuestion): string {
		const { units } = i18n.m.afford;
		if (question === "rate") return units.rate;
		if (question === "years") return units.years(this.means.years);
		return this.currency ?? currency(i18n.lang);
	}

	get isEmpty(): boolean {
		return this.origin === null && Object.values(this.texts).every((text) => text === "");
	}

	/** Removes the answer to a question. */
	remove(question: Question): void {
		if (question === "origin") this.origin = null;
		else this.texts[question] = "";
	}

	next(): void {
		const at = QUESTIONS.indexOf(this.at as Question);
		this.at = QUESTIONS[at + 1] ?? "result";
	}

	/** Goes to the question before; `false` at the first one. */
	back(): boolean {
		const at = this.at === "result" ? QUESTIONS.length : QUESTIONS.indexOf(this.at);
		const before = QUESTIONS[at - 1];
		if (!before) return false;
		this.at = before;
		return true;
	}

	clear(): void {
		this.texts = empty();
		this.origin = null;
		this.currency = null;
		this.at = "cash";
	}
}

export const answers = new Answers();
