/** The screen Today: what needs attention, and figures. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Today as Day, staff } from "@/host";
import { date } from "@/i18n/format";
import { i18n, type UiLang } from "@/i18n/index.svelte";
import { StaffSession } from "@/staff/session.svelte";
import Today from "@/staff/Today.svelte";
import { clockText, concerns } from "@/staff/today/attention";

const catalogue = {
	version: 12,
	published_on: "2026-01-11",
	age_days: 33,
	projects: 1_611,
	units_available: 18_402,
	notice: null,
};
let today: Day;
/** The catalogue refusal that a sync started by staff reports. */
let refusalOfSync: string | null;
vi.mock("#transport", () => ({
	call: async (command: string) => {
		if (command !== "staff_sync_now") return structuredClone(today);
		if (refusalOfSync === "fails") throw { code: "storage", params: {} };
		return { state: "ok", sent: 0, duplicates: 0, waiting: 0, catalogue_version: 12, catalogue_refused: refusalOfSync };
	},
	mediaUrl: (hash: string) => hash,
}));

beforeEach(() => {
	i18n.use("fr");
	today = {
		stop_name: "Paris",
		kiosk: "K01",
		day: "2026-02-13",
		leads_day: 0,
		closing: { day: "2026-02-13", leads: 0, exported_leads: 0, unsent: 0, closed_at: null },
		leads_total: 0,
		by_hour: [],
		by_language: [],
		by_region: [],
		by_project: [],
		by_type: [],
		by_desk: [],
		visits: null,
		waiting: 0,
		oldest_waiting_seconds: null,
		waits_too_long: false,
		staff_only: 0,
		set_aside: 0,
		quarantined: 0,
		unreadable: 0,
		leads_check: null,
		damaged_files: 0,
		sync: { state: "ok", last_contact_at: null, next_attempt_at: null, sent_total: 0, catalogue_refused: null },
		catalogue,
		catalogue_overdue_since: null,
		disk_free_bytes: 41_300_000_000,
		disk_is_low: false,
		disk_fault: null,
		clock_offset_seconds: 1,
		clock_is_wrong: false,
	};
});

describe("disk on the screen Today", () => {
	it("has no notice while it can be written", async () => {
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByTestId("staff-sync-state");
		expect(screen.queryByTestId("staff-disk-fault")).toBeNull();
	});

	it.each<UiLang>(["fr", "en", "ar"])("says what to do when it cannot be written in %s", async (lang) => {
		i18n.use(lang);
		today.disk_fault = "not_writable";
		render(Today, { session: new StaffSession(staff, () => 0) });
		const notice = await screen.findByTestId("staff-disk-fault");
		expect(notice.textContent).toBe(i18n.m.staff.today.diskFault.not_writable);
	});
});

describe("catalogue on the screen Today", () => {
	it("has no notice while it is valid", async () => {
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByTestId("staff-sync-state");
		expect(screen.queryByTestId("staff-catalogue-overdue")).toBeNull();
	});

	it.each<UiLang>(["fr", "en", "ar"])("shows the code of a refused catalogue in %s", async (lang) => {
		i18n.use(lang);
		today.sync.catalogue_refused = "newer_format";
		render(Today, { session: new StaffSession(staff, () => 0) });
		expect((await screen.findByTestId("staff-catalogue-refused")).textContent).toContain("newer_format");
	});

	it.each([
		["damaged", "damaged"],
		["storage", null],
	])("shows a refusal of the last sync for a while (%s)", async (code, remembered) => {
		vi.useFakeTimers({ shouldAdvanceTime: true });
		try {
			refusalOfSync = code;
			today.sync.catalogue_refused = remembered;
			render(Today, { session: new StaffSession(staff, () => 0) });
			await fireEvent.click(await screen.findByTestId("staff-sync-now"));
			expect((await screen.findByTestId("staff-catalogue-refused")).textContent).toContain(code);
			await vi.advanceTimersByTimeAsync(40_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).not.toBeNull();
			today.sync.catalogue_refused = null;
			await vi.advanceTimersByTimeAsync(40_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
			// The next sync fails: the refusal of the one before is not shown.
			refusalOfSync = "fails";
			await fireEvent.click(screen.getByTestId("staff-sync-now"));
			expect(await screen.findByTestId("staff-error")).toBeTruthy();
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it("hides the refusal once the catalogue is installed", async () => {
		vi.useFakeTimers({ shouldAdvanceTime: true });
		try {
			refusalOfSync = "storage";
			render(Today, { session: new StaffSession(staff, () => 0) });
			await fireEvent.click(await screen.findByTestId("staff-sync-now"));
			await screen.findByTestId("staff-catalogue-refused");
			today.catalogue = { ...catalogue, version: 13 };
			await vi.advanceTimersByTimeAsync(20_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it.each<UiLang>(["fr", "en", "ar"])("shows in %s since when it is overdue", async (lang) => {
		i18n.use(lang);
		today.catalogue_overdue_since = "2026-02-10";
		render(Today, { session: new StaffSession(staff, () => 0) });
		expect((await screen.findByTestId("staff-catalogue-overdue")).textContent).toContain(date("2026-02-10", lang));
	});
});

describe("damaged leads on the screen Today", () => {
	it.each<UiLang>(["fr", "en", "ar"])("are reported in %s", async (lang) => {
		i18n.use(lang);
		today.unreadable = 3;
		today.damaged_files = 1;
		today.leads_check = { checked_at: "2026-02-13T08:00:00Z", damaged: true };
		render(Today, { session: new StaffSession(staff, () => 0) });
		const m = i18n.m.staff.today;
		expect((await screen.findByTestId("staff-unreadable")).textContent).toBe(m.unreadable(3));
		expect(screen.getByTestId("staff-damaged-files").textContent).toBe(m.damagedFiles);
		expect(screen.getByTestId("staff-leads-check").textContent).toBe(m.leadsDamaged("2026-02-13T08:00:00Z"));
	});

	it("are not mentioned when there are none", async () => {
		today.leads_check = { checked_at: "2026-02-13T08:00:00Z", damaged: false };
		render(Today, { session: new StaffSession(staff, () => 0) });
		const check = await screen.findByTestId("staff-leads-check");
		expect(check.textContent).toBe(i18n.m.staff.today.leadsChecked("2026-02-13T08:00:00Z"));
		expect(screen.queryByTestId("staff-unreadable")).toBeNull();
		expect(screen.queryByTestId("staff-damaged-files")).toBeNull();
	});
});

describe("regions on the screen Today", () => {
	it.each<[UiLang, string]>([
		["fr", "Fès-Meknès"],
		["en", "Fez-Meknes"],
	])("have their name in %s, and their code without a name", async (lang, name) => {
		i18n.use(lang);
		today.leads_day = 3;
		today.by_hour = [{ hour: 10, count: 3 }];
		today.by_region = [
			{ code: "MA-03", names: { fr: "Fès-Meknès", ar: "فاس-مكناس", en: "Fez-Meknes" }, count: 2 },
			{ code: "elsewhere", names: {}, count: 1 },
		];
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByText(name);
		await screen.findByText("elsewhere");
	});
});

describe("attention on the screen Today", () => {
	it.each<UiLang>(["fr", "en", "ar"])("is one calm sentence in %s when there is nothing", async (lang) => {
		i18n.use(lang);
		render(Today, { session: new StaffSession(staff, () => 0) });
		expect((await screen.findByTestId("staff-quiet")).textContent).toBe(i18n.m.today.quiet);
		expect(screen.queryByRole("alert")).toBeNull();
	});

	it("names the most urgent first, and each with what helps", () => {
		Object.assign(today, {
			disk_fault: "not_writable",
			unreadable: 1,
			damaged_files: 1,
			set_aside: 2,
			quarantined: 1,
			clock_is_wrong: true,
			clock_offset_seconds: 5_400,
			waiting: 9,
			waits_too_long: true,
			staff_only: 1,
			catalogue_overdue_since: "2026-02-10",
			closing: { day: "2026-02-12", leads: 8, exported_leads: 5, unsent: 0, closed_at: null },
		});
		today.sync.state = "captive";
		expect(concerns(today, "damaged").map(({ name, action }) => [name, action])).toEqual([
			["disk-fault", "close"],
			["unreadable", "device"],
			["damaged-files", "device"],
			["rejected", "leads"],
			["quarantined", "close"],
			["clock", null],
			["sync", "sync"],
			["waits-long", "close"],
			["staff-only", "leads"],
			["not-exported", "close"],
			["catalogue-refused", "catalogue"],
			["catalogue-overdue", "catalogue"],
		]);
	});

	it("names a wrong clock once, and says in which direction it is wrong", () => {
		Object.assign(today, { clock_is_wrong: true, clock_offset_seconds: 5_400 });
		today.sync.state = "clock_or_tls";
		const [clock, ...others] = concerns(today, null);
		expect(others).toEqual([]);
		// The platform's clock is later, so the kiosk's is behind.
		expect(clock?.text).toContain(i18n.m.staff.today.clockBehind(5_400));
		expect(clockText(-5_400)).toBe(i18n.m.staff.today.clockAhead(5_400));
		expect(clockText(3)).toBe(i18n.m.staff.today.clockRight);
	});

	it("does not ask an unenrolled kiosk to send", () => {
		Object.assign(today, { staff_only: 4 });
		today.sync.state = "not_enrolled";
		expect(concerns(today, null).map(({ name, action }) => [name, action])).toEqual([
			["sync", null],
			["staff-only", null],
		]);
	});

	it.each<UiLang>(["fr", "en", "ar"])("says in %s to export what the platform could not read", async (lang) => {
		i18n.use(lang);
		today.quarantined = 3;
		render(Today, { session: new StaffSession(staff, () => 0) });
		expect((await screen.findByTestId("staff-quarantined")).textContent).toBe(i18n.m.today.quarantined(3));
	});

	it("opens the screen that helps", async () => {
		today.set_aside = 2;
		const session = new StaffSession(staff, () => 0);
		render(Today, { session });
		await fireEvent.click(await screen.findByTestId("staff-act-rejected"));
		expect(session.screen).toBe("leads");
	});

	it("reminds of the day close while the day is open", async () => {
		today.closing = { day: "2026-02-13", leads: 5, exported_leads: 2, unsent: 0, closed_at: null };
		const session = new StaffSession(staff, () => 0);
		render(Today, { session });
		expect((await screen.findByTestId("staff-evening")).textContent).toBe(i18n.m.today.tonight(3));
		await fireEvent.click(screen.getByTestId("staff-act-evening"));
		expect(session.screen).toBe("close");
	});

	it("says that the day is closed, and when leads came after that", async () => {
		const closed_at = "2026-02-13T19:12:00+01:00";
		today.closing = { day: "2026-02-13", leads: 5, exported_leads: 5, unsent: 0, closed_at };
		render(Today, { session: new StaffSession(staff, () => 0) });
		expect((await screen.findByTestId("staff-closed")).textContent).toBe(i18n.m.today.closed(closed_at));
		today.closing = { ...today.closing, leads: 6 };
		expect(concerns(today, null)).toMatchObject([{ name: "after-close", text: i18n.m.today.afterClose(1) }]);
	});
});

describe("figures on the screen Today", () => {
	it("have a table of the hours for readers", async () => {
		today.leads_day = 6;
		today.by_hour = [
			{ hour: 9, count: 2 },
			{ hour: 11, count: 4 },
		];
		render(Today, { session: new StaffSession(staff, () => 0) });
		const table = await screen.findByRole("table", { name: i18n.m.today.byHour });
		const rows = within(table).getAllByRole("row").slice(1);
		expect(rows.map((row) => within(row).getByRole("cell").textContent)).toEqual(["2", "0", "4"]);
	});

	it.each<UiLang>(["fr", "en", "ar"])("name types and desks in %s, unknown ones by their code", async (lang) => {
		i18n.use(lang);
		today.leads_day = 1;
		today.by_hour = [{ hour: 9, count: 1 }];
		today.by_type = [{ value: "villa", count: 1 }];
		today.by_desk = [
			{ value: "bank", count: 1 },
			{ value: "toString", count: 1 },
		];
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByText(i18n.m.explore.types.villa);
		await screen.findByText(i18n.m.lead.what.desks.bank);
		await screen.findByText("toString");
	});

	it("show visits, leads per visit and where the form was left", async () => {
		today.visits = {
			visits: 40,
			leads: 10,
			by_language: [{ value: "ar", count: 30 }],
			form_left_at: [{ value: "what", count: 3 }],
			searches_without_result: 2,
		};
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByText(i18n.m.today.perVisits(25));
		const visits = within(await screen.findByTestId("staff-visits"));
		visits.getByText("العربية");
		visits.getByText(i18n.m.today.steps.what);
	});

	it("say nothing about visits that the stop does not count", async () => {
		render(Today, { session: new StaffSession(staff, () => 0) });
		await screen.findByTestId("staff-quiet");
		expect(screen.queryByText(i18n.m.today.visits)).toBeNull();
		expect(screen.queryByText(i18n.m.today.visitsTitle)).toBeNull();
	});
});
