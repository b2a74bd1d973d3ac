/** Loading from a stick and what the log says of it, without any screen. */
import { describe, expect, it } from "vitest";
import type { AuditRow, ImportProgress, StickBundle } from "@/host";
import { details, shownSince } from "@/staff/log";
import { type Shelf, Supply } from "@/staff/supply.svelte";

const bundle: StickBundle = { path: "/media/T/a.bundle", stick: "T", name: "a.bundle", bytes: 1_000_000 };
const at = (stage: ImportProgress["stage"], more: Partial<ImportProgress> = {}): ImportProgress => ({
	stage,
	done: 0,
	of: 0,
	version: null,
	refused: null,
	...more,
});

/** A shelf whose import ends when the test says so. */
function shelf() {
	let finish: { with: (version: number) => void; refuse: (code: string) => void } | null = null;
	const told = { progress: at("idle"), imported: [] as string[] };
	const made: Shelf = {
		sticks: async () => [bundle],
		import: (path) => {
			told.imported.push(path);
			return new Promise((done, fail) => {
				finish = { with: done, refuse: (code) => fail({ code, params: {}, fields: [] }) };
			});
		},
		importProgress: async () => told.progress,
	};
	return { made, told, end: () => finish };
}

describe("a loading", () => {
	it("shows how far it is, then the version and how many pictures came", async () => {
		const { made, told, end } = shelf();
		const supply = new Supply(made);
		const loading = supply.load(bundle, 3);
		expect(supply.running).toBe(true);
		told.progress = at("pictures", { done: 4, of: 9 });
		await supply.follow();
		expect(supply.progress).toMatchObject({ stage: "pictures", done: 4, of: 9 });
		told.progress = at("done", { done: 9, of: 9, version: 4 });
		end()?.with(4);
		await loading;
		expect(supply.running).toBe(false);
		expect(supply.ending).toEqual({ version: 4, already: false, pictures: 9, bundle });
	});

	it("does not take the end of the one before for its own", async () => {
		const { made, told, end } = shelf();
		const supply = new Supply(made);
		told.progress = at("refused", { refused: "damaged" });
		const loading = supply.load(bundle, 3);
		await supply.follow();
		expect(supply.running).toBe(true);
		expect(supply.progress.stage).toBe("idle");
		expect(supply.ending).toBeNull();
		end()?.with(4);
		await loading;
	});

	it("of the version shown already says so", async () => {
		const { made, end } = shelf();
		const supply = new Supply(made);
		const loading = supply.load(bundle, 4);
		end()?.with(4);
		await loading;
		expect(supply.ending).toMatchObject({ version: 4, already: true });
	});

	it("that is refused keeps the code and the bundle's name, until it was read", async () => {
		const { made, end } = shelf();
		const supply = new Supply(made);
		const loading = supply.load(bundle, 3);
		end()?.refuse("wrong_key");
		await loading;
		expect(supply.running).toBe(false);
		expect(supply.ending).toMatchObject({ error: { code: "wrong_key" }, bundle: { name: "a.bundle" } });
		supply.read();
		expect(supply.ending).toBeNull();
	});

	it("stays ended when an answer asked before its end comes after it", async () => {
		const { made, end } = shelf();
		let answer = (_: ImportProgress) => {};
		const supply = new Supply({
			...made,
			importProgress: () =>
				new Promise((done) => {
					answer = done;
				}),
		});
		const loading = supply.load(bundle, 3);
		const following = supply.follow();
		end()?.refuse("damaged");
		await loading;
		answer(at("installing"));
		await following;
		expect(supply.running).toBe(false);
		expect(supply.ending).toMatchObject({ error: { code: "damaged" } });
	});

	it("is one at a time", async () => {
		const { made, told, end } = shelf();
		const supply = new Supply(made);
		const loading = supply.load(bundle, 3);
		await supply.load({ ...bundle, path: "/media/T/b.bundle" }, 3);
		expect(told.imported).toEqual([bundle.path]);
		end()?.with(4);
		await loading;
	});

	it.each([
		[at("done", { done: 9, of: 9, version: 4 }), { version: 4, pictures: 9 }],
		[at("refused", { refused: "damaged" }), { error: { code: "damaged" } }],
	])("begun before the window was opened anew is taken up and told: %o", async (last, ending) => {
		const { made, told } = shelf();
		const supply = new Supply(made);
		told.progress = at("installing");
		await supply.follow();
		expect(supply.running).toBe(true);
		told.progress = last;
		await supply.follow();
		expect(supply.running).toBe(false);
		expect(supply.ending).toMatchObject(ending);
	});

	it("that ended before anybody looked is not told again", async () => {
		const { made, told } = shelf();
		const supply = new Supply(made);
		told.progress = at("refused", { refused: "damaged" });
		await supply.follow();
		expect(supply.ending).toBeNull();
	});
});

describe("a look at the sticks", () => {
	it("is not asked for while one is under way, and can be once it ended, even badly", async () => {
		let answers: { with: (sticks: StickBundle[]) => void; refuse: () => void }[] = [];
		const supply = new Supply({
			...shelf().made,
			sticks: () =>
				new Promise((done, fail) => {
					answers = [...answers, { with: done, refuse: () => fail({ code: "internal", params: {}, fields: [] }) }];
				}),
		});
		const looks = [supply.look(), supply.look()];
		expect(answers).toHaveLength(1);
		answers[0]?.refuse();
		expect((await Promise.allSettled(looks)).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
		const look = supply.look();
		expect(answers).toHaveLength(2);
		answers[1]?.with([bundle]);
		await look;
		expect(supply.sticks).toEqual([bundle]);
	});
});

describe("the log", () => {
	it("has details whose values may hold blanks", () => {
		expect(details("id=7 reason=item_damaged: Item 1: its hash differs")).toEqual([
			{ key: "id", value: "7" },
			{ key: "reason", value: "item_damaged: Item 1: its hash differs" },
		]);
		expect(details("just words")).toEqual([{ key: "", value: "just words" }]);
		expect(details("")).toEqual([]);
	});

	const row = (hour: number, act: string, detail: string): AuditRow => ({
		at: `2026-02-13T${String(hour).padStart(2, "0")}:00:00Z`,
		act,
		detail,
	});
	it("tells since when a version is shown, through loadings of the same one", () => {
		const log = [
			row(12, "catalogue_imported", "version=4"),
			row(11, "staff_unlocked", ""),
			row(10, "catalogue_synced", "version=4 from=3"),
			row(9, "catalogue_imported", "version=3"),
		];
		expect(shownSince(log, 4)).toEqual({ at: "2026-02-13T10:00:00Z", act: "catalogue_synced" });
	});
	it("counts anew from a going back, and says nothing it does not know", () => {
		const log = [
			row(13, "catalogue_rolled_back", "from=4 to=3"),
			row(10, "catalogue_synced", "version=4"),
			row(9, "catalogue_imported", "version=3"),
		];
		expect(shownSince(log, 3)).toEqual({ at: "2026-02-13T13:00:00Z", act: "catalogue_rolled_back" });
		expect(shownSince(log, 4)).toBeNull();
		expect(shownSince([], 3)).toBeNull();
	});
	it("goes by the order of the log when the clock was set back", () => {
		const log = [row(8, "catalogue_rolled_back", "from=4 to=3"), row(10, "catalogue_synced", "version=4")];
		expect(shownSince(log, 3)).toEqual({ at: "2026-02-13T08:00:00Z", act: "catalogue_rolled_back" });
	});
});
