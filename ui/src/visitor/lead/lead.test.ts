import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FieldError, LeadDraft } from "@/host";
import { i18n, messagesOf, type UiLang } from "@/i18n/index.svelte";
import { visit } from "../visit.svelte";
import { countries, dialOf, search } from "./countries";
import { Draft, draft, international } from "./draft.svelte";
import Lead from "./Lead.svelte";

const LANGUAGES: UiLang[] = ["fr", "ar", "en"];

const host = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock("#transport", () => ({ call: host.call, mediaUrl: (hash: string) => hash }));

const booted = (leads_open: boolean) =>
	({ leads_open, banks: [], languages: LANGUAGES }) as unknown as NonNullable<typeof visit.boot>;

/** Responses of the shell by command; tests replace single ones. */
let answers: Record<string, (args: { draft: LeadDraft; lang: UiLang }) => unknown>;

beforeEach(() => {
	for (const [name, value] of Object.entries({
		step: "who",
		name: "",
		phone: "",
		email: "",
		errors: [],
		thanks: null,
		chosenChannel: null,
		country: "FR",
	})) {
		Object.assign(draft, { [name]: value });
	}
	draft.consents = { call: false, whatsapp: false, email: false };
	i18n.use("fr");
	visit.boot = booted(true);
	answers = {
		notice: ({ lang }) => ({
			version: "1",
			lang,
			title: "t",
			summary: "s",
			full: [],
			consents: { call: `call ${lang}`, whatsapp: "w", email: "e", bank: "{bank}" },
		}),
		visitor_boot: () => visit.boot,
		lead_check: () => [],
	};
	host.call.mockImplementation(async (command: string, args: { draft: LeadDraft; lang: UiLang }) =>
		answers[command]?.(args),
	);
});

afterEach(() => vi.clearAllMocks());

const type = (id: string, value: string) => fireEvent.input(screen.getByTestId(id), { target: { value } });
const touch = (id: string) => fireEvent.click(screen.getByTestId(id));
const calls = (command: string) => host.call.mock.calls.filter(([name]) => name === command);

async function toReview(): Promise<void> {
	await type("field-name", "Test Visiteur");
	await type("field-phone", "0612345678");
	await touch("lead-next");
	await waitFor(() => expect(draft.step).toBe("what"));
	await touch("lead-next");
	await waitFor(() => expect(draft.step).toBe("when"));
	await touch("consent-call");
	await touch("lead-next");
	await waitFor(() => expect(draft.step).toBe("review"));
}

describe("errors of fields", () => {
	it("are next to their field and follow the language", async () => {
		const errors: FieldError[] = [{ field: "phone", code: "phone_too_short", params: {} }];
		answers.lead_check = () => errors;
		render(Lead);
		await touch("lead-next");
		expect((await screen.findByTestId("error-phone")).textContent).toContain("Il manque des chiffres");
		i18n.use("ar");
		await tick();
		expect(screen.getByTestId("error-phone").textContent).toContain(messagesOf("ar").lead.errors.phone_too_short({}));
		await type("field-phone", "06");
		expect(screen.queryByTestId("error-phone")).toBeNull();
	});
});

describe("answers of the form", () => {
	it("survive a change of language and a new component", async () => {
		const first = render(Lead);
		await type("field-name", "زائر تجريبي");
		await type("field-phone", "0612345678");
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("what"));
		i18n.use("ar");
		await tick();
		first.unmount();
		render(Lead);
		await touch("lead-back");
		expect(screen.getByTestId<HTMLInputElement>("field-name").value).toBe("زائر تجريبي");
		expect(screen.getByTestId<HTMLInputElement>("field-phone").value).toBe("0612345678");
	});

	it("contain only given consents and the notice language", async () => {
		render(Lead);
		await toReview();
		answers.lead_submit = () => ({ ticket: "TST-1", id: "x", taken_at: "", qr_svg: "<svg/>" });
		await touch("lead-submit");
		expect((await screen.findByTestId("thanks-ticket")).textContent).toBe("TST-1");
		const sent = calls("lead_submit")[0]?.[1].draft as LeadDraft;
		expect(sent.consents).toEqual({ call: true, whatsapp: false, email: false, bank: null });
		expect(sent).toMatchObject({ language: "fr", phone: "+33 0612345678", email: null, channel: "call" });
	});

	it("are sent once when the button is tapped twice", async () => {
		render(Lead);
		await toReview();
		let done: (value: unknown) => void = () => undefined;
		answers.lead_submit = () => new Promise((resolve) => (done = resolve));
		await touch("lead-submit");
		await touch("lead-submit");
		expect(calls("lead_submit")).toHaveLength(1);
		done({ ticket: "TST-2", id: "x", taken_at: "", qr_svg: "<svg/>" });
		await screen.findByTestId("thanks-ticket");
	});

	it("stay after a storage error and can be sent again", async () => {
		render(Lead);
		await toReview();
		answers.lead_submit = () => {
			throw { code: "storage", params: {}, fields: [] };
		};
		await touch("lead-submit");
		expect((await screen.findByTestId("lead-failure")).textContent).toContain("Rien n’est perdu");
		answers.lead_submit = () => ({ ticket: "TST-3", id: "x", taken_at: "", qr_svg: "<svg/>" });
		await touch("lead-submit");
		expect((await screen.findByTestId("thanks-ticket")).textContent).toBe("TST-3");
	});

	it("return to the step of a rejected answer", async () => {
		render(Lead);
		await toReview();
		answers.lead_submit = () => {
			throw { code: "invalid_lead", params: {}, fields: [{ field: "email", code: "email_invalid", params: {} }] };
		};
		await touch("lead-submit");
		await screen.findByTestId("error-email");
		expect(draft.step).toBe("who");
	});

	it("are not requested when they cannot be stored", () => {
		visit.boot = booted(false);
		render(Lead);
		expect(screen.queryByTestId("field-name")).toBeNull();
		expect(screen.getByRole("alert").textContent).toContain("ne peut pas prendre votre demande");
	});

	it("are not requested when the disk is full by now", async () => {
		answers.visitor_boot = () => booted(false);
		render(Lead);
		await waitFor(() => expect(screen.queryByTestId("field-name")).toBeNull());
		expect(screen.getByRole("alert").textContent).toContain("ne peut pas prendre votre demande");
		expect(calls("visitor_boot")).toEqual([["visitor_boot", { lang: "fr" }]]);
	});

	it("select a suitable channel until the visitor chooses", () => {
		const fresh = new Draft();
		fresh.email = "test@example.com";
		expect(fresh.channel).toBe("email");
		fresh.phone = "06";
		expect(fresh.channel).toBe("call");
		fresh.hasWhatsapp = true;
		expect(fresh.channel).toBe("whatsapp");
		fresh.chosenChannel = "email";
		expect(fresh.channel).toBe("email");
	});

	it("keep a typed country code", () => {
		expect([
			international("0612", "33"),
			international(" +212 6", "33"),
			international("0032 4", "33"),
			international(" ", "33"),
		]).toEqual(["+33 0612", "+212 6", "0032 4", ""]);
	});
});

describe("countries", () => {
	it("are found by folded name, French name or code", () => {
		const found = (typed: string, lang: UiLang) => search(countries(lang), typed).map(({ code }) => code);
		expect(found("belg", "ar")).toEqual(["BE"]);
		expect(found("emirats", "fr")).toEqual(["AE"]);
		expect(found("مغرب", "ar")).toEqual(["MA"]);
		expect(found("+32", "fr")).toEqual(["BE"]);
		expect(found("0032", "fr")).toEqual(["BE"]);
		expect(found("zzz", "en")).toEqual([]);
	});

	it("contain Morocco without separate parts", () => {
		for (const lang of LANGUAGES) {
			const all = countries(lang);
			expect(
				all.some(({ code, name }) => code === "EH" || /\(EH\)|sahara/i.test(name) || name.includes("الصحراء")),
			).toBe(false);
			expect(all.every(({ code, dial, name }) => /^[A-Z]{2}$/.test(code) && /^\d+$/.test(dial) && name !== code)).toBe(
				true,
			);
			expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
		}
		expect(dialOf("MA")).toBe("212");
	});
});
