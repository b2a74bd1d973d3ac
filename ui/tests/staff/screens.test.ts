/** The staff window's catalogue and its leads set aside: what is shown, asked, told. */
import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AsideRow, CatalogueState, ImportProgress, StickBundle, SyncReport } from "@/host";
import { staff } from "@/host";
import { type Complete, i18n } from "@/i18n/index.svelte";
import Aside from "@/staff/Aside.svelte";
import Catalogue from "@/staff/Catalogue.svelte";
import { Session } from "@/staff/session.svelte";
import { Supply } from "@/staff/supply.svelte";

const refuse = (code: string) => {
	throw { code, params: {}, fields: [] };
};
const idle: ImportProgress = { stage: "idle", done: 0, of: 0, version: null, refused: null };
const older = { version: 11, published_at: "2026-02-01T08:30:00Z" };
const newer = { version: 12, published_at: "2026-02-11T14:05:00Z" };
const lead = (n: number, reason = "item_damaged"): AsideRow => ({
	id: `id-${n}`,
	ticket: `TST-${n}`,
	taken_at: "2026-02-13T10:20:00Z",
	reason,
	detail: `Item ${n}`,
});

let catalogue: CatalogueState;
let age: number | null;
let sticks: StickBundle[];
let aside: AsideRow[];
let report: SyncReport;
let asked: [string, unknown][];
let commands: Record<string, (args: never) => unknown>;
vi.mock("#transport", () => ({
	call: async (command: string, args: unknown) => {
		asked.push([command, args]);
		return commands[command]?.(args as never);
	},
	mediaUrl: (hash: string) => hash,
}));
const asks = (command: string) => asked.filter(([name]) => name === command).map(([, args]) => args);
const settle = () => vi.advanceTimersByTimeAsync(0);
const touch = async (id: string) => {
	await fireEvent.click(screen.getByTestId(id));
	await settle();
};
/** Words as they stand; a no-break space stays one. */
const said = (id: string) =>
	screen
		.getByTestId(id)
		.textContent?.replace(/[ \t\n]+/g, " ")
		.trim() ?? "";

let session: Session;
let supply: Supply;
beforeEach(async () => {
	vi.useFakeTimers();
	i18n.use("fr");
	catalogue = { shown: newer, previous: older, rejected: null, missing_pictures: 0 };
	age = 2;
	sticks = [];
	aside = [];
	asked = [];
	report = {
		state: "ok",
		sent: 0,
		duplicates: 0,
		waiting: 0,
		catalogue_version: 12,
		catalogue_refused: null,
	};
	commands = {
		staff_state: () => ({ unlocked: true, time_zone: "Europe/Paris", languages: ["fr"], locked_for_seconds: 0 }),
		staff_catalogue: () => catalogue,
		staff_today: () => ({
			set_aside: aside.length,
			catalogue: catalogue.shown && {
				version: catalogue.shown.version,
				published_on: "2026-02-11",
				age_days: age,
				projects: 1_611,
				units_available: 18_402,
				notice: null,
			},
		}),
		staff_audit: () => [{ at: "2026-02-11T14:12:00Z", act: "catalogue_synced", detail: "version=12 from=11" }],
		staff_sticks: () => sticks,
		staff_import_progress: () => idle,
		staff_roll_back: () => {
			catalogue = { ...catalogue, shown: older, previous: newer, rejected: 12 };
			return 11;
		},
		staff_import: () => {
			catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T09:00:00Z" }, previous: newer };
			return 13;
		},
		staff_set_aside: () => aside,
		staff_requeue: ({ ids }: { ids: string[] }) => {
			const before = aside.length;
			aside = aside.filter(({ id }) => !ids.includes(id));
			return before - aside.length;
		},
		staff_sync_now: () => report,
	};
	session = new Session(staff, () => 0);
	await session.refresh();
	supply = new Supply(staff);
});
afterEach(() => vi.useRealTimers());

const openCatalogue = async () => {
	render(Catalogue, { session, supply });
	await settle();
};

describe("the catalogue", () => {
	it("is told as a date and time of the hall, with its age, its source and the bare number small beside", async () => {
		await openCatalogue();
		const shown = said("catalogue-shown");
		expect(shown).toContain("Catalogue du 11 février 2026 à 15:05");
		expect(shown).toContain("il y a 2 jours · version 12");
		expect(shown).toContain("Reçu de la plateforme le 11 février 2026 à 15:12.");
		expect(shown).toMatch(/1.611 projets · 18.402 biens disponibles/);
		expect(said("catalogue-previous")).toContain("Catalogue du 1er février 2026 à 09:30");
	});

	it("that is old, from the future, or lacks pictures says so", async () => {
		age = 8;
		catalogue.missing_pictures = 40;
		await openCatalogue();
		expect(said("catalogue-shown")).toContain(i18n.m.supply.catalogue.old);
		expect(said("catalogue-shown")).toContain("40 images manquent");
		age = null;
		await vi.advanceTimersByTimeAsync(15_000);
		expect(said("catalogue-shown")).not.toContain(i18n.m.supply.catalogue.old);
		expect(said("catalogue-shown")).toContain(i18n.m.supply.catalogue.ahead);
	});

	it("can be missing, and then says what to do", async () => {
		catalogue = { shown: null, previous: null, rejected: null, missing_pictures: 0 };
		await openCatalogue();
		expect(said("catalogue-shown")).toContain(i18n.m.supply.catalogue.none);
		expect(screen.queryByTestId("catalogue-go-back")).toBeNull();
	});

	it("that cannot be read says so, and the sticks can still be used", async () => {
		commands.staff_catalogue = () => refuse("storage");
		sticks = [{ path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 9_000_000 }];
		await openCatalogue();
		expect(said("staff-error")).toBe(i18n.m.staff.errors.storage({}));
		expect(screen.getByTestId("stick-load-0")).toBeTruthy();
	});

	it("that the platform replaces meanwhile is told by itself, asking only what lets a session end", async () => {
		await openCatalogue();
		asked = [];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(new Set(asked.map(([command]) => command))).toEqual(new Set(["staff_today", "staff_sticks"]));
		catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T09:00:00Z" }, previous: newer };
		await vi.advanceTimersByTimeAsync(15_000);
		expect(said("catalogue-shown")).toContain("13 février 2026");
	});

	it("goes back only after it was said what happens, then shows the version before and how to return", async () => {
		await openCatalogue();
		await touch("catalogue-go-back");
		expect(asks("staff_roll_back")).toEqual([]);
		const sheet = said("go-back-sheet");
		expect(sheet).toContain("Les visiteurs verront tout de suite le catalogue du 1er février 2026 à 09:30.");
		expect(sheet).toContain("Celui du 11 février 2026 à 15:05 ne reviendra pas de lui-même");
		await touch("go-back-cancel");
		expect(screen.queryByTestId("go-back-sheet")).toBeNull();
		await touch("catalogue-go-back");
		await touch("go-back-confirm");
		expect(asks("staff_roll_back")).toEqual([{ from: 12 }]);
		expect(said("catalogue-shown")).toContain("1er février 2026");
		expect(said("catalogue-changed")).toContain("1er février 2026");
		expect(said("catalogue-previous")).toContain(i18n.m.supply.catalogue.after);
		expect(said("catalogue-go-back")).toBe(i18n.m.supply.catalogue.goForth);
	});

	it("does not go back from a version nobody was asked about: says that another came, and shows it", async () => {
		commands.staff_roll_back = ({ from }: { from: number }) =>
			from === catalogue.shown?.version ? 11 : refuse("version_changed");
		await openCatalogue();
		await touch("catalogue-go-back");
		const sentences = said("go-back-sheet");
		catalogue = { ...catalogue, shown: { version: 13, published_at: "2026-02-13T09:00:00Z" }, previous: newer };
		await vi.advanceTimersByTimeAsync(15_000);
		expect(said("go-back-sheet")).toBe(sentences);
		catalogue = { ...catalogue, shown: { version: 14, published_at: "2026-02-14T09:00:00Z" } };
		await touch("go-back-confirm");
		expect(asks("staff_roll_back")).toEqual([{ from: 12 }]);
		expect(said("go-back-sheet")).toContain(i18n.m.staff.errors.version_changed({}));
		expect((screen.getByTestId("go-back-confirm") as HTMLButtonElement).disabled).toBe(true);
		expect(said("catalogue-shown")).toContain("14 février 2026");
		await touch("go-back-cancel");
		await touch("catalogue-go-back");
		expect(said("go-back-sheet")).toContain("11 février 2026");
		expect((screen.getByTestId("go-back-confirm") as HTMLButtonElement).disabled).toBe(false);
	});

	it("that cannot go back says why and stays", async () => {
		commands.staff_roll_back = () => refuse("no_previous");
		await openCatalogue();
		await touch("catalogue-go-back");
		await touch("go-back-confirm");
		expect(said("go-back-sheet")).toContain(i18n.m.staff.errors.no_previous({}));
		expect(said("catalogue-shown")).toContain("11 février 2026");
	});
});

describe("a stick", () => {
	const bundle = { path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 184_000_000 };

	it("appears by itself when it is plugged in, and goes when it is taken out", async () => {
		await openCatalogue();
		expect(said("stick-none")).toContain(i18n.m.supply.stick.help);
		sticks = [bundle];
		await vi.advanceTimersByTimeAsync(3_000);
		expect(said("sticks")).toContain("a.bundle");
		expect(said("sticks")).toContain("184\u00a0Mo");
		sticks = [];
		await vi.advanceTimersByTimeAsync(3_000);
		expect(screen.getByTestId("stick-none")).toBeTruthy();
	});

	it("is no longer asked for once the screen is left", async () => {
		const { unmount } = render(Catalogue, { session, supply });
		await settle();
		unmount();
		const before = asked.length;
		await vi.advanceTimersByTimeAsync(30_000);
		expect(asked.length).toBe(before);
	});

	it("loads with one touch: progress while it lasts, then what visitors see now, with counts", async () => {
		sticks = [bundle];
		let finish = () => {};
		const took = commands.staff_import;
		commands.staff_import = (args: never) =>
			new Promise((done) => {
				finish = () => done(took?.(args));
			});
		await openCatalogue();
		await touch("stick-load-0");
		commands.staff_import_progress = () => ({ ...idle, stage: "pictures", done: 60, of: 240 });
		await vi.advanceTimersByTimeAsync(500);
		const bar = within(screen.getByTestId("stick-running")).getByRole("progressbar");
		expect(bar.getAttribute("aria-valuenow")).toBe("25");
		expect(said("stick-running")).toContain("60 images sur 240");
		expect((screen.getByTestId("catalogue-go-back") as HTMLButtonElement).disabled).toBe(true);
		commands.staff_import_progress = () => ({ ...idle, stage: "done", done: 240, of: 240, version: 13 });
		finish();
		await settle();
		expect(asks("staff_import")).toEqual([{ path: bundle.path }]);
		expect(said("stick-loaded")).toContain("catalogue du 13 février 2026 à 10:00");
		expect(said("stick-counts")).toMatch(/1.611 projets · 18.402 biens disponibles · 240 images/);
		await touch("stick-understood");
		expect(said("sticks")).toContain("a.bundle");
	});

	it("keeps the window open while its loading goes on, not while it stands still", async () => {
		sticks = [bundle];
		commands.staff_import = () => new Promise(() => {});
		await openCatalogue();
		await touch("stick-load-0");
		const touched = vi.spyOn(session, "touched");
		const tell = async (progress: Partial<ImportProgress>, forMs: number) => {
			commands.staff_import_progress = () => ({ ...idle, ...progress });
			await vi.advanceTimersByTimeAsync(forMs);
			return touched.mock.calls.length;
		};
		expect(await tell({ stage: "checking" }, 500)).toBe(1);
		expect(await tell({ stage: "pictures", of: 240 }, 500)).toBe(2);
		expect(await tell({ stage: "pictures", done: 60, of: 240 }, 500)).toBe(3);
		expect(await tell({ stage: "pictures", done: 60, of: 240 }, 60_000)).toBe(3);
		expect(await tell({ stage: "pictures", done: 61, of: 240 }, 500)).toBe(4);
	});

	it.each([
		"not_a_bundle",
		"wrong_key",
		"wrong_signature",
		"newer_format",
		"older_version",
		"damaged",
		"missing_picture",
		"unreadable",
		"storage_full",
	] as const)(
		"whose bundle is refused (%s) says why in every language, and that the stick says it too",
		async (code) => {
			sticks = [bundle];
			commands.staff_import = () => refuse(code);
			await openCatalogue();
			await touch("stick-load-0");
			for (const lang of ["fr", "ar", "en"] as Complete[]) {
				i18n.use(lang);
				await settle();
				expect(said("stick-refused")).toContain(i18n.m.staff.errors[code]({}));
				expect(said("stick-refused")).toContain("a.bundle.refused.txt");
			}
			expect(said("catalogue-shown")).toContain("2026");
		},
	);

	it("that was pulled out claims no note on it", async () => {
		sticks = [bundle];
		commands.staff_import = () => refuse("setup");
		await openCatalogue();
		await touch("stick-load-0");
		expect(said("stick-refused")).toContain(i18n.m.staff.errors.setup({}));
		expect(said("stick-refused")).not.toContain("refused.txt");
	});

	it("leads to the PIN when the window has locked meanwhile", async () => {
		sticks = [bundle];
		commands.staff_import = () => refuse("locked");
		await openCatalogue();
		await touch("stick-load-0");
		expect(supply.ending).toBeNull();
		expect(asks("staff_state").length).toBeGreaterThan(1);
	});
});

describe("leads set aside", () => {
	const open = async () => {
		render(Aside, { session });
		await settle();
	};

	it("that are none say that all is well", async () => {
		await open();
		expect(said("aside-none")).toContain(i18n.m.supply.aside.well);
		expect(screen.queryByTestId("aside-all")).toBeNull();
	});

	it("show ticket, reason and remedy, also for codes nobody knows", async () => {
		aside = [lead(1), lead(2, "conflict"), lead(3, "teapot")];
		await open();
		expect(said("aside-TST-1")).toContain(i18n.m.supply.aside.why.item_damaged);
		expect(said("aside-TST-1")).toContain(i18n.m.supply.aside.act.item_damaged);
		expect(said("aside-TST-1")).toContain("Item 1");
		expect(said("aside-TST-2")).toContain(i18n.m.supply.aside.act.conflict);
		expect(said("aside-TST-3")).toContain("teapot");
		expect(said("aside-TST-3")).toContain(i18n.m.supply.aside.actElse);
	});

	it("that come while one looks appear, without keeping the session open", async () => {
		await open();
		asked = [];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(asked.map(([command]) => command)).toEqual(["staff_today"]);
		aside = [lead(7)];
		await vi.advanceTimersByTimeAsync(15_000);
		expect(screen.getByTestId("aside-TST-7")).toBeTruthy();
	});

	it("sent again one by one arrive, and this is said", async () => {
		aside = [lead(1), lead(2)];
		await open();
		await touch("aside-again-TST-2");
		expect(asks("staff_requeue")).toEqual([{ ids: ["id-2"] }]);
		expect(said("aside-outcome")).toBe("1 demande est arrivée à la plateforme.");
		expect(screen.queryByTestId("aside-TST-2")).toBeNull();
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});

	it("sent again all at once without a line wait, and the reason is said", async () => {
		aside = [lead(1), lead(2)];
		report = { ...report, state: "offline", waiting: 2 };
		await open();
		await touch("aside-all");
		expect(asks("staff_requeue")).toEqual([{ ids: ["id-1", "id-2"] }]);
		expect(said("aside-outcome")).toContain("2 demandes attendent de nouveau leur envoi");
		expect(said("aside-outcome")).toContain(i18n.m.staff.sync.offline);
		expect(screen.getByTestId("aside-none")).toBeTruthy();
	});

	it("refused once more are counted so", async () => {
		aside = [lead(1), lead(2)];
		commands.staff_requeue = () => 2;
		await open();
		await touch("aside-all");
		expect(said("aside-outcome")).toContain("2 demandes ont été refusées de nouveau");
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});

	it("that somebody else has sent meanwhile are not called sent", async () => {
		aside = [lead(1)];
		commands.staff_requeue = () => {
			aside = [];
			return 0;
		};
		await open();
		await touch("aside-again-TST-1");
		expect(said("aside-outcome")).toBe(i18n.m.supply.aside.gone);
		expect(asks("staff_sync_now")).toEqual([]);
	});

	it("that cannot be read or sent say why", async () => {
		aside = [lead(1)];
		await open();
		commands.staff_requeue = () => refuse("storage");
		await touch("aside-again-TST-1");
		expect(said("aside-error")).toBe(i18n.m.staff.errors.storage({}));
		expect(screen.getByTestId("aside-TST-1")).toBeTruthy();
	});
});
