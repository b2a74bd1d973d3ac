/** The doors of the home screen: each is there only if what is behind it exists. */
import { cleanup, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot, GuideCard, PartnerCard } from "@/host";
import { i18n, messagesOf } from "@/i18n/index.svelte";
import Home from "@/visitor/home/Home.svelte";
import { card, boot as names, result, text } from "./explore-responses";

vi.mock("#transport", () => ({
	call: () => Promise.resolve(result([card("A")])),
	mediaUrl: (hash: string) => hash,
}));

const guide: GuideCard = {
	key: "notary",
	situation: "safety",
	title: text("Le notaire"),
	summary: text("Un essai"),
	topics: ["notary"],
	product_types: [],
};
const partner = { id: "partner/NOTARY-A" } as PartnerCard;
const guidance = { guides: [guide], partners: [partner], stand: [] };
const rules = { aid_up_to: 10_000_000, costs: true, stay: true };
const complete = {
	...names,
	stop: { name: text("Essai"), city: text("Paris"), demonstration: true },
	catalogue: { projects: 1, published_on: "2026-02-06" },
	covers: [],
	offers: [],
	guidance,
	rules,
} as unknown as Boot;

const DOORS = ["door-aid", "door-afford", "door-aid-questions", "door-guides", "door-summer"];
const doors = () => DOORS.filter((door) => screen.queryByTestId(door));
const show = (changes: Partial<Boot>) => render(Home, { boot: { ...complete, ...changes } });

beforeEach(() => {
	vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
	i18n.use("fr");
});
afterEach(cleanup);

describe("home", () => {
	it("has all doors with rules, guides and partners", () => {
		show({});
		expect(doors()).toEqual(DOORS);
	});
	it("hides the doors without rules, guides and partners", () => {
		show({ guidance: { guides: [], partners: [], stand: [] }, rules: { aid_up_to: null, costs: false, stay: false } });
		expect(doors()).toEqual([]);
	});
	it("hides only the door whose rule is missing", () => {
		show({ rules: { ...rules, costs: false } });
		expect(doors()).toEqual(DOORS.filter((door) => door !== "door-afford"));
		cleanup();
		show({ rules: { ...rules, aid_up_to: null } });
		expect(doors()).toEqual(["door-afford", "door-guides", "door-summer"]);
	});
	it("keeps the door to partners without guides", () => {
		show({ guidance: { ...guidance, guides: [] } });
		expect(screen.getByTestId("door-guides").textContent).toContain(messagesOf("fr").guides.doorPartners);
	});
	it("names the highest amount of the rule", () => {
		show({ rules: { aid_up_to: 12_300_000, costs: true, stay: true } });
		expect(screen.getByTestId("door-aid").textContent?.replace(/\s/g, "")).toContain("123000DH");
	});
});
