/** What staff are told of today beside the figures. */
import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { type Today as Day, staff } from "@/host";
import { date } from "@/i18n/format";
import { type Complete, i18n } from "@/i18n/index.svelte";
import { Session } from "@/staff/session.svelte";
import Today from "@/staff/Today.svelte";

const catalogue = {
	version: 12,
	published_on: "2026-01-11",
	age_days: 33,
	projects: 1_611,
	units_available: 18_402,
	notice: null,
};
let today: Day;
/** What the round that staff ask for meets. */
let met: string | null;
vi.mock("#transport", () => ({
	call: async (command: string) => {
		if (command !== "staff_sync_now") return structuredClone(today);
		if (met === "fails") throw { code: "storage", params: {} };
		return { state: "ok", sent: 0, duplicates: 0, waiting: 0, catalogue_version: 12, catalogue_refused: met };
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
		leads_total: 0,
		by_hour: [],
		by_language: [],
		by_region: [],
		by_project: [],
		waiting: 0,
		oldest_waiting_seconds: null,
		staff_only: 0,
		set_aside: 0,
		sync: { state: "ok", last_contact_at: null, next_attempt_at: null, sent_total: 0, catalogue_refused: null },
		catalogue,
		catalogue_overdue_since: null,
		disk_free_bytes: 41_300_000_000,
		clock_offset_seconds: 1,
	};
});

describe("a catalogue", () => {
	it("that may still be shown is not complained of", async () => {
		render(Today, { session: new Session(staff, () => 0) });
		await screen.findByTestId("staff-sync-state");
		expect(screen.queryByTestId("staff-catalogue-overdue")).toBeNull();
	});

	it.each<Complete>(["fr", "en", "ar"])(
		"that is refused is said in %s, with its code, without a round",
		async (lang) => {
			i18n.use(lang);
			today.sync.catalogue_refused = "newer_format";
			render(Today, { session: new Session(staff, () => 0) });
			expect((await screen.findByTestId("staff-catalogue-refused")).textContent).toContain("newer_format");
		},
	);

	it.each([
		["damaged", "damaged"],
		["storage", null],
	])("that a round met as %s is told of while it matters, and no longer", async (code, remembered) => {
		vi.useFakeTimers({ shouldAdvanceTime: true });
		try {
			met = code;
			today.sync.catalogue_refused = remembered;
			render(Today, { session: new Session(staff, () => 0) });
			await fireEvent.click(await screen.findByTestId("staff-sync-now"));
			expect((await screen.findByTestId("staff-catalogue-refused")).textContent).toContain(code);
			await vi.advanceTimersByTimeAsync(40_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).not.toBeNull();
			today.sync.catalogue_refused = null;
			await vi.advanceTimersByTimeAsync(40_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
			// The next one does not come to an end: nothing is said of the one before.
			met = "fails";
			await fireEvent.click(screen.getByTestId("staff-sync-now"));
			expect(await screen.findByTestId("staff-error")).toBeTruthy();
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it("that a round could not take is told of no more once it is shown", async () => {
		vi.useFakeTimers({ shouldAdvanceTime: true });
		try {
			met = "storage";
			render(Today, { session: new Session(staff, () => 0) });
			await fireEvent.click(await screen.findByTestId("staff-sync-now"));
			await screen.findByTestId("staff-catalogue-refused");
			today.catalogue = { ...catalogue, version: 13 };
			await vi.advanceTimersByTimeAsync(20_000);
			expect(screen.queryByTestId("staff-catalogue-refused")).toBeNull();
		} finally {
			vi.useRealTimers();
		}
	});

	it.each<Complete>(["fr", "en", "ar"])("that was to be replaced is said in %s, with the day", async (lang) => {
		i18n.use(lang);
		today.catalogue_overdue_since = "2026-02-10";
		render(Today, { session: new Session(staff, () => 0) });
		expect((await screen.findByTestId("staff-catalogue-overdue")).textContent).toContain(date("2026-02-10", lang));
	});
});
