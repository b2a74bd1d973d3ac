/** The map, the list of places, spelling, and the chunks of the result list. */
import { describe, expect, it } from "vitest";
import type { Boot, Facets, ProjectCard } from "@/host";
import { CHUNK_SIZE, splitIntoChunks, visibleChunks } from "@/visitor/explore/chunks";
import {
	labelWidth,
	placeLabels,
	REGION_LABELS,
	regionLabelsFit,
	regionOfSelection,
	toMapPoint,
	viewOfRegion,
} from "@/visitor/explore/map-layout";
import { firstTowns, placeList, popularTowns, townOfPole } from "@/visitor/explore/places";
import { BOX, outlines } from "@/visitor/explore/region-outlines";
import { respell } from "@/visitor/explore/spelling";

const name = (text: string) => ({ text, lang: "fr" as const });
const town = (id: string, region_code: string, latitude = 34, longitude = -5) => ({
	id,
	name: name(id),
	region_code,
	latitude,
	longitude,
});

describe("map layout", () => {
	it("projects towns into the outlines of their regions", () => {
		const bounds = (code: string) => outlines.find((one) => one.code === code)?.bounds ?? [0, 0, 0, 0];
		const within = (code: string, latitude: number, longitude: number) => {
			const { x, y } = toMapPoint({ latitude, longitude });
			const [left, top, right, bottom] = bounds(code);
			return x > left && x < right && y > top && y < bottom;
		};
		expect(within("MA-01", 35.7673, -5.7998)).toBe(true); // Tanger
		expect(within("MA-02", 34.6814, -1.9086)).toBe(true); // Oujda
		expect(within("MA-12", 23.6848, -15.958)).toBe(true); // Dakhla
		expect(within("MA-12", 35.7673, -5.7998)).toBe(false);
	});
	it("zooms to the region of a selection, if there is one", () => {
		const towns = [town("A", "MA-01"), town("B", "MA-01"), town("C", "MA-02")];
		expect(regionOfSelection({ regions: [], towns: [] }, towns)).toBe(null);
		expect(regionOfSelection({ regions: ["MA-03"], towns: [] }, towns)).toBe("MA-03");
		expect(regionOfSelection({ regions: [], towns: ["A", "B"] }, towns)).toBe("MA-01");
		expect(regionOfSelection({ regions: [], towns: ["A", "C"] }, towns)).toBe(null);
		expect(regionOfSelection({ regions: ["MA-01", "MA-02"], towns: ["A"] }, towns)).toBe(null);
	});
	it.each([0.5, 1, 2.2])("shows the complete region or country at aspect %d", (aspect) => {
		const holds = (code: string | null, [left, top, right, bottom]: number[]) => {
			const view = viewOfRegion(code, aspect);
			expect(view.width / view.height).toBeCloseTo(aspect);
			expect(view.x).toBeLessThanOrEqual(left ?? 0);
			expect(view.y).toBeLessThanOrEqual(top ?? 0);
			expect(view.x + view.width).toBeGreaterThanOrEqual(right ?? 0);
			expect(view.y + view.height).toBeGreaterThanOrEqual(bottom ?? 0);
		};
		holds(null, [0, 0, BOX.width, BOX.height]);
		for (const { code, bounds } of outlines) holds(code, bounds);
	});
	it("has 12 regions, each with a label", () => {
		expect(outlines.map(({ code }) => code)).toEqual(Object.keys(REGION_LABELS).sort());
		expect(outlines).toHaveLength(12);
	});
	it("has no space for the labels of regions on a low screen", () => {
		expect(regionLabelsFit({ width: 616, height: 760 }, 16)).toBe(true);
		expect(regionLabelsFit({ width: 616, height: 560 }, 16)).toBe(false);
		expect(regionLabelsFit({ width: 400, height: 760 }, 16)).toBe(false);
	});
	it("places labels without overlaps", () => {
		const pins = Array.from({ length: 14 }, (_, i) => ({
			id: `${i}`,
			x: (i * 97) % 500,
			y: (i * 61) % 400,
			width: 90 + ((i * 13) % 60),
		}));
		const area = { width: 500, height: 400 };
		const blocked = { left: 0, top: 0, right: 200, bottom: 70 };
		const placed = placeLabels(pins, area, 64, 12, [blocked]);
		expect(placed.size).toBeGreaterThan(5);
		const boxes = pins.flatMap((pin) => {
			const at = placed.get(pin.id);
			return at ? [{ id: pin.id, left: at.left, top: at.top, right: at.left + pin.width, bottom: at.top + 64 }] : [];
		});
		for (const a of boxes) {
			expect(a.left >= 0 && a.top >= 0 && a.right <= 500 && a.bottom <= 400).toBe(true);
			for (const b of [...boxes, { id: "", ...blocked }])
				if (a.id !== b.id)
					expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
			for (const pin of pins)
				if (pin.id !== a.id) expect(pin.x < a.left || pin.x > a.right || pin.y < a.top || pin.y > a.bottom).toBe(true);
		}
	});
});

describe("label width", () => {
	it("follows the longest line in any script", () => {
		const one = labelWidth(["Tétouan", ""], "4", 20);
		expect(labelWidth(["Tétouan", "ⴼⴰⵙ"], "4", 20)).toBe(one);
		expect(labelWidth(["Tétouan", "ⵜⵉⴳⵎⵉ ⵜⵓⵎⵍⵉⵍⵜ"], "4", 20)).toBeGreaterThan(one);
	});
});

describe("spelling of corrected words", () => {
	const places = {
		regions: [
			{ code: "MA-07", name: name("Marrakech-Safi") },
			{ code: "MA-04", name: name("Rabat-Salé-Kénitra") },
			{ code: "MA-09", name: name("Souss-Massa") },
			{ code: "MA-10", name: name("Guelmim-Oued Noun") },
		],
		towns: [
			town("Témara", "MA-04"),
			town("Tétouan", "MA-01"),
			town("Fès", "MA-03"),
			town("El Jadida", "MA-06"),
			town("Casablanca", "MA-06"),
		],
	};
	it.each([
		["Marakesh", "Marrakech"],
		["Tetuan", "Tétouan"],
		["Fez", "Fès"],
		["jadida", "Jadida"],
		["Casa", "Casa"],
		["villa", "villa"],
		["مراكش", "مراكش"],
	])("spells %s as %s", (index, proper) => {
		expect(respell(["villa", index], "vila", places)).toEqual(["villa", proper]);
	});
	it.each(["salle", "sous", "non", "Fez"])("keeps %s as typed", (word) => {
		expect(respell([word, "temara"], `${word.toUpperCase()}, temarra`, places)).toEqual([word, "Témara"]);
	});
});

const boot = {
	regions: [
		{ code: "MA-01", name: name("Tanger-Tétouan-Al Hoceïma") },
		{ code: "MA-02", name: name("L’Oriental") },
	],
	towns: [town("Tétouan", "MA-01"), town("Al Hoceïma", "MA-01"), town("Oujda", "MA-02"), town("Élhaj", "MA-02")],
} as unknown as Boot;
const facets = {
	regions: [{ value: "MA-01", count: 3 }],
	towns: [
		{ value: "Tétouan", count: 1 },
		{ value: "Al Hoceïma", count: 2 },
		{ value: "Oujda", count: 0 },
		{ value: "Élhaj", count: 5 },
	],
} as unknown as Facets;
const listed = (typed: string, towns: string[] = []) =>
	placeList(boot, facets, { towns }, typed, "fr").map(({ region, towns: rows }) => [
		region.code,
		rows.map((row) => row.town.id),
	]);

describe("list of places", () => {
	it("groups towns with results by region", () => {
		expect(listed("")).toEqual([
			["MA-01", ["Al Hoceïma", "Tétouan"]],
			["MA-02", ["Élhaj"]],
		]);
	});
	it("keeps a selected town without results", () => {
		expect(listed("", ["Oujda"])[1]).toEqual(["MA-02", ["Élhaj", "Oujda"]]);
	});
	it("filters by first letters of any word", () => {
		expect(listed("tetou")).toEqual([["MA-01", ["Al Hoceïma", "Tétouan"]]]);
		expect(listed("hoc")[0]?.[0]).toBe("MA-01");
		expect(listed("elh")).toEqual([["MA-02", ["Élhaj"]]]);
		expect(listed("xyz")).toEqual([]);
	});
	it("puts the town with the most results first", () => {
		const many = {
			...facets,
			towns: facets.towns.map((town) => ({ ...town, count: town.value === "Tétouan" ? 9 : 1 })),
		};
		const rows = placeList(boot, many, { towns: [] }, "", "fr")[0]?.towns.map((row) => row.town.id);
		expect(rows).toEqual(["Tétouan", "Al Hoceïma"]);
	});
	it("suggests the towns with the most results first", () => {
		expect(popularTowns(boot, facets).map(({ id }) => id)).toEqual(["Élhaj", "Al Hoceïma", "Tétouan"]);
	});
});

describe("poles and long lists of towns", () => {
	const tanger = town("Tanger", "MA-01", 35.77, -5.8);
	const larache = town("Larache", "MA-01", 35.19, -6.16);
	const poles = [
		town("Pôle Les Jasmins (Tanger)", "MA-01", 35.5, -5.9),
		town("Pôle du Loukkos", "MA-01", 35.2, -6.1),
		town("Pôle lointain", "MA-01", 34.2, -4.1),
	];
	const towns = [tanger, larache, ...poles];
	const places = { regions: [{ code: "MA-01", name: name("Nord") }], towns } as unknown as Boot;
	const counts = (list: string[]) =>
		({ regions: [], towns: list.map((value, at) => ({ value, count: 50 - at })) }) as unknown as Facets;

	it("belong to the town in their name or near them", () => {
		expect(poles.map((pole) => townOfPole(pole, towns)?.id ?? null)).toEqual(["Tanger", "Larache", null]);
		expect(townOfPole(tanger, towns)).toBe(null);
		expect(townOfPole(town("قطب الياسمين (طنجة)", "MA-01"), [town("طنجة", "MA-01")])?.id).toBe("طنجة");
		expect(townOfPole(town("Jasmine Hub (Tangier)", "MA-01"), [town("Tangier", "MA-01")])?.id).toBe("Tangier");
	});
	it("are listed under their town", () => {
		const all = counts(["Pôle Les Jasmins (Tanger)", "Larache", "Pôle du Loukkos", "Pôle lointain", "Tanger"]);
		const rows = placeList(places, all, { towns: [] }, "", "fr")[0]?.towns ?? [];
		expect(rows.map((row) => [row.town.id, row.pole])).toEqual([
			["Larache", false],
			["Pôle du Loukkos", true],
			["Pôle lointain", false],
			["Tanger", false],
			["Pôle Les Jasmins (Tanger)", true],
		]);
		// A pole whose town has no results stands for itself.
		const alone = placeList(places, counts(["Pôle du Loukkos"]), { towns: [] }, "", "fr")[0]?.towns;
		expect(alone?.map((row) => row.pole)).toEqual([false]);
	});
	it("shows eight towns and the chosen ones at first", () => {
		const row = (id: string, pole = false) => ({ town: town(id, "MA-01"), count: 1, pole });
		const many = Array.from({ length: 12 }, (_, at) => row(`T${at}`));
		const ids = (rows: { town: { id: string } }[]) => rows.map((one) => one.town.id);
		expect(ids(firstTowns(many, []))).toEqual(ids(many.slice(0, 8)));
		expect(ids(firstTowns(many, ["T11"]))).toEqual([...ids(many.slice(0, 8)), "T11"]);
		// Poles are hidden with the other towns, and do not take the place of towns.
		const withPoles = [row("T"), row("P1", true), row("P2", true), ...many.slice(0, 7)];
		expect(ids(firstTowns(withPoles, ["P2"]))).toEqual(ids(withPoles));
		expect(ids(firstTowns([...withPoles, row("U")], []))).toEqual(["T", ...ids(many.slice(0, 7))]);
		expect(firstTowns(many.slice(0, 9), [])).toHaveLength(9);
	});
});

describe("chunks of the list", () => {
	const results = (n: number) => Array.from({ length: n }, (_, i) => ({ id: String(i) }) as ProjectCard);
	it("keep all results in order and split before nearby ones", () => {
		const chunks = splitIntoChunks(results(70), 30);
		expect(chunks.flatMap((chunk) => chunk.results.map(({ id }) => Number(id)))).toEqual(
			Array.from({ length: 70 }, (_, i) => i),
		);
		expect(chunks.map(({ from }) => from)).toEqual([0, CHUNK_SIZE, 30, 30 + CHUNK_SIZE]);
		expect(chunks.map(({ startsNearby }) => startsNearby)).toEqual([false, false, true, false]);
		expect(splitIntoChunks(results(3), null).some((chunk) => chunk.startsNearby)).toBe(false);
		expect(splitIntoChunks(results(3), 0)[0]?.startsNearby).toBe(true);
	});
	it("are rendered near the viewport or without known height", () => {
		expect(visibleChunks([1000, 1000, 1000, 1000, 1000, undefined], 6, 3200, 500)).toEqual([
			false,
			false,
			true,
			true,
			true,
			true,
		]);
		expect(visibleChunks([], 2, 0, 500)).toEqual([true, true]);
	});
});
