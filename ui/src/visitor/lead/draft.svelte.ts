/**
 * The answers in the lead form, and those that the search already gives. They live in the memory of this page, outside of
 * the components, so that going back, a change of language or a rotated screen loses nothing. Must not know: how steps and
 * fields look.
 */
import {
	type Beneficiary,
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
	type Slot,
	type Thanks,
	visitor,
} from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { search } from "../explore/search.svelte";
import { visit } from "../visit.svelte";
import { CHANNELS } from "./choices";
import { dialOf } from "./countries";
import { partnersAt } from "./partners";

export const STEPS = ["who", "what", "when", "review"] as const;
export type Step = (typeof STEPS)[number];

/** The fields of `LeadDraft` that are checked at the end of each step. */
const FIELDS: Record<Step, readonly FieldName[]> = {
	who: ["name", "phone", "email", "country", "city"],
	what: ["interests", "towns", "budget_mad", "note", "result", "partner", "on_behalf"],
	when: ["language", "consents", "phone", "email", "call_language", "stay"],
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
	/** The chosen channels, the preferred one first. */
	channels: [] as Channel[],
	consents: { call: false, whatsapp: false, email: false },
	/** The bank that may get the answers; `null` for none. */
	bank: null as string | null,
	/** The partner at the desk: its id in the catalogue, or the name of a bank of the stop. */
	partner: null as string | null,
	/** Language of the reply; `null` for that of the window. */
	callLanguage: null as Lang | null,
	slots: [] as Slot[],
	/** Stay in Morocco, days as `YYYY-MM-DD`. */
	arrival: null as string | null,
	departure: null as string | null,
	onBehalf: null as Beneficiary | null,
	onBehalfDetail: "",
});

/** Optional parts that are folded at first. */
export type Part = "on-behalf" | "reach" | "stay";

/** Errors of a field that is left are about what it contains; what is missing is said at the end of the step. */
const MISSING: ReadonlySet<FieldError["code"]> = new Set<FieldError["code"]>([
	"required",
	"consent_required",
	"channel_needs_phone",
	"channel_needs_email",
]);

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
	/** The optional parts that the visitor opened. */
	unfolded = $state<Part[]>([]);

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
		const { onBehalf } = this.answers;
		const chosen = visit.about.length + this.towns.length + this.types.length > 0 || onBehalf !== null;
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
		this.unfolded = [];
	}

	/** Begins another request of the same visit with the contact of the last one. Wishes and consents are asked again. */
	again(): void {
		const { name, country, phone, phoneCountry, email, city, channels, callLanguage, slots } = this.answers;
		const reading = this.phone;
		this.clear();
		Object.assign(this.answers, { name, country, phone, phoneCountry, email, city, channels, callLanguage, slots });
		this.phone = reading;
		this.step = "what";
	}

	fold(part: Part): void {
		const isOpen = this.unfolded.includes(part);
		this.unfolded = isOpen ? this.unfolded.filter((open) => open !== part) : [...this.unfolded, part];
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

	/** The preferred channel for the reply. */
	get channel(): Channel {
		return this.channels[0] ?? "call";
	}

	/** The channels for the reply: the visitor's choice, otherwise those with consent, otherwise a suitable one. */
	get channels(): Channel[] {
		const { channels } = this.answers;
		if (channels.length > 0) return channels;
		const agreed = this.#agreedChannels();
		return agreed.length > 0 ? agreed : this.suggested;
	}

	/** The channel that the form suggests before the visitor says anything. */
	get suggested(): Channel[] {
		return [this.#suitableChannel()];
	}

	/** Adds or removes a channel; one always remains. */
	toggleChannel(channel: Channel): void {
		const chosen = this.answers.channels;
		const others = (chosen.length > 0 ? chosen : this.#agreedChannels()).filter((one) => one !== channel);
		if (!chosen.includes(channel)) this.answers.channels = [...others, channel];
		else if (others.length > 0) this.answers.channels = others;
		this.clearErrors("consents", "phone", "email");
	}

	#suitableChannel(): Channel {
		const { phone, email } = this.answers;
		return phone.trim() === "" && email.trim() !== "" ? "email" : "call";
	}

	/** Channels with consent and contact, the suitable one first. */
	#agreedChannels(): Channel[] {
		const { phone, email, consents } = this.answers;
		const isUsable = (channel: Channel) => (channel === "email" ? email : phone).trim() !== "";
		const agreed = CHANNELS.filter((channel) => consents[channel] && isUsable(channel));
		const first = this.#suitableChannel();
		return [...agreed.filter((one) => one === first), ...agreed.filter((one) => one !== first)];
	}

	chooseDesk(desk: Desk): void {
		this.answers.desk = this.answers.desk === desk ? null : desk;
		this.answers.partner = null;
		this.clearErrors("partner");
	}

	/** Checks a field that the visitor leaves, unless it is edited meanwhile. */
	async leave(field: FieldName): Promise<void> {
		const asked = this.toLead(i18n.lang, visit.about);
		const before = JSON.stringify(asked);
		try {
			const found = await visitor.leadCheck(asked, [field]);
			if (JSON.stringify(this.toLead(i18n.lang, visit.about)) !== before) return;
			const wrong = found.filter(({ code }) => !MISSING.has(code));
			if (wrong.length > 0) this.errors = [...this.errors.filter((error) => error.field !== field), ...wrong];
		} catch {
			// The end of the step checks it again.
		}
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

	/** Skips the optional wishes. */
	finish(): void {
		this.step = "when";
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
		const { partner, callLanguage, slots, arrival, departure, onBehalf, onBehalfDetail } = this.answers;
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
			channels: [...this.channels],
			partner: desk && partnersAt(desk).some(({ id }) => id === partner) ? partner : null,
			call_language: callLanguage,
			slots: [...slots],
			stay: arrival !== null && departure !== null ? { from: arrival, to: departure } : null,
			on_behalf: onBehalf && {
				whom: onBehalf,
				detail: onBehalf === "myself" ? null : nonEmpty(onBehalfDetail),
			},
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
