/**
 * The answers in the lead form, and those that the search already gives. They live in the memory of this page, outside of
 * the components, so that going back, a change of language or a rotated screen loses nothing. Must not know: how steps and
 * fields look.
 */
import {
	type Channel,
	type Desk,
	type FieldError,
	type FieldName,
	type Lang,
	type LeadDraft,
	type PhoneReading,
	type ProductType,
	type Purpose,
	type SharedResult,
	type ShortlistItem,
	type Thanks,
	visitor,
} from "@/host";
import { search } from "../explore/search.svelte";
import { visit } from "../visit.svelte";
import { dialOf } from "./countries";

export const STEPS = ["who", "what", "when", "review"] as const;
export type Step = (typeof STEPS)[number];

/** The fields of `LeadDraft` that are checked at the end of each step. */
const FIELDS: Record<Step, readonly FieldName[]> = {
	who: ["name", "phone", "email", "country", "city"],
	what: ["interests", "towns", "budget_mad", "note", "result"],
	when: ["language", "consents", "phone", "email"],
	review: [],
};

/** The answers before the visitor has given any. */
const emptyAnswers = () => ({
	name: "",
	/** Country of residence, ISO 3166-1 alpha-2; `null` for that of the stop. */
	country: null as string | null,
	phone: "",
	/** Country by which the visitor said that the number is to be read; `null` for that of residence. */
	phoneCountry: null as string | null,
	email: "",
	city: "",
	/** Dirhams; `undefined` until the visitor chooses or removes a budget. */
	budget: undefined as number | null | undefined,
	/** Towns and types of the search that the visitor does not want in the request. */
	withoutTowns: [] as string[],
	withoutTypes: [] as ProductType[],
	purpose: null as Purpose | null,
	desk: null as Desk | null,
	note: "",
	/** Whether the visitor agrees to send the result that the form offers to send. */
	shareResult: false,
	channel: null as Channel | null,
	consents: { call: false, whatsapp: false, email: false },
	/** The bank that may get the answers; `null` for none. */
	bank: null as string | null,
});

/** Country of the form if the stop has none with a dialling code. */
const FALLBACK_COUNTRY = "FR";
/** Maximum number of towns of a request. */
const MAX_TOWNS = 20;

class Draft {
	step = $state<Step>("who");
	answers = $state(emptyAnswers());
	errors = $state.raw<FieldError[]>([]);
	thanks = $state.raw<Thanks | null>(null);
	/** The result that the visitor wants to talk about; sent only with `shareResult`. */
	result = $state.raw<SharedResult | null>(null);
	/** The telephone number as understood; `null` if it is not one. */
	phone = $state.raw<PhoneReading | null>(null);

	/** Country of residence: the visitor's choice or that of the stop. */
	get country(): string {
		const ofStop = visit.boot?.stop.country ?? "";
		return this.answers.country ?? (dialOf(ofStop) === "" ? FALLBACK_COUNTRY : ofStop);
	}

	/** Country by which a telephone number without country code is read. */
	get phoneCountry(): string {
		return this.answers.phoneCountry ?? this.country;
	}

	/** Whether the number could be a Moroccan one as well and the visitor has not been asked. */
	get isPhoneAmbiguous(): boolean {
		return this.answers.phoneCountry === null && this.phone?.moroccan != null;
	}

	/** Whether the visitor said anything about what they look for. */
	get hasWishes(): boolean {
		const { purpose, desk, note } = this.answers;
		const chosen = visit.about.length + this.towns.length + this.types.length > 0;
		return chosen || this.budget !== null || purpose !== null || desk !== null || note.trim() !== "";
	}

	/** Budget in dirhams: the visitor's choice or the highest price of the search. */
	get budget(): number | null {
		return this.answers.budget === undefined ? budgetOfSearch() : this.answers.budget;
	}

	get budgetIsFromSearch(): boolean {
		return this.answers.budget === undefined && budgetOfSearch() !== null;
	}

	/** Ids of the towns of the search that are in the catalogue and that the visitor has not removed. */
	get towns(): string[] {
		const known = new Set(visit.boot?.towns.map(({ id }) => id));
		const wanted = search.query.towns.filter((id) => known.has(id) && !this.answers.withoutTowns.includes(id));
		return wanted.slice(0, MAX_TOWNS);
	}

	/** Types of the search that the visitor has not removed. */
	get types(): ProductType[] {
		return search.query.types.filter((type) => !this.answers.withoutTypes.includes(type));
	}

	/** Whether the visitor has given no answer. */
	get isEmpty(): boolean {
		return JSON.stringify(this.answers) === JSON.stringify(emptyAnswers());
	}

	/** Forgets all answers. */
	clear(): void {
		this.answers = emptyAnswers();
		this.step = "who";
		this.errors = [];
		this.thanks = null;
		this.result = null;
		this.phone = null;
	}

	/** Offers to send a result. Consent to send an earlier one does not count for it. */
	offer(result: SharedResult): void {
		this.result = result;
		this.answers.shareResult = false;
		this.clearErrors("result");
	}

	chooseCountry(code: string): void {
		this.answers.country = code;
		this.answers.phoneCountry = null;
		this.clearErrors("phone", "country");
	}

	/** Reads the typed number. A response that arrives after the number has changed is ignored. */
	async readPhone(): Promise<void> {
		const typed = this.answers.phone.trim();
		const country = this.phoneCountry;
		let reading: PhoneReading | null = null;
		try {
			if (typed !== "") reading = (await visitor.readPhone(typed, country)) ?? null;
		} catch {
			// The number is shown as typed.
		}
		if (typed === this.answers.phone.trim() && country === this.phoneCountry) this.phone = reading;
	}

	/** The channel for the reply: the visitor's choice, or a suitable one for the answers. */
	get channel(): Channel {
		const { channel, phone, email } = this.answers;
		if (channel) return channel;
		if (phone.trim() === "" && email.trim() !== "") return "email";
		return "call";
	}

	get fields(): FieldName[] {
		return [...FIELDS[this.step]];
	}

	errorOf(...fields: FieldName[]): FieldError | undefined {
		return this.errors.find((error) => fields.includes(error.field));
	}

	/** Removes the errors of fields that the visitor edits, until they are checked again. */
	clearErrors(...fields: FieldName[]): void {
		if (this.errorOf(...fields)) this.errors = this.errors.filter((error) => !fields.includes(error.field));
	}

	forward(): void {
		this.step = STEPS[STEPS.indexOf(this.step) + 1] ?? "review";
	}

	/** Goes one step back. Returns `false` on the first step. */
	backward(): boolean {
		const before = STEPS[STEPS.indexOf(this.step) - 1];
		if (!before) return false;
		this.errors = [];
		this.step = before;
		return true;
	}

	/** Goes to the first step with one of these errors. */
	show(errors: FieldError[]): void {
		this.errors = errors;
		this.step = STEPS.find((step) => errors.some((error) => FIELDS[step].includes(error.field))) ?? this.step;
	}

	/** The draft for the shell. `language` is the language of the notice that the visitor saw. */
	toLead(language: Lang, interests: readonly ShortlistItem[]): LeadDraft {
		const { name, phone, email, city, purpose, desk, consents, bank, note, shareResult } = this.answers;
		return {
			name: name.trim(),
			phone: nonEmpty(this.phoneCountry === this.country ? phone : international(phone, dialOf(this.phoneCountry))),
			email: nonEmpty(email),
			country: this.country,
			city: nonEmpty(city),
			language,
			interests: [...interests],
			towns: this.towns,
			types: this.types,
			budget_mad: this.budget,
			purpose,
			desk,
			channel: this.channel,
			consents: { ...consents, bank },
			note: nonEmpty(note),
			result: shareResult ? this.result : null,
		};
	}
}

/** The highest price of the search, in whole dirhams. */
function budgetOfSearch(): number | null {
	const centimes = search.query.max_price;
	return centimes === null ? null : Math.floor(centimes / 100);
}

/** Adds the country code, unless the number starts with `+` or `00`. */
export function international(typed: string, dialCode: string): string {
	const number = typed.trim();
	return number === "" || number.startsWith("+") || number.startsWith("00") ? number : `+${dialCode} ${number}`;
}

function nonEmpty(text: string): string | null {
	const trimmed = text.trim();
	return trimmed === "" ? null : trimmed;
}

export const draft = new Draft();
export { Draft };
