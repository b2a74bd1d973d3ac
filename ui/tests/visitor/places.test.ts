/** The map and the lists of places: where things lie, and that labels never lie over each other. */
import { describe, expect, it } from "vitest";
import type { Boot, Facets, ProjectCard } from "@/host";
import { arrange, inside, LABELS, locate, viewOf, widthOf } from "@/visitor/explore/map";
import { cut, drawnNow, PART } from "@/visitor/explore/parts";
import { placeList, popular } from "@/visitor/explore/places";
import { BOX, outlines } from "@/visitor/explore/regions";
import { spelled } from "@/visitor/explore/spelling";

const name = (text: string) => ({ text, lang: "fr" as const });
const town = (id: string, region_code: string, latitude = 34, longitude = -5) => ({
	id,
	name: name(id),
	region_code,
	latitude,
	longitude,
});

describe("the map", () => {
	it("places towns where the outlines have them", () => {
		const bounds = (code: string) => outlines.find((one) => one.code === code)?.bounds ?? [0, 0, 0, 0];
		const within = (code: string, latitude: number, longitude: number) => {
			const { x, y } = locate({ latitude, longitude });
			const [left, top, right, bottom] = bounds(code);
			return x > left && x < right && y > top && y < bottom;
		};
		expect(within("MA-01", 35.7673, -5.7998)).toBe(true); // Tanger
		expect(within("MA-02", 34.6814, -1.9086)).toBe(true); // Oujda
		expect(within("MA-12", 23.6848, -15.958)).toBe(true); // Dakhla
		expect(within("MA-12", 35.7673, -5.7998)).toBe(false);
	});
	it("goes into the one region of a selection, and only then", () => {
		const towns = [town("A", "MA-01"), town("B", "MA-01"), town("C", "MA-02")];
		expect(inside({ regions: [], towns: [] }, towns)).toBe(null);
		expect(inside({ regions: ["MA-03"], towns: [] }, towns)).toBe("MA-03");
		expect(inside({ regions: [], towns: ["A", "B"] }, towns)).toBe("MA-01");
		expect(inside({ regions: [], towns: ["A", "C"] }, towns)).toBe(null);
		expect(inside({ regions: ["MA-01", "MA-02"], towns: ["A"] }, towns)).toBe(null);
	});
	it.each([0.5, 1, 2.2])("shows all of a region, or all of the country, in a room of shape %d", (aspect) => {
		const holds = (code: string | null, [left, top, right, bottom]: number[]) => {
			const view = viewOf(code, aspect);
			expect(view.width / view.height).toBeCloseTo(aspect);
			expect(view.x).toBeLessThanOrEqual(left ?? 0);
			expect(view.y).toBeLessThanOrEqual(top ?? 0);
			expect(view.x + view.width).toBeGreaterThanOrEqual(right ?? 0);
			expect(view.y + view.height).toBeGreaterThanOrEqual(bottom ?? 0);
		};
		holds(null, [0, 0, BOX.width, BOX.height]);
		for (const { code, bounds } of outlines) holds(code, bounds);
	});
	it("has the 12 regions whole, each with its label", () => {
		expect(outlines.map(({ code }) => code)).toEqual(Object.keys(LABELS).sort());
		expect(outlines).toHaveLength(12);
	});
	it("never puts a label over another, over another's point, over what is blocked or out of sight", () => {
		const pins = Array.from({ length: 14 }, (_, i) => ({
			id: `${i}`,
			x: (i * 97) % 500,
			y: (i * 61) % 400,
			width: 90 + ((i * 13) % 60),
		}));
		const area = { width: 500, height: 400 };
		const blocked = { left: 0, top: 0, right: 200, bottom: 70 };
		const placed = arrange(pins, area, 64, 12, [blocked]);
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

describe("a label", () => {
	it("is as wide as its longest line, in whichever script that is", () => {
		const one = widthOf(["Tétouan", ""], "4", 20);
		expect(widthOf(["Tétouan", "ⴼⴰⵙ"], "4", 20)).toBe(one);
		expect(widthOf(["Tétouan", "ⵜⵉⴳⵎⵉ ⵜⵓⵎⵍⵉⵍⵜ"], "4", 20)).toBeGreaterThan(one);
	});
});

describe("corrected words", () => {
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
	])("%s is spelled %s", (index, proper) => {
		expect(spelled(["villa", index], "vila", places)).toEqual(["villa", proper]);
	});
	it.each(["salle", "sous", "non", "Fez"])("%s stays as it was typed", (word) => {
		expect(spelled([word, "temara"], `${word.toUpperCase()}, temarra`, places)).toEqual([word, "Témara"]);
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

describe("lists of places", () => {
	it("group towns by region, sorted as the language sorts, without those that find nothing", () => {
		expect(listed("")).toEqual([
			["MA-01", ["Al Hoceïma", "Tétouan"]],
			["MA-02", ["Élhaj"]],
		]);
	});
	it("keep a chosen town in sight even when it finds nothing", () => {
		expect(listed("", ["Oujda"])[1]).toEqual(["MA-02", ["Élhaj", "Oujda"]]);
	});
	it("are found by first letters, marks or not, of any word", () => {
		expect(listed("tetou")).toEqual([["MA-01", ["Al Hoceïma", "Tétouan"]]]);
		expect(listed("hoc")[0]?.[0]).toBe("MA-01");
		expect(listed("elh")).toEqual([["MA-02", ["Élhaj"]]]);
		expect(listed("xyz")).toEqual([]);
	});
	it("begin with the towns that have most, for those who have not typed yet", () => {
		expect(popular(boot, facets).map(({ id }) => id)).toEqual(["Élhaj", "Al Hoceïma", "Tétouan"]);
	});
});

describe("parts of the list", () => {
	const hits = (n: number) => Array.from({ length: n }, (_, i) => ({ id: String(i) }) as ProjectCard);
	it("hold every hit once and in order, and begin anew where hits are only near", () => {
		const parts = cut(hits(70), 30);
		expect(parts.flatMap((part) => part.hits.map(({ id }) => Number(id)))).toEqual(
			Array.from({ length: 70 }, (_, i) => i),
		);
		expect(parts.map(({ from }) => from)).toEqual([0, PART, 30, 30 + PART]);
		expect(parts.map(({ opensNearby }) => opensNearby)).toEqual([false, false, true, false]);
		expect(cut(hits(3), null).some((part) => part.opensNearby)).toBe(false);
		expect(cut(hits(3), 0)[0]?.opensNearby).toBe(true);
	});
	it("are drawn only near the eye, or while nobody knows how high they are", () => {
		expect(drawnNow([1000, 1000, 1000, 1000, 1000, undefined], 6, 3200, 500)).toEqual([
			false,
			false,
			true,
			true,
			true,
			true,
		]);
		expect(drawnNow([], 2, 0, 500)).toEqual([true, true]);
	});
});
