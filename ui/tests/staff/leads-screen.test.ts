/** The screen Leads of the staff window as staff see and touch it. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LeadPage, LeadQuery } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import Leads from "@/staff/Leads.svelte";
import type { StaffSession } from "@/staff/session.svelte";
import { list, openSession, page, refusal, summary } from "./lead-fixtures";

let stored: LeadPage;
let calls: [string, unknown][];
let commands: Record<string, (args: never) => unknown>;
vi.mock("#transport", () => ({
	call: async (command: string, args: unknown) => {
		calls.push([command, args]);
		return structuredClone(await commands[command]?.(args as never));
	},
	mediaUrl: (hash: string) => hash,
}));
const argsOf = (command: string) => calls.filter(([name]) => name === command).map(([, args]) => args);
const settle = () => vi.advanceTimersByTimeAsync(0);
const touch = async (id: string) => {
	await fireEvent.click(screen.getByTestId(id));
	await settle();
};
const write = async (id: string, value: string) => {
	await fireEvent.input(screen.getByTestId(id), { target: { value } });
	await settle();
};

let session: StaffSession;
beforeEach(async () => {
	vi.useFakeTimers();
	i18n.use("fr");
	calls = [];
	stored = page(1, { duplicates: [summary(2)] });
	const rows = [summary(1), summary(2), summary(3, { follow_up: { rating: "hot", outcome: null } })];
	commands = {
		staff_today: () => ({ day: "2026-02-13", leads_total: 3, waiting: 0, set_aside: 0 }),
		staff_set_aside: () => [],
		staff_leads: ({ query }: { query: LeadQuery }) =>
			list(
				rows.filter(({ ticket, follow_up }) =>
					query.rating ? follow_up.rating === query.rating : ticket.includes(query.text),
				),
				{ total: 3, opened: 3 },
			),
		staff_lead: ({ id }: { id: string }) => (id === "id-1" ? stored : page(Number(id.slice(3)))),
		staff_lead_revise: () => page(1, { summary: summary(1, { revision: 2 }) }),
		staff_lead_merge: () => page(1),
		staff_lead_erase: ({ ticket }: { ticket: string }) => ({
			ticket,
			id: "id-1",
			erased_at: "2026-02-13T18:00:00+01:00",
			revisions: 1,
			envelope_sha256: ["a".repeat(64)],
			merged: [],
			sent_to_platform: true,
		}),
	};
	session = await openSession();
	render(Leads, { session });
	await settle();
});
afterEach(() => vi.useRealTimers());

describe("list of leads", () => {
	it("shows the rows and how many there are", () => {
		expect(screen.getByTestId("leads-count").textContent).toContain(i18n.m.staffLeads.list.all(3));
		expect(screen.getByTestId("lead-TST-K01-0002").textContent).toContain("Test Alpha 2");
	});

	it("filters by rating and names how many match", async () => {
		await touch("leads-rating-hot");
		expect(argsOf("staff_leads").at(-1)).toMatchObject({ query: { rating: "hot", offset: 0 } });
		expect(screen.getByTestId("leads-count").textContent).toContain(i18n.m.staffLeads.list.matching(1, 3));
		expect(screen.queryByTestId("lead-TST-K01-0002")).toBeNull();
	});

	it("searches while staff type, and shows all again", async () => {
		await write("leads-search", "zzz");
		await vi.advanceTimersByTimeAsync(500);
		expect(screen.getByTestId("leads-no-match")).toBeTruthy();
		await touch("leads-show-all");
		expect((screen.getByTestId("leads-search") as HTMLInputElement).value).toBe("");
		expect(screen.getByTestId("lead-TST-K01-0001")).toBeTruthy();
	});

	it("opens a lead by its complete ticket", async () => {
		await write("leads-search", "tst-k01-0002");
		const form = screen.getByTestId("leads-search").closest("form");
		if (form) await fireEvent.submit(form);
		await settle();
		expect(screen.getByTestId("lead-page").dataset.ticket).toBe("TST-K01-0002");
	});
});

describe("page of a lead", () => {
	beforeEach(() => touch("lead-TST-K01-0001"));

	it("shows the number grouped", () => {
		expect(screen.getByTestId("lead-phone").textContent).toBe("+33\u00a06\u00a000\u00a000\u00a000\u00a001");
	});

	it("saves rating and note as one revision", async () => {
		await touch("rate-hot");
		await write("lead-field-staff_note", "revient samedi");
		await touch("lead-save");
		expect(argsOf("staff_lead_revise")).toMatchObject([
			{ id: "id-1", revision: 1, change: { rating: "hot", staff_note: "revient samedi", outcome: null } },
		]);
		expect(screen.getByTestId("lead-saved").textContent).toContain(i18n.m.staffLeads.save.saved(2));
	});

	it("says that a colleague saved first and keeps the entry", async () => {
		await touch("rate-hot");
		commands.staff_lead_revise = () => Promise.reject(refusal("lead_changed"));
		stored = page(1, { summary: summary(1, { revision: 2, follow_up: { rating: "cold", outcome: null } }) });
		await touch("lead-save");
		const clash = screen.getByTestId("lead-clash-rating").textContent;
		expect(clash).toContain(i18n.m.staffLeads.ratings.cold);
		expect(clash).toContain(i18n.m.staffLeads.ratings.hot);
		await touch("lead-take-theirs-rating");
		expect(screen.queryByTestId("lead-clash-rating")).toBeNull();
		expect(screen.queryByTestId("lead-unsaved")).toBeNull();
	});

	it("shows errors of a correction at their fields", async () => {
		await touch("lead-correct");
		await write("lead-field-phone", "12");
		commands.staff_lead_revise = () =>
			Promise.reject(refusal("invalid_lead", [{ field: "phone", code: "phone_too_short", params: {} }]));
		const form = screen.getByTestId("lead-field-phone").closest("form");
		if (form) await fireEvent.submit(form);
		await settle();
		expect(screen.getByTestId("lead-error-phone").textContent).toContain(i18n.m.lead.errors.phone_too_short({}));
	});

	it("asks about an unsaved note before it opens another lead", async () => {
		await write("lead-field-staff_note", "à rappeler");
		await touch("lead-TST-K01-0003");
		expect(screen.getByTestId("lead-page").dataset.ticket).toBe("TST-K01-0001");
		await touch("unsaved-discard");
		expect(screen.getByTestId("lead-page").dataset.ticket).toBe("TST-K01-0003");
	});

	it("merges a duplicate only after a confirmation", async () => {
		await touch("lead-compare-TST-K01-0002");
		expect(screen.getByTestId("compare-name").dataset.differs).toBe("true");
		expect(screen.getByTestId("compare-phone").dataset.differs).toBe("false");
		await touch("compare-keep-TST-K01-0002");
		await touch("compare-merge");
		expect(argsOf("staff_lead_merge")).toEqual([]);
		await touch("compare-yes");
		expect(argsOf("staff_lead_merge")).toEqual([{ id: "id-2", other: "id-1" }]);
		expect(screen.getByTestId("lead-merge-done").textContent).toContain("TST-K01-0001");
	});

	it("erases only the confirmed ticket and shows the proof", async () => {
		await touch("lead-erase");
		const confirm = screen.getByTestId("erase-confirm") as HTMLButtonElement;
		await write("erase-ticket", "0002");
		expect(confirm.disabled).toBe(true);
		expect(screen.getByTestId("erase-wrong")).toBeTruthy();
		await write("erase-ticket", "0001");
		expect(confirm.disabled).toBe(false);
		const form = screen.getByTestId("erase-ticket").closest("form");
		if (form) await fireEvent.submit(form);
		await settle();
		expect(argsOf("staff_lead_erase")).toEqual([{ ticket: "TST-K01-0001" }]);
		const proof = within(screen.getByTestId("erasure-proof"));
		expect(proof.getByText("a".repeat(64))).toBeTruthy();
		expect(proof.getByText("expo-platform erase id-1")).toBeTruthy();
	});
});

describe("closed leads", () => {
	it("ask for the passphrase again", async () => {
		commands.staff_leads = () => Promise.reject(refusal("leads_locked"));
		await touch("leads-rating-cold");
		expect(screen.queryByTestId("leads")).toBeNull();
		expect(screen.getByTestId("staff-passphrase")).toBeTruthy();
	});
});
