/**
 * The answers in the lead form. They live in the memory of this page, outside of the components, so that going back, a
 * change of language or a rotated screen loses nothing. Must not know: how steps and fields look.
 */
import type { Channel, Desk, FieldError, FieldName, Lang, LeadDraft, Purpose, Thanks } from "@/host";

export const STEPS = ["who", "what", "when", "review"] as const;
export type Step = (typeof STEPS)[number];

/** The fields of `LeadDraft` that are checked at the end of each step. */
const FIELDS: Record<Step, readonly FieldName[]> = {
	who: ["name", "phone", "email", "country", "city"],
	what: ["interests", "budget_mad", "note"],
	when: ["language", "consents", "phone", "email"],
	review: [],
};

class Draft {
	step = $state<Step>("who");
	name = $state("");
	/** Country of residence, ISO 3166-1 alpha-2. Also the country of a telephone number without a country code. */
	country = $state("FR");
	phone = $state("");
	hasWhatsapp = $state(false);
	email = $state("");
	city = $state("");
	budget = $state<number | null>(null);
	purpose = $state<Purpose | null>(null);
	desk = $state<Desk | null>(null);
	note = $state("");
	chosenChannel = $state<Channel | null>(null);
	consents = $state({ call: false, whatsapp: false, email: false });
	/** The bank that may get the answers; `null` for none. */
	bank = $state<string | null>(null);
	errors = $state.raw<FieldError[]>([]);
	thanks = $state.raw<Thanks | null>(null);

	/** The channel for the reply: the visitor's choice, or a suitable one for the answers. */
	get channel(): Channel {
		if (this.chosenChannel) return this.chosenChannel;
		if (this.phone.trim() === "" && this.email.trim() !== "") return "email";
		return this.hasWhatsapp ? "whatsapp" : "call";
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
	toLead(language: Lang, interests: string[], dialCode: string): LeadDraft {
		return {
			name: this.name.trim(),
			phone: international(this.phone, dialCode),
			email: nonEmpty(this.email),
			country: this.country,
			city: nonEmpty(this.city),
			language,
			interests: [...interests],
			budget_mad: this.budget,
			purpose: this.purpose,
			desk: this.desk,
			channel: this.channel,
			consents: { ...this.consents, bank: this.bank },
			note: nonEmpty(this.note),
		};
	}
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
