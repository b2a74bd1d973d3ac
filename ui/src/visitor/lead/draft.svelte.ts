/**
 * What a visitor has answered so far in the form to be called back. It lives in this page's memory only, apart from
 * the form's components, so that going back, another language or a turned screen lose nothing; the end of the
 * visit reloads the page and takes it away. It knows the form's steps and fields, not how they look.
 */
import type { Channel, Desk, FieldError, Lang, LeadDraft, Purpose, Thanks } from "@/host";

export const STEPS = ["who", "what", "when", "review"] as const;
export type Step = (typeof STEPS)[number];

/** Fields of `LeadDraft` each step answers for: what is checked before going on. */
const FIELDS: Record<Step, readonly string[]> = {
	who: ["name", "phone", "email", "country", "city"],
	what: ["interests", "budget_mad", "purpose", "desk", "note"],
	when: ["language", "channel", "consents", "phone", "email"],
	review: [],
};

class Draft {
	step = $state<Step>("who");
	name = $state("");
	/** Where the visitor lives, ISO 3166-1 alpha-2: also the country of a telephone number typed without one. */
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
	/** The one bank the visitor's answers may be passed to. */
	bank = $state<string | null>(null);
	errors = $state.raw<FieldError[]>([]);
	thanks = $state.raw<Thanks | null>(null);

	/** The means of answering: the visitor's choice, or the one that fits what was given. */
	get channel(): Channel {
		if (this.chosenChannel) return this.chosenChannel;
		if (this.phone.trim() === "" && this.email.trim() !== "") return "email";
		return this.hasWhatsapp ? "whatsapp" : "call";
	}

	get fields(): string[] {
		return [...FIELDS[this.step]];
	}

	errorOf(...fields: string[]): FieldError | undefined {
		return this.errors.find((error) => fields.includes(error.field));
	}

	/** A corrected answer is no longer wrong until it is checked again. */
	corrected(...fields: string[]): void {
		if (this.errorOf(...fields)) this.errors = this.errors.filter((error) => !fields.includes(error.field));
	}

	forward(): void {
		this.step = STEPS[STEPS.indexOf(this.step) + 1] ?? "review";
	}

	/** One step back; false when this is the first. */
	backward(): boolean {
		const before = STEPS[STEPS.indexOf(this.step) - 1];
		if (!before) return false;
		this.errors = [];
		this.step = before;
		return true;
	}

	/** Goes to the first step that has to do with one of these faults. */
	show(errors: FieldError[]): void {
		this.errors = errors;
		this.step = STEPS.find((step) => errors.some((error) => FIELDS[step].includes(error.field))) ?? this.step;
	}

	/** The answers as the program takes them. `language` is the one the notice was read in. */
	toLead(language: Lang, interests: string[], dialCode: string): LeadDraft {
		return {
			name: this.name.trim(),
			phone: international(this.phone, dialCode),
			email: filled(this.email),
			country: this.country,
			city: filled(this.city),
			language,
			interests: [...interests],
			budget_mad: this.budget,
			purpose: this.purpose,
			desk: this.desk,
			channel: this.channel,
			consents: { ...this.consents, bank: this.bank },
			note: filled(this.note),
		};
	}
}

/** The number with its country code. Someone who typed `+` or `00` has said which country it is from. */
export function international(typed: string, dialCode: string): string {
	const number = typed.trim();
	return number === "" || number.startsWith("+") || number.startsWith("00") ? number : `+${dialCode} ${number}`;
}

function filled(text: string): string | null {
	const trimmed = text.trim();
	return trimmed === "" ? null : trimmed;
}

export const draft = new Draft();
export { Draft };
