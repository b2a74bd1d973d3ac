/** Importing bundles from USB sticks, and reading the audit log, without screens. */
import { describe, expect, it } from "vitest";
import type { AuditAct, AuditDetail, AuditRow, ImportProgress, UsbBundle } from "@/host";
import { shownSince } from "@/staff/audit-log";
import { BundleImport, type ImportHost } from "@/staff/bundle-import.svelte";

const bundle: UsbBundle = { path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 1_000_000 };
const at = (stage: ImportProgress["stage"], more: Partial<ImportProgress> = {}): ImportProgress => ({
	stage,
	done: 0,
	of: 0,
	version: null,
	refused: null,
	...more,
});

/** A host whose import ends when the test decides. */
function fakeHost() {
	let finish: { succeed: (version: number) => void; fail: (code: string) => void } | null = null;
	const state = { progress: at("idle"), imported: [] as string[] };
	const host: ImportHost = {
		sticks: async () => [bundle],
		import: (path) => {
			state.imported.push(path);
			return new Promise((done, fail) => {
				finish = { succeed: done, fail: (code) => fail({ code, params: {}, fields: [] }) };
			});
		},
		importProgress: async () => state.progress,
	};
	return { host, state, importEnd: () => finish };
}

describe("import", () => {
	it("reports progress, then version and picture count", async () => {
		const { host, state, importEnd } = fakeHost();
		const bundleImport = new BundleImport(host);
		const loading = bundleImport.load(bundle, 3);
		expect(bundleImport.running).toBe(true);
		state.progress = at("pictures", { done: 4, of: 9 });
		await bundleImport.followProgress();
		expect(bundleImport.progress).toMatchObject({ stage: "pictures", done: 4, of: 9 });
		state.progress = at("done", { done: 9, of: 9, version: 4 });
		importEnd()?.succeed(4);
		await loading;
		expect(bundleImport.running).toBe(false);
		expect(bundleImport.result).toEqual({ version: 4, already: false, pictures: 9, bundle });
	});

	it("ignores the result of the import before", async () => {
		const { host, state, importEnd } = fakeHost();
		const bundleImport = new BundleImport(host);
		state.progress = at("refused", { refused: "damaged" });
		const loading = bundleImport.load(bundle, 3);
		await bundleImport.followProgress();
		expect(bundleImport.running).toBe(true);
		expect(bundleImport.progress.stage).toBe("idle");
		expect(bundleImport.result).toBeNull();
		importEnd()?.succeed(4);
		await loading;
	});

	it("reports that the version is already shown", async () => {
		const { host, importEnd } = fakeHost();
		const bundleImport = new BundleImport(host);
		const loading = bundleImport.load(bundle, 4);
		importEnd()?.succeed(4);
		await loading;
		expect(bundleImport.result).toMatchObject({ version: 4, already: true });
	});

	it("keeps the error and the bundle until dismissed", async () => {
		const { host, importEnd } = fakeHost();
		const bundleImport = new BundleImport(host);
		const loading = bundleImport.load(bundle, 3);
		importEnd()?.fail("wrong_key");
		await loading;
		expect(bundleImport.running).toBe(false);
		expect(bundleImport.result).toMatchObject({ error: { code: "wrong_key" }, bundle: { name: "a.bundle" } });
		bundleImport.dismiss();
		expect(bundleImport.result).toBeNull();
	});

	it("ignores progress answers from before its end", async () => {
		const { host, importEnd } = fakeHost();
		let answer = (_: ImportProgress) => {};
		const bundleImport = new BundleImport({
			...host,
			importProgress: () =>
				new Promise((done) => {
					answer = done;
				}),
		});
		const loading = bundleImport.load(bundle, 3);
		const following = bundleImport.followProgress();
		importEnd()?.fail("damaged");
		await loading;
		answer(at("installing"));
		await following;
		expect(bundleImport.running).toBe(false);
		expect(bundleImport.result).toMatchObject({ error: { code: "damaged" } });
	});

	it("runs one import at a time", async () => {
		const { host, state, importEnd } = fakeHost();
		const bundleImport = new BundleImport(host);
		const loading = bundleImport.load(bundle, 3);
		await bundleImport.load({ ...bundle, path: "/media/T/b.bundle" }, 3);
		expect(state.imported).toEqual([bundle.path]);
		importEnd()?.succeed(4);
		await loading;
	});

	it.each([
		[at("done", { done: 9, of: 9, version: 4 }), { version: 4, pictures: 9 }],
		[at("refused", { refused: "damaged" }), { error: { code: "damaged" } }],
	])("follows an import that another page started: %o", async (last, ending) => {
		const { host, state } = fakeHost();
		const bundleImport = new BundleImport(host);
		state.progress = at("installing");
		await bundleImport.followProgress();
		expect(bundleImport.running).toBe(true);
		state.progress = last;
		await bundleImport.followProgress();
		expect(bundleImport.running).toBe(false);
		expect(bundleImport.result).toMatchObject(ending);
	});

	it("does not report an import that ended before", async () => {
		const { host, state } = fakeHost();
		const bundleImport = new BundleImport(host);
		state.progress = at("refused", { refused: "damaged" });
		await bundleImport.followProgress();
		expect(bundleImport.result).toBeNull();
	});
});

describe("scan of USB sticks", () => {
	it("runs one at a time and can run again after an error", async () => {
		let answers: { succeed: (sticks: UsbBundle[]) => void; fail: () => void }[] = [];
		const bundleImport = new BundleImport({
			...fakeHost().host,
			sticks: () =>
				new Promise((done, fail) => {
					answers = [...answers, { succeed: done, fail: () => fail({ code: "internal", params: {}, fields: [] }) }];
				}),
		});
		const looks = [bundleImport.scan(), bundleImport.scan()];
		expect(answers).toHaveLength(1);
		answers[0]?.fail();
		expect((await Promise.allSettled(looks)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
		const look = bundleImport.scan();
		expect(answers).toHaveLength(2);
		answers[1]?.succeed([bundle]);
		await look;
		expect(bundleImport.bundles).toEqual([bundle]);
	});
});

describe("audit log", () => {
	const row = (hour: number, act: AuditAct, details: Partial<Record<AuditDetail, string>> = {}): AuditRow => ({
		at: `2026-02-13T${String(hour).padStart(2, "0")}:00:00Z`,
		act: { known: act },
		details: Object.entries(details).map(([name, value]) => ({ name: { known: name as AuditDetail }, value })),
	});
	it("finds the first install of the shown version", () => {
		const log = [
			row(12, "catalogue_imported", { version: "4" }),
			row(11, "staff_unlocked"),
			row(10, "catalogue_synced", { version: "4", from: "3" }),
			row(9, "catalogue_imported", { version: "3" }),
		];
		expect(shownSince(log, 4)).toEqual({ at: "2026-02-13T10:00:00Z", source: "platform" });
	});
	it("tells a USB stick from a command", () => {
		const by = { by: "command", user: "1000" };
		const source = (...log: AuditRow[]) => shownSince(log, 4)?.source;
		expect(source(row(10, "catalogue_imported", { version: "4" }))).toBe("stick");
		expect(source(row(10, "catalogue_imported", { version: "4", ...by }))).toBe("command");
		expect(source(row(10, "catalogue_rolled_back", { from: "5", to: "4", ...by }))).toBe("rolled_back_by_command");
	});
	it("counts from a roll back, and returns null if unknown", () => {
		const log = [
			row(13, "catalogue_rolled_back", { from: "4", to: "3" }),
			row(10, "catalogue_synced", { version: "4" }),
			row(9, "catalogue_imported", { version: "3" }),
		];
		expect(shownSince(log, 3)).toEqual({ at: "2026-02-13T13:00:00Z", source: "rolled_back" });
		expect(shownSince(log, 4)).toBeNull();
		expect(shownSince([], 3)).toBeNull();
	});
	it("follows the order of the log, not the timestamps", () => {
		const log = [
			row(8, "catalogue_rolled_back", { from: "4", to: "3" }),
			row(10, "catalogue_synced", { version: "4" }),
		];
		expect(shownSince(log, 3)).toEqual({ at: "2026-02-13T08:00:00Z", source: "rolled_back" });
	});
});
