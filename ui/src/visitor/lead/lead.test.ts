import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ContactHours, FieldError, LeadDraft, PhoneReading } from "@/host";
import { i18n, messagesOf, type UiLang } from "@/i18n/index.svelte";
import { search as projects } from "../explore/search.svelte";
import { visit } from "../visit.svelte";
import { countries, dialOf, search } from "./countries";
import { Draft, draft, international } from "./draft.svelte";
import Lead from "./Lead.svelte";

const LANGUAGES: UiLang[] = ["fr", "ar", "en"];

const host = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock("#transport", () => ({ call: host.call, mediaUrl: (hash: string) => hash }));

const booted = (leads_open: boolean) =>
	({
		leads_open,
		banks: [],
		reply_days: null,
		guidance: { guides: [], partners: [], stand: [] },
		languages: LANGUAGES,
		stop: { country: "FR" },
		towns: [{ id: "TNG", name: { text: "Tanger", lang: "fr" } }],
	}) as unknown as NonNullable<typeof visit.boot>;

/** The page of each project. */
const PAGE = {
	id: "P",
	title: { text: "Essai", lang: "fr" },
	town: { text: "Tanger", lang: "fr" },
	pictures: [],
	groups: [
		{
			id: "G",
			product_type: "industrial_plot",
			units: [{ id: "P-2", number: "LI-002", surface: 1200 }],
		},
	],
};

const moroccan = { from: "09:00", to: "12:00", next_day: false, previous_day: false };
const HOURS: ContactHours = {
	country: "FR",
	city: null,
	slots: [
		{ slot: "morning", from: "10:00", to: "13:00", morocco: moroccan },
		{ slot: "weekend", from: "10:00", to: "18:00", morocco: null },
	],
};

/** Responses of the shell by command; tests replace single ones. */
let answers: Record<string, (args: { draft: LeadDraft; lang: UiLang }) => unknown>;

beforeEach(() => {
	draft.clear();
	projects.start({});
	visit.shortlist = [];
	visit.about = [];
	visit.begin();
	visit.go({ name: "lead" });
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
		project: () => PAGE,
		contact_hours: () => HOURS,
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
		answers.lead_submit = () => ({ ticket: "TST-1", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null });
		await touch("lead-submit");
		expect((await screen.findByTestId("thanks-ticket")).textContent).toBe("TST-1");
		const sent = calls("lead_submit")[0]?.[1].draft as LeadDraft;
		expect(sent.consents).toEqual({ call: true, whatsapp: false, email: false, bank: null });
		expect(sent).toMatchObject({ language: "fr", phone: "0612345678", email: null, channel: "call" });
	});

	it("are sent once when the button is tapped twice", async () => {
		render(Lead);
		await toReview();
		let done: (value: unknown) => void = () => undefined;
		answers.lead_submit = () => new Promise((resolve) => (done = resolve));
		await touch("lead-submit");
		await touch("lead-submit");
		expect(calls("lead_submit")).toHaveLength(1);
		done({ ticket: "TST-2", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null });
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
		answers.lead_submit = () => ({ ticket: "TST-3", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null });
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
		fresh.answers.email = "test@example.com";
		expect(fresh.channel).toBe("email");
		fresh.answers.phone = "06";
		expect(fresh.channel).toBe("call");
		fresh.toggleChannel("email");
		expect(fresh.channels).toEqual(["email"]);
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

describe("country of the form", () => {
	it("is that of the stop until the visitor chooses another one", () => {
		const fresh = new Draft();
		visit.boot = { ...booted(true), stop: { country: "BE" } as NonNullable<typeof visit.boot>["stop"] };
		expect(fresh.country).toBe("BE");
		fresh.answers.phone = "0470 12 34 56";
		expect(fresh.toLead("fr", [])).toMatchObject({ country: "BE", phone: "0470 12 34 56" });
		fresh.answers.country = "MA";
		expect(fresh.country).toBe("MA");
		visit.boot = { ...booted(true), stop: { country: "ZZ" } as NonNullable<typeof visit.boot>["stop"] };
		expect(new Draft().country).toBe("FR");
	});
});

describe("telephone number", () => {
	const reading: PhoneReading = {
		number: "+33661000000",
		shown: "+33 6 61 00 00 00",
		moroccan: "+212 661-000000",
	};
	beforeEach(() => {
		const moroccan = { number: "+212661000000", shown: "+212 661-000000", moroccan: null };
		host.call.mockImplementation(async (command: string, args: { draft: LeadDraft; lang: UiLang; country: string }) =>
			command === "read_phone" ? (args.country === "MA" ? moroccan : reading) : answers[command]?.(args),
		);
	});

	it("is shown as understood in field and review", async () => {
		render(Lead);
		await type("field-phone", "+33661000000");
		await waitFor(() => expect(screen.getByTestId("phone-understood").textContent?.trim()).toBe(reading.shown));
		draft.step = "review";
		await tick();
		expect(screen.getByTestId("review-phone").textContent).toBe(reading.shown);
	});

	it("that could be Moroccan is asked about once", async () => {
		render(Lead);
		await type("field-phone", "0661000000");
		await touch("lead-next");
		await screen.findByTestId("phone-is-FR");
		expect(screen.getByRole("dialog").textContent).toContain("\u2068France\u2069 ou \u2068Maroc\u2069");
		await touch("phone-is-MA");
		await waitFor(() => expect(draft.step).toBe("what"));
		expect(draft.toLead("fr", [])).toMatchObject({ country: "FR", phone: "+212 0661000000" });
		await touch("lead-back");
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("what"));
	});

	it("of the country of residence is sent as typed", async () => {
		render(Lead);
		await type("field-phone", "0661000000");
		await touch("lead-next");
		await screen.findByTestId("phone-is-FR");
		await touch("phone-is-FR");
		await waitFor(() => expect(draft.step).toBe("what"));
		expect(draft.toLead("fr", [])).toMatchObject({ country: "FR", phone: "0661000000" });
	});

	it("alone is enough", async () => {
		render(Lead);
		await type("field-phone", "0612345678");
		expect(draft.toLead("fr", [])).toMatchObject({ name: "", phone: "0612345678" });
		expect(screen.getByTestId("field-name").closest("[data-field]")?.textContent).toContain("facultatif");
	});
});

describe("steps", () => {
	it("are counted with the review", async () => {
		render(Lead);
		for (const [at, step] of (["who", "what", "when", "review"] as const).entries()) {
			draft.step = step;
			await tick();
			const bar = screen.getByRole("progressbar");
			expect(bar.getAttribute("aria-label")).toBe(`Étape ${at + 1} sur 4`);
			expect(bar.getAttribute("aria-valuenow")).toBe(String(at + 1));
		}
	});

	it("without an answer can be skipped", async () => {
		draft.step = "what";
		render(Lead);
		const label = () => screen.getByTestId("lead-next").textContent?.trim();
		expect(label()).toBe("Passer");
		await touch("purpose-live");
		expect(label()).toBe("Continuer");
		await touch("purpose-live");
		expect(label()).toBe("Passer");
	});

	it("between the contact and the reply can be skipped", async () => {
		render(Lead);
		expect(screen.queryByTestId("lead-finish")).toBeNull();
		await type("field-phone", "0612345678");
		await touch("lead-finish");
		await waitFor(() => expect(draft.step).toBe("when"));
		await touch("lead-back");
		expect(draft.step).toBe("what");
	});

	it("mark the consent that the reply needs", async () => {
		answers.lead_check = () => [{ field: "consents", code: "consent_required", params: { channel: "call" } }];
		draft.step = "when";
		render(Lead);
		await screen.findByTestId("consent-call");
		await touch("lead-next");
		await waitFor(() => expect(screen.getByTestId("consent-call").getAttribute("aria-invalid")).toBe("true"));
		expect(screen.getByTestId("consent-whatsapp").getAttribute("aria-invalid")).toBeNull();
	});
});

describe("unit of the request", () => {
	const asked = [{ project: "P", unit: "P-2" }];
	beforeEach(() => {
		visit.about = asked;
	});

	it("is shown in form, review and thanks, and sent", async () => {
		render(Lead);
		await type("field-name", "Test Visiteur");
		await type("field-phone", "0612345678");
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("what"));
		const shown = "Lot industriel LI-002 · 1\u202f200\u00a0m²";
		const text = (node: Element | null) => node?.textContent?.replace(/[ \n\t]+/g, " ") ?? "";
		await waitFor(() => expect(text(screen.getByTestId("interest-P-2"))).toContain(shown));
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("when"));
		await touch("consent-call");
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("review"));
		expect(text(document.querySelector(".review"))).toContain(shown);
		answers.lead_submit = () => ({ ticket: "TST-1", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null });
		await touch("lead-submit");
		expect(text(await screen.findByTestId("thanks-about"))).toContain(shown);
		expect(calls("lead_submit")[0]?.[1].draft.interests).toEqual(asked);
	});
	it("can be removed, and added from the selection", async () => {
		visit.shortlist = [{ project: "P", unit: "P-2" }];
		draft.step = "what";
		render(Lead);
		await touch("interest-remove-P-2");
		expect(visit.about).toEqual([]);
		await touch("interest-add-P-2");
		expect(visit.about).toEqual(asked);
	});
	it("that is no longer offered is named as such", async () => {
		visit.about = [{ project: "P", unit: "P-9" }];
		draft.step = "what";
		render(Lead);
		await screen.findByText(messagesOf("fr").lead.what.goneUnit);
	});
});

describe("answers of the search", () => {
	it("are sent unless the visitor removes them", async () => {
		projects.start({ max_price: 70_000_000, towns: ["TNG", "GONE"], types: ["villa", "shop"] });
		expect(draft.toLead("fr", [])).toMatchObject({ budget_mad: 700_000, towns: ["TNG"], types: ["villa", "shop"] });
		draft.step = "what";
		render(Lead);
		expect(screen.getByTestId("budget-from-search").textContent).toBe(messagesOf("fr").lead.what.fromSearch);
		expect(screen.getByTestId("budget-700000").getAttribute("aria-pressed")).toBe("true");
		await touch("search-town-TNG");
		await touch("search-type-villa");
		await touch("budget-700000");
		expect(draft.toLead("fr", [])).toMatchObject({ budget_mad: null, towns: [], types: ["shop"] });
		expect(draft.isEmpty).toBe(false);
	});
	it("include a budget that is not one of the choices", async () => {
		projects.start({ max_price: 65_000_000 });
		draft.step = "what";
		render(Lead);
		expect(screen.getByTestId("budget-650000").getAttribute("aria-pressed")).toBe("true");
		await touch("budget-500000");
		expect(screen.queryByTestId("budget-650000")).toBeNull();
		expect(draft.budget).toBe(500_000);
	});
});

describe("leaving the form", () => {
	it("asks nothing while there is no answer", async () => {
		render(Lead);
		await touch("lead-quit");
		expect(visit.screen).toEqual({ name: "home" });
	});
	it.each([
		["leave-keep", "Test"],
		["leave-erase", ""],
	])("by %s leaves the name %j", async (choice, name) => {
		render(Lead);
		await type("field-name", "Test");
		await touch("lead-back");
		expect(visit.screen).toEqual({ name: "lead" });
		await touch(choice);
		expect(visit.screen).toEqual({ name: "home" });
		expect(draft.answers.name).toBe(name);
	});
	it("can end the visit", async () => {
		const end = vi.spyOn(visit, "end").mockImplementation(() => {});
		render(Lead);
		await type("field-name", "Test");
		await touch("lead-quit");
		await touch("leave-end");
		expect(end).toHaveBeenCalledOnce();
		end.mockRestore();
	});
});

describe("after the thanks", () => {
	beforeEach(async () => {
		visit.shortlist = [{ project: "P", unit: null }];
		visit.about = [{ project: "P", unit: null }];
		answers.lead_submit = () => ({ ticket: "TST-1", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null });
		render(Lead);
		await toReview();
		await touch("lead-submit");
		await screen.findByTestId("thanks-ticket");
	});
	const forgotten = () => {
		expect(draft.isEmpty).toBe(true);
		expect(draft.toLead("fr", visit.about)).toEqual(new Draft().toLead("fr", []));
		expect([draft.step, draft.thanks, draft.errors]).toEqual(["who", null, []]);
		expect(visit.shortlist).toEqual([{ project: "P", unit: null }]);
	};

	it("going on keeps the selection and forgets the answers", async () => {
		await touch("thanks-go-on");
		forgotten();
		expect(visit.screen).toEqual({ name: "home" });
	});
	it("another request has the same contact and asks for consent again", async () => {
		await touch("thanks-again");
		await waitFor(() => expect(draft.step).toBe("what"));
		const none = { call: false, whatsapp: false, email: false, bank: null };
		expect(draft.toLead("fr", visit.about)).toMatchObject({
			name: "Test Visiteur",
			phone: "0612345678",
			interests: [],
			consents: none,
		});
		expect([draft.thanks, visit.about, visit.screen.name]).toEqual([null, [], "lead"]);
		expect(screen.getByTestId("fold-on-behalf")).toBeDefined();
	});
	it("the selection can be taken away", async () => {
		await touch("thanks-take");
		forgotten();
		expect(visit.screen).toEqual({ name: "takeaway" });
		expect(visit.chosen).toEqual([{ project: "P", unit: null }]);
		visit.back();
		expect(visit.screen).toEqual({ name: "shortlist" });
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

	it.each([
		["السعوديه", "SA"],
		["usa", "US"],
		["hollande", "NL"],
		["angleterre", "GB"],
		["امريكا", "US"],
		["مغرب", "MA"],
		["المغرب", "MA"],
		["deutschland", "DE"],
		["Alemania", "DE"],
		["duitsland", "DE"],
		["allemagne", "DE"],
		["Germania", "DE"],
		["espana", "ES"],
		["spagna", "ES"],
		["etats-unis", "US"],
		["états unis", "US"],
		["uk", "GB"],
		["بريطانيا", "GB"],
		["الامارات", "AE"],
		["dubai", "AE"],
		["cote d'ivoire", "CI"],
		["المانيا", "DE"],
		["لمانيا", "none"],
		["la reunion", "RE"],
		["martinique", "MQ"],
		["guyane", "GF"],
		["۳۳", "FR"],
	])("are found as people type them: %s", (typed, code) => {
		for (const lang of LANGUAGES) expect(search(countries(lang), typed)[0]?.code ?? "none").toBe(code);
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
