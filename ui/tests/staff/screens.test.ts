/** The screens Catalogue and RejectedLeads of the staff window. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CatalogueState, ImportProgress, RejectedLeadRow, RejectionReason, SyncReport, UsbBundle } from "@/host";
import { staff } from "@/host";
import { i18n, type UiLang } from "@/i18n/index.svelte";
import { BundleImport } from "@/staff/bundle-import.svelte";
import Catalogue from "@/staff/Catalogue.svelte";
import RejectedLeads from "@/staff/RejectedLeads.svelte";
import { StaffSession } from "@/staff/session.svelte";

const refuse = (code: string) => {
	throw { code, params: {}, fields: [] };
};
const idle: ImportProgress = { stage: "idle", done: 0, of: 0, version: null, refused: null };
const older = { version: 11, published_at: "2026-02-01T09:30:00+01:00" };
const newer = { version: 12, published_at: "2026-02-11T15:05:00+01:00" };
const lead = (n: number, reason: RejectionReason = { known: "item_damaged" }): RejectedLeadRow => ({
	id: `id-${n}`,
	ticket: `TST-${n}`,
	taken_at: "2026-02-13T11:20:00+01:00",
	reason,
	detail: `Item ${n}`,
});

let catalogue: CatalogueState;
let age: number | null;
let bundles: UsbBundle[];
let rejected: RejectedLeadRow[];
let report: SyncReport;
let calls: [string, unknown][];
let commands: Record<string, (args: never) => unknown>;
vi.mock("#transport", () => ({
	call: async (command: string, args: unknown) => {
		calls.push([command, args]);
		return commands[command]?.(args as never);
	},
	mediaUrl: (hash: string) => hash,
}));
const argsOf = (command: string) => calls.filter(([name]) => name === command).map(([, args]) => args);
const settle = () => vi.advanceTimersByTimeAsync(0);
const touch = async (id: string) => {
	await fireEvent.click(screen.getByTestId(id));
	await settle();
};
/** The visible text with single spaces; no-break spaces stay. */
const textOf = (id: string) =>
	screen
		.getByTestId(id)
		.textContent?.replace(/[ \t\n]+/g, " ")
		.trim() ?? "";

let session: StaffSession;
let bundleImport: BundleImport;
beforeEach(async () => {
	vi.useFakeTimers();
	i18n.use("fr");
	catalogue = { shown: newer, previous: older, rolled_back_from: null, missing_pictures: 0 };
	age = 2;
	bundles = [];
	rejected = [];
	calls = [];
	report = {
		state: "ok",
		sent: 0,
		duplicates: 0,
		waiting: 0,
		catalogue_version: 12,
		catalogue_refused: null,
	};
	commands = {
		staff_state: () => ({ unlocked: true, languages: ["fr"], locked_for_seconds: 0 }),
		staff_catalogue: () => catalogue,
		staff_today: () => ({
			set_aside: rejected.length,
			catalogue: catalogue.shown && {
				version: catalogue.shown.version,
				published_on: "2026-02-11",
				age_days: age,
				projects: 1_611,
				units_available: 18_402,
				notice: null,
			},
		}),
		staff_audit: () => [
			{
				at: "2026-02-11T15:12:00+01:00",
				act: { known: "catalogue_synced" },
				details: [
					{ name: { known: "version" }, value: "12" },
					{ name: { known: "from" }, value: "11" },
				],
			},
		],
		staff_sticks: () => bundles,
		staff_import_progress: () => idle,
		staff_roll_back: () => {
			catalogue = { ...catalogue, shown: older, previous: newer, rolled_back_from: 12 };
			return 11;
		},
		staff_import: () => {
			catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T10:00:00+01:00" }, previous: newer };
			return 13;
		},
		staff_set_aside: () => rejected,
		staff_requeue: ({ ids }: { ids: string[] }) => {
			const before = rejected.length;
			rejected = rejected.filter(({ id }) => !ids.includes(id));
			return before - rejected.length;
		},
		staff_sync_now: () => report,
	};
	session = new StaffSession(staff, () => 0);
	await session.refresh();
	bundleImport = new BundleImport(staff);
});
afterEach(() => vi.useRealTimers());

const openCatalogue = async () => {
	render(Catalogue, { session, bundleImport });
	await settle();
};

describe("catalogue screen", () => {
	it("shows date, age, origin and number of the version", async () => {
		await openCatalogue();
		const shown = textOf("catalogue-shown");
		expect(shown).toContain("Catalogue du 11 février 2026 à 15:05");
		expect(shown).toContain("il y a 2 jours · version 12");
		expect(shown).toContain("Reçu de la plateforme le 11 février 2026 à 15:12.");
		expect(shown).toMatch(/1.611 projets · 18.402 biens disponibles/);
		expect(textOf("catalogue-previous")).toContain("Catalogue du 1er février 2026 à 09:30");
	});

	it("warns about an old version and missing pictures", async () => {
		age = 8;
		catalogue.missing_pictures = 40;
		await openCatalogue();
		expect(textOf("catalogue-shown")).toContain(i18n.m.supply.catalogue.old);
		expect(textOf("catalogue-shown")).toContain("40 images manquent");
		age = null;
		await vi.advanceTimersByTimeAsync(15_000);
		expect(textOf("catalogue-shown")).not.toContain(i18n.m.supply.catalogue.old);
		expect(textOf("catalogue-shown")).toContain(i18n.m.supply.catalogue.ahead);
	});

	it("explains what to do without a catalogue", async () => {
		catalogue = { shown: null, previous: null, rolled_back_from: null, missing_pictures: 0 };
		await openCatalogue();
		expect(textOf("catalogue-shown")).toContain(i18n.m.supply.catalogue.none);
		expect(screen.queryByTestId("catalogue-go-back")).toBeNull();
	});

	it("shows an error and keeps the USB import usable", async () => {
		commands.staff_catalogue = () => refuse("storage");
		bundles = [{ path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 9_000_000 }];
		await openCatalogue();
		expect(textOf("staff-error")).toBe(i18n.m.staff.errors.storage({}));
		expect(screen.getByTestId("stick-load-0")).toBeTruthy();
	});

	it("polls only today and shows a new version", async () => {
		await openCatalogue();
		calls = [];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(new Set(calls.map(([command]) => command))).toEqual(new Set(["staff_today", "staff_sticks"]));
		catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T10:00:00+01:00" }, previous: newer };
		await vi.advanceTimersByTimeAsync(15_000);
		expect(textOf("catalogue-shown")).toContain("13 février 2026");
	});

	it("rolls back after a confirmation and offers the return", async () => {
		await openCatalogue();
		await touch("catalogue-go-back");
		expect(argsOf("staff_roll_back")).toEqual([]);
		const sheet = textOf("go-back-sheet");
		expect(sheet).toContain("Les visiteurs verront tout de suite le catalogue du 1er février 2026 à 09:30.");
		expect(sheet).toContain("Celui du 11 février 2026 à 15:05 ne reviendra pas de lui-même");
		await touch("go-back-cancel");
		expect(screen.queryByTestId("go-back-sheet")).toBeNull();
		await touch("catalogue-go-back");
		await touch("go-back-confirm");
		expect(argsOf("staff_roll_back")).toEqual([{ from: 12 }]);
		expect(textOf("catalogue-shown")).toContain("1er février 2026");
		expect(textOf("catalogue-changed")).toContain("1er février 2026");
		expect(textOf("catalogue-previous")).toContain(i18n.m.supply.catalogue.after);
		expect(textOf("catalogue-go-back")).toBe(i18n.m.supply.catalogue.rollForward);
	});

	it("refuses a roll back from an outdated version", async () => {
		commands.staff_roll_back = ({ from }: { from: number }) =>
			from === catalogue.shown?.version ? 11 : refuse("version_changed");
		await openCatalogue();
		await touch("catalogue-go-back");
		const sentences = textOf("go-back-sheet");
		catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T10:00:00+01:00" }, previous: newer };
		await vi.advanceTimersByTimeAsync(15_000);
		expect(textOf("go-back-sheet")).toBe(sentences);
		catalogue = { ...catalogue, shown: { version: 14, published_at: "2026-02-14T10:00:00+01:00" } };
		await touch("go-back-confirm");
		expect(argsOf("staff_roll_back")).toEqual([{ from: 12 }]);
		expect(textOf("go-back-sheet")).toContain(i18n.m.staff.errors.version_changed({}));
		expect((screen.getByTestId("go-back-confirm") as HTMLButtonElement).disabled).toBe(true);
		expect(textOf("catalogue-shown")).toContain("14 février 2026");
		await touch("go-back-cancel");
		await touch("catalogue-go-back");
		expect(textOf("go-back-sheet")).toContain("11 février 2026");
		expect((screen.getByTestId("go-back-confirm") as HTMLButtonElement).disabled).toBe(false);
	});

	it("shows why a roll back failed", async () => {
		commands.staff_roll_back = () => refuse("no_previous");
		await openCatalogue();
		await touch("catalogue-go-back");
		await touch("go-back-confirm");
		expect(textOf("go-back-sheet")).toContain(i18n.m.staff.errors.no_previous({}));
		expect(textOf("catalogue-shown")).toContain("11 février 2026");
	});
});

describe("USB import", () => {
	const bundle = { path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 184_000_000 };

	it("shows bundles while their stick is plugged in", async () => {
		await openCatalogue();
		expect(textOf("stick-none")).toContain(i18n.m.supply.usb.help);
		bundles = [bundle];
		await vi.advanceTimersByTimeAsync(3_000);
		expect(textOf("sticks")).toContain("a.bundle");
		expect(textOf("sticks")).toContain("184\u00a0Mo");
		bundles = [];
		await vi.advanceTimersByTimeAsync(3_000);
		expect(screen.getByTestId("stick-none")).toBeTruthy();
	});

	it("stops scanning when the screen is left", async () => {
		const { unmount } = render(Catalogue, { session, bundleImport });
		await settle();
		unmount();
		const before = calls.length;
		await vi.advanceTimersByTimeAsync(30_000);
		expect(calls.length).toBe(before);
	});

	it("shows progress and then the imported version", async () => {
		bundles = [bundle];
		let finish = () => {};
		const importBundle = commands.staff_import;
		commands.staff_import = (args: never) =>
			new Promise((done) => {
				finish = () => done(importBundle?.(args));
			});
		await openCatalogue();
		await touch("stick-load-0");
		commands.staff_import_progress = () => ({ ...idle, stage: "pictures", done: 60, of: 240 });
		await vi.advanceTimersByTimeAsync(500);
		const bar = within(screen.getByTestId("stick-running")).getByRole("progressbar");
		expect(bar.getAttribute("aria-valuenow")).toBe("25");
		expect(textOf("stick-running")).toContain("60 images sur 240");
		expect((screen.getByTestId("catalogue-go-back") as HTMLButtonElement).disabled).toBe(true);
		commands.staff_import_progress = () => ({ ...idle, stage: "done", done: 240, of: 240, version: 13 });
		finish();
		await settle();
		expect(argsOf("staff_import")).toEqual([{ path: bundle.path }]);
		expect(textOf("stick-loaded")).toContain("catalogue du 13 février 2026 à 10:00");
		expect(textOf("stick-counts")).toMatch(/1.611 projets · 18.402 biens disponibles · 240 images/);
		await touch("stick-understood");
		expect(textOf("sticks")).toContain("a.bundle");
	});

	it("counts progress as activity, but not a stalled import", async () => {
		bundles = [bundle];
		commands.staff_import = () => new Promise(() => {});
		await openCatalogue();
		await touch("stick-load-0");
		const noteActivity = vi.spyOn(session, "noteActivity");
		const reportProgress = async (progress: Partial<ImportProgress>, forMs: number) => {
			commands.staff_import_progress = () => ({ ...idle, ...progress });
			await vi.advanceTimersByTimeAsync(forMs);
			return noteActivity.mock.calls.length;
		};
		expect(await reportProgress({ stage: "checking" }, 500)).toBe(1);
		expect(await reportProgress({ stage: "pictures", of: 240 }, 500)).toBe(2);
		expect(await reportProgress({ stage: "pictures", done: 60, of: 240 }, 500)).toBe(3);
		expect(await reportProgress({ stage: "pictures", done: 60, of: 240 }, 60_000)).toBe(3);
		expect(await reportProgress({ stage: "pictures", done: 61, of: 240 }, 500)).toBe(4);
	});

	it.each([
		"not_a_bundle",
		"wrong_key",
		"wrong_signature",
		"newer_format",
		"older_version",
		"future_version",
		"damaged",
		"missing_picture",
		"unreadable",
		"storage_full",
	] as const)("explains a refused bundle (%s) in every language", async (code) => {
		bundles = [bundle];
		commands.staff_import = () => refuse(code);
		await openCatalogue();
		await touch("stick-load-0");
		for (const lang of ["fr", "ar", "en"] as UiLang[]) {
			i18n.use(lang);
			await settle();
			expect(textOf("stick-refused")).toContain(i18n.m.staff.errors[code]({}));
			expect(textOf("stick-refused")).toContain("a.bundle.refused.txt");
		}
		expect(textOf("catalogue-shown")).toContain("2026");
	});

	it("mentions no note on a stick that was removed", async () => {
		bundles = [bundle];
		commands.staff_import = () => refuse("setup");
		await openCatalogue();
		await touch("stick-load-0");
		expect(textOf("stick-refused")).toContain(i18n.m.staff.errors.setup({}));
		expect(textOf("stick-refused")).not.toContain("refused.txt");
	});

	it("returns to the PIN when the session is locked", async () => {
		bundles = [bundle];
		commands.staff_import = () => refuse("locked");
		await openCatalogue();
		await touch("stick-load-0");
		expect(bundleImport.result).toBeNull();
		expect(argsOf("staff_state").length).toBeGreaterThan(1);
	});
});

describe("rejected leads", () => {
	const open = async () => {
		render(RejectedLeads, { session });
		await settle();
	};

	it("says when there are none", async () => {
		await open();
		expect(textOf("aside-none")).toContain(i18n.m.supply.rejected.none);
		expect(screen.queryByTestId("aside-all")).toBeNull();
	});

	it("shows ticket, reason and remedy, also for unknown codes", async () => {
		rejected = [lead(1), lead(2, { known: "conflict" }), lead(3, { other: "teapot" })];
		await open();
		expect(textOf("aside-TST-1")).toContain(i18n.m.supply.rejected.why.item_damaged);
		expect(textOf("aside-TST-1")).toContain(i18n.m.supply.rejected.act.item_damaged);
		expect(textOf("aside-TST-1")).toContain("Item 1");
		expect(textOf("aside-TST-2")).toContain(i18n.m.supply.rejected.act.conflict);
		expect(textOf("aside-TST-3")).toContain("teapot");
		expect(textOf("aside-TST-3")).toContain(i18n.m.supply.rejected.actUnknown);
	});

	it("polls only today and shows new ones", async () => {
		await open();
		calls = [];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(calls.map(([command]) => command)).toEqual(["staff_today"]);
		rejected = [lead(7)];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(screen.getByTestId("aside-TST-7")).toBeTruthy();
	});

	it("sends one again and reports that it arrived", async () => {
		rejected = [lead(1), lead(2)];
		await open();
		await touch("aside-again-TST-2");
		expect(argsOf("staff_requeue")).toEqual([{ ids: ["id-2"] }]);
		expect(textOf("aside-outcome")).toBe("1 demande est arrivée à la plateforme.");
		expect(screen.queryByTestId("aside-TST-2")).toBeNull();
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});

	it("sends all again offline and reports why they wait", async () => {
		rejected = [lead(1), lead(2)];
		report = { ...report, state: "offline", waiting: 2 };
		await open();
		await touch("aside-all");
		expect(argsOf("staff_requeue")).toEqual([{ ids: ["id-1", "id-2"] }]);
		expect(textOf("aside-outcome")).toContain("2 demandes attendent de nouveau leur envoi");
		expect(textOf("aside-outcome")).toContain(i18n.m.staff.sync.offline);
		expect(screen.getByTestId("aside-none")).toBeTruthy();
	});

	it("counts those rejected again", async () => {
		rejected = [lead(1), lead(2)];
		commands.staff_requeue = () => 2;
		await open();
		await touch("aside-all");
		expect(textOf("aside-outcome")).toContain("2 demandes ont été refusées de nouveau");
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});

	it("does not report leads as sent that were not rejected", async () => {
		rejected = [lead(1)];
		commands.staff_requeue = () => {
			rejected = [];
			return 0;
		};
		await open();
		await touch("aside-again-TST-1");
		expect(textOf("aside-outcome")).toBe(i18n.m.supply.rejected.notRejected);
		expect(argsOf("staff_sync_now")).toEqual([]);
	});

	it("shows why reading or sending failed", async () => {
		rejected = [lead(1)];
		await open();
		commands.staff_requeue = () => refuse("storage");
		await touch("aside-again-TST-1");
		expect(textOf("aside-error")).toBe(i18n.m.staff.errors.storage({}));
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});
});
