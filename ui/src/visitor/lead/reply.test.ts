/** Wishes for the reply, and that nothing typed is lost. */
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ContactHours, FieldError, LeadDraft, Thanks } from "@/host";
import { i18n, messagesOf } from "@/i18n/index.svelte";
import { comfort } from "../comfort.svelte";
import IdlePanel from "../shell/IdlePanel.svelte";
import { visit } from "../visit.svelte";
import { afterTouch } from "./after-touch";
import { draft } from "./draft.svelte";
import Lead from "./Lead.svelte";

const host = vi.hoisted(() => ({ call: vi.fn() }));
vi.mock("#transport", () => ({ call: host.call, mediaUrl: (hash: string) => hash }));

const BANK = { id: "partner/BANK-A", name: { text: "Banque A", lang: "fr" }, lead_desk: "bank", topics: [] };
const boot = {
	leads_open: true,
	banks: ["Banque A", "Banque B"],
	reply_days: 3,
	languages: ["fr", "ar", "en"],
	stop: { country: "FR" },
	towns: [],
	guidance: { guides: [], partners: [BANK], stand: [] },
} as unknown as NonNullable<typeof visit.boot>;
const HOURS: ContactHours = {
	country: "CA",
	city: "Vancouver",
	slots: [
		{ slot: "morning", from: "10:00", to: "13:00", morocco: null },
		{
			slot: "evening",
			from: "18:00",
			to: "20:00",
			morocco: { from: "02:00", to: "04:00", next_day: true, previous_day: false },
		},
	],
};
const notice = {
	version: "1",
	lang: "fr",
	title: "t",
	summary: "s",
	full: [],
	consents: { call: "c", whatsapp: "w", email: "e", bank: "{bank}" },
};

let faults: FieldError[];
let thanks: Thanks;

beforeEach(() => {
	draft.clear();
	faults = [];
	thanks = { ticket: "TST-1", id: "x", taken_at: "", qr_svg: "<svg/>", calendar_qr_svg: null };
	visit.about = [];
	visit.shortlist = [];
	visit.boot = boot;
	visit.begin();
	visit.go({ name: "lead" });
	i18n.use("fr");
	host.call.mockImplementation(async (command: string, { fields }: { fields: string[] }) => {
		const responses: Record<string, unknown> = {
			visitor_boot: boot,
			notice,
			contact_hours: HOURS,
			lead_submit: thanks,
		};
		if (command === "lead_check") return faults.filter(({ field }) => fields.includes(field));
		return responses[command] ?? null;
	});
});
afterEach(() => {
	comfort.text = "normal";
	vi.clearAllMocks();
});

const touch = (id: string) => fireEvent.click(screen.getByTestId(id));
const type = (id: string, value: string) => fireEvent.input(screen.getByTestId(id), { target: { value } });
const value = (id: string) => screen.getByTestId<HTMLInputElement>(id).value;
const lead = () => draft.toLead("fr", []);
const open = (step: typeof draft.step) => {
	draft.step = step;
	return render(Lead);
};

describe("channels", () => {
	beforeEach(() => {
		draft.answers.phone = "0612345678";
	});
	it("are those with consent until the visitor chooses", () => {
		expect(draft.channels).toEqual(["call"]);
		draft.answers.consents.whatsapp = true;
		expect(draft.channels).toEqual(["whatsapp"]);
		draft.answers.consents.call = true;
		expect(draft.channels).toEqual(["call", "whatsapp"]);
		// Without an address, consent to e-mails is no wish for a reply by e-mail.
		draft.answers.consents.email = true;
		expect(draft.channels).not.toContain("email");
	});
	it("can be several, the first one preferred", async () => {
		open("when");
		await touch("channel-whatsapp");
		await touch("channel-call");
		expect(lead()).toMatchObject({ channel: "whatsapp", channels: ["whatsapp", "call"] });
		await touch("channel-whatsapp");
		expect(draft.channels).toEqual(["call"]);
		await touch("channel-call");
		expect(draft.channels).toEqual(["call"]);
	});
	it("without consent are all marked", async () => {
		draft.answers.channels = ["call", "whatsapp"];
		draft.answers.consents.email = true;
		faults = [{ field: "consents", code: "consent_required", params: { channel: "call" } }];
		open("when");
		await screen.findByTestId("consent-call");
		await touch("lead-next");
		const invalid = (id: string) => screen.getByTestId(id).getAttribute("aria-invalid");
		await waitFor(() => expect(invalid("consent-call")).toBe("true"));
		expect([invalid("consent-whatsapp"), invalid("consent-email")]).toEqual(["true", null]);
	});
});

describe("partner at the desk", () => {
	it("is chosen by name, each bank once", async () => {
		open("what");
		expect(screen.queryByTestId("partner-any")).toBeNull();
		await touch("desk-bank");
		expect(screen.queryByTestId("partner-Banque A")).toBeNull();
		await touch("partner-Banque B");
		expect(lead().partner).toBe("Banque B");
		await touch("partner-partner/BANK-A");
		expect(lead()).toMatchObject({ desk: "bank", partner: "partner/BANK-A" });
	});
	it("is forgotten with another desk", async () => {
		open("what");
		await touch("desk-bank");
		await touch("partner-Banque B");
		await touch("desk-notary");
		expect(lead()).toMatchObject({ desk: "notary", partner: null });
	});
});

describe("language of the reply", () => {
	it("is that of the window until the visitor chooses another", async () => {
		open("when");
		expect(lead().call_language).toBeNull();
		await touch("answer-zgh");
		expect(lead()).toMatchObject({ language: "fr", call_language: "zgh" });
		expect(i18n.lang).toBe("fr");
		expect(screen.getByTestId("answer-zgh").textContent).toContain("Amazighe");
	});
});

describe("parts of the week", () => {
	it("show the time of the visitor and of Morocco", async () => {
		open("when");
		await touch("fold-reach");
		await screen.findByTestId("slot-evening");
		expect(screen.getByTestId("reach-place").textContent).toContain("Canada · Vancouver");
		expect(screen.getByTestId("morocco-evening").textContent).toContain("02:00–04:00");
		expect(screen.getByTestId("morocco-evening").textContent).toContain(messagesOf("fr").reply.nextDay);
		expect(screen.queryByTestId("morocco-morning")).toBeNull();
		await touch("slot-evening");
		await touch("slot-morning");
		expect(lead().slots).toEqual(["morning", "evening"]);
		await touch("slot-evening");
		expect(lead().slots).toEqual(["morning"]);
	});
});

describe("stay in Morocco", () => {
	it("is sent once it has both days", async () => {
		open("when");
		await touch("fold-stay");
		const days = screen.getAllByTestId(/^day-/).map((day) => day.dataset.testid ?? "");
		const [from = "", to = ""] = [days[9], days[19]];
		await touch(from);
		expect(lead().stay).toBeNull();
		await touch(to);
		expect(lead().stay).toEqual({ from: from.slice(4), to: to.slice(4) });
		await touch("stay-clear");
		expect(lead().stay).toBeNull();
	});
	it("comes with a code for the calendar after the thanks", async () => {
		draft.answers.arrival = "2027-07-10";
		draft.answers.departure = "2027-07-20";
		thanks.calendar_qr_svg = "<svg/>";
		open("review");
		expect(screen.getByTestId("review-stay").textContent).toContain("10\u00a0juillet 2027");
		await touch("lead-submit");
		await screen.findByTestId("thanks-calendar");
	});
});

describe("person whom the request is for", () => {
	it("is described only if it is somebody else", async () => {
		open("what");
		await touch("fold-on-behalf");
		await touch("whom-family");
		await type("field-on_behalf", "ma mère");
		expect(lead().on_behalf).toEqual({ whom: "family", detail: "ma mère" });
		await touch("whom-myself");
		expect(lead().on_behalf).toEqual({ whom: "myself", detail: null });
		await touch("whom-myself");
		expect(lead().on_behalf).toBeNull();
	});
});

describe("promise of a reply", () => {
	it("is that of the stop, or none", async () => {
		open("review");
		expect(document.body.textContent).toContain("Réponse dans les 3 jours ouvrés.");
		visit.boot = { ...boot, reply_days: null };
		await tick();
		expect(document.body.textContent).not.toContain("ouvrés");
	});
});

describe("a field that is left", () => {
	const wrong: FieldError = { field: "email", code: "email_invalid", params: {} };
	it("is checked alone, with words that help", async () => {
		faults = [wrong, { field: "phone", code: "phone_too_short", params: {} }];
		open("who");
		await type("field-email", "nom@");
		await fireEvent.blur(screen.getByTestId("field-email"));
		const shown = await screen.findByTestId("error-email");
		expect(shown.textContent).toContain(messagesOf("fr").lead.errors.email_invalid({}));
		expect(screen.queryByTestId("error-phone")).toBeNull();
	});
	it("is not checked while it is empty", async () => {
		faults = [wrong];
		open("who");
		await fireEvent.blur(screen.getByTestId("field-email"));
		await tick();
		expect(host.call.mock.calls.some(([command]) => command === "lead_check")).toBe(false);
	});
	it("does not complain about what comes later", async () => {
		faults = [{ field: "phone", code: "channel_needs_phone", params: {} }];
		open("who");
		await type("field-phone", "0612345678");
		await draft.leave("phone");
		expect(draft.errors).toEqual([]);
	});
	it("waits for the end of the touch", async () => {
		const action = vi.fn();
		await fireEvent.pointerDown(document.body);
		afterTouch(action);
		expect(action).not.toHaveBeenCalled();
		await fireEvent.pointerUp(document.body);
		await waitFor(() => expect(action).toHaveBeenCalledOnce());
		afterTouch(action);
		expect(action).toHaveBeenCalledTimes(2);
	});
});

describe("nothing typed is lost", () => {
	const answer = async () => {
		await type("field-phone", "0612345678");
		await type("field-email", "test@example.org");
		await type("field-name", "Test Visiteur");
	};
	const kept = () =>
		expect([value("field-phone"), value("field-email"), value("field-name")]).toEqual([
			"0612345678",
			"test@example.org",
			"Test Visiteur",
		]);
	it("by a change of language", async () => {
		open("who");
		await answer();
		i18n.use("ar");
		await tick();
		kept();
		expect(document.documentElement.dir).toBe("rtl");
	});
	it("by going forward and back", async () => {
		open("who");
		await answer();
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("what"));
		await touch("fold-on-behalf");
		await touch("whom-other");
		await type("field-on_behalf", "un ami");
		await touch("lead-back");
		kept();
		await touch("lead-next");
		await waitFor(() => expect(draft.step).toBe("what"));
		expect(value("field-on_behalf")).toBe("un ami");
	});
	it("by another text size", async () => {
		open("who");
		await answer();
		comfort.text = "larger";
		comfort.apply(document.documentElement);
		await tick();
		expect(document.documentElement.dataset.text).toBe("larger");
		kept();
	});
	it("by a rotation of the screen", async () => {
		open("who");
		await answer();
		window.dispatchEvent(new Event("resize"));
		await tick();
		kept();
	});
	it("by the question whether somebody is there", async () => {
		open("who");
		await answer();
		const { unmount } = render(IdlePanel, { idleSeconds: 0, countdownSeconds: 60 });
		await touch((await screen.findByTestId("im-here")).dataset.testid ?? "");
		unmount();
		kept();
	});
	it("by leaving the form and returning", async () => {
		const first = open("who");
		await answer();
		first.unmount();
		render(Lead);
		kept();
	});
});

describe("telephone and e-mail", () => {
	it("say that one of them is enough", () => {
		open("who");
		expect(screen.getByTestId("one-is-enough").textContent).toBe("Un seul des deux suffit.");
	});
});

describe("request to the shell", () => {
	it("has every wish once", async () => {
		draft.answers.phone = "0612345678";
		draft.answers.consents.call = true;
		open("review");
		await touch("lead-submit");
		await screen.findByTestId("thanks-ticket");
		const [, args] = host.call.mock.calls.find(([command]) => command === "lead_submit") ?? [];
		const sent = (args as { draft: LeadDraft }).draft;
		expect(sent).toMatchObject({
			channel: "call",
			channels: ["call"],
			slots: [],
			partner: null,
			call_language: null,
			stay: null,
			on_behalf: null,
		});
	});
});
