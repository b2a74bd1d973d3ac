/** Which guide a topic or a unit leads to, and the ticks of papers. */
import { describe, expect, test } from "vitest";
import type { Boot, GuideCard } from "@/host";
import { bySituation, guideOn, guidesFor } from "@/visitor/guides/guidance";
import { ticks } from "@/visitor/guides/ticks.svelte";

const card = (key: string, rest: Partial<GuideCard>): GuideCard => ({
	key,
	situation: "buying",
	title: { text: key, lang: "fr" },
	summary: { text: key, lang: "fr" },
	topics: ["steps"],
	product_types: [],
	...rest,
});
const guides = [
	card("home", { topics: ["steps", "notary"] }),
	card("loan", { situation: "financing", topics: ["credit"] }),
	card("plot", { topics: ["costs", "steps"], product_types: ["residential_plot"] }),
];
const boot = { guidance: { guides, partners: [] } } as unknown as Boot;

describe("guides", () => {
	test("a topic opens the guide that names it first", () => {
		expect(guideOn(boot, "steps")?.key).toBe("home");
		expect(guideOn(boot, "credit")?.key).toBe("loan");
		expect(guideOn(boot, "complaints")).toBeUndefined();
	});

	test("a unit leads to the guides of its type only", () => {
		expect(guidesFor(guides, "residential_plot").map((guide) => guide.key)).toEqual(["plot"]);
		expect(guidesFor(guides, "shop")).toEqual([]);
	});

	test("each situation appears once", () => {
		const found = bySituation(guides).map(({ situation, guides }) => [situation, guides.length]);
		expect(found).toEqual([
			["buying", 2],
			["financing", 1],
		]);
	});

	test("a tick is of one paper of one guide", () => {
		ticks.toggle("home", 1);
		expect(ticks.of("home", 3)).toEqual([1]);
		expect(ticks.of("loan", 3)).toEqual([]);
		ticks.toggle("home", 1);
		expect(ticks.of("home", 3)).toEqual([]);
	});
});
