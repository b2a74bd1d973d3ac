import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot, Explore, ExploreQuery, ProjectCard } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { keyboard } from "@/kit/keyboard/keyboard.svelte";
import ExploreScreen from "@/visitor/explore/Explore.svelte";
import { search } from "@/visitor/explore/search.svelte";
import { visit } from "@/visitor/visit.svelte";

const asked: ExploreQuery[] = [];
let answer: (query: ExploreQuery) => Explore | Promise<Explore>;
vi.mock("#transport", () => ({
	call: (command: string, { query }: { query: ExploreQuery }) => {
		if (command === "visitor_boot") return Promise.resolve(amazigh);
		asked.push(query);
		return Promise.resolve(answer(query));
	},
	mediaUrl: (hash: string) => hash,
}));

const text = (words: string) => ({ text: words, lang: "fr" as const });
const card = (id: string): ProjectCard => ({
	id,
	title: text(`Projet ${id}`),
	town: text("Tétouan"),
	region: text("Nord"),
	region_code: "MA-01",
	cover: null,
	types: ["apartment"],
	price_from: 28_800_000,
	surface_min: 48,
	surface_max: 86.5,
	delivery: "delivered",
	delivery_on: null,
	available: 3,
	fitting: 3,
	km: null,
	sold_out: false,
	aid: true,
	offer: null,
});
const result = (hits: ProjectCard[], more: Partial<Explore> = {}): Explore => ({
	edition: "1 2026-02-13",
	total: hits.length,
	answer: { kind: "exact", words: [], place: null },
	nearby_from: null,
	suggestions: [],
	hits,
	lift: null,
	facets: {
		regions: [{ value: "MA-01", count: 4 }],
		types: [
			{ value: "apartment", count: 3 },
			{ value: "villa", count: 0 },
		],
		towns: [{ value: "TETOUAN", count: 4 }],
		subsidiaries: [{ value: "AO-TTA", count: 4 }],
		budgets: [
			{ max_price: 30_000_000, count: 0 },
			{ max_price: 70_000_000, count: 2 },
			{ max_price: 100_000_000, count: 3 },
		],
		surfaces: [{ min_surface: 80, count: 2 }],
		rooms: [{ value: "3", count: 2 }],
		deliveries: [{ value: "delivered", count: 1 }],
		land_titles: [{ value: "titled", count: 1 }],
		aid: 2,
		offer: 0,
	},
	...more,
});
const boot = {
	regions: [{ code: "MA-01", name: text("Nord") }],
	towns: [{ id: "TETOUAN", name: text("Tétouan"), region_code: "MA-01", latitude: 35.58, longitude: -5.37 }],
	subsidiaries: [{ id: "AO-TTA", name: text("Filiale Nord") }],
} as unknown as Boot;
/** What somebody who reads Amazigh is told: names where there are some, another language where not. */
const amazigh = {
	regions: [{ code: "MA-01", name: { text: "ⵜⴰⵎⵏⴰⴹⵜ", lang: "zgh" } }],
	towns: [
		{ id: "TETOUAN", name: { text: "ⵜⵉⵟⵡⴰⵏ", lang: "zgh" } },
		{ id: "ELSEWHERE", name: text("Ailleurs") },
	],
};
const settle = () => new Promise((done) => setTimeout(done, 5));

beforeEach(() => {
	vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
	vi.stubGlobal(
		"IntersectionObserver",
		class {
			observe() {}
			disconnect() {}
		},
	);
	asked.length = 0;
	answer = () => result([card("A")]);
	i18n.use("fr");
	search.begin({});
});
afterEach(() => {
	keyboard.close();
	cleanup();
});

/** So many projects, told page by page as the shell does. */
const pages = (count: number, version = 1) => {
	const all = Array.from({ length: count }, (_, i) => card(`V${version}-P${i}`));
	const tell = ({ offset, limit }: ExploreQuery) =>
		result(all.slice(offset, offset + Math.min(limit, 100)), { total: count, edition: `${version} 2026-02-13` });
	return { all, tell };
};

describe("explore", () => {
	it("shows counts and asks again at each touch of a chip, which lifts it too", async () => {
		render(ExploreScreen, { boot });
		await settle();
		expect(screen.getByTestId("facet-type-apartment").textContent).toContain("3");
		expect(screen.queryByTestId("facet-type-villa")).toBe(null);
		await fireEvent.click(screen.getByTestId("facet-type-apartment"));
		await settle();
		expect(asked.at(-1)?.types).toEqual(["apartment"]);
		await fireEvent.click(screen.getByTestId("lift-types-apartment"));
		await settle();
		expect(asked.at(-1)?.types).toEqual([]);
	});
	it("takes a budget by large buttons, step by step, and never to nothing", async () => {
		render(ExploreScreen, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("open-ranges"));
		const less = screen.getByTestId("budget-less") as HTMLButtonElement;
		await fireEvent.click(less);
		await settle();
		expect(asked.at(-1)?.max_price).toBe(100_000_000);
		await fireEvent.click(less);
		await settle();
		expect(asked.at(-1)?.max_price).toBe(70_000_000);
		expect(less.disabled).toBe(true);
		expect(screen.getByTestId("budget-line").getAttribute("aria-valuetext")).toContain("700\u202f000");
		await fireEvent.click(screen.getByTestId("lift-budget"));
		await settle();
		expect(asked.at(-1)?.max_price).toBe(null);
	});
	it.each([
		["corrected", ["Tetuan"], "Tétouan"],
		["corrected", ["balcons"], "balcons"],
		["nearby", [], "Larache"],
		["partial", ["zzz"], "zzz"],
	] as const)("says in words that an answer is %s", async (kind, words, said) => {
		answer = () => result([card("A")], { answer: { kind, words: [...words], place: text("Larache") } });
		render(ExploreScreen, { boot });
		await settle();
		expect(screen.getByTestId("answer").textContent).toContain(said);
	});
	it("names regions and towns in Tifinagh under their own names, and none that has no such name", async () => {
		const towns = [...boot.towns, { ...boot.towns[0], id: "ELSEWHERE", name: text("Ailleurs") }] as Boot["towns"];
		answer = () => {
			const found = result([card("A")]);
			found.facets.towns.push({ value: "ELSEWHERE", count: 1 });
			return found;
		};
		render(ExploreScreen, { boot: { ...boot, towns } });
		await settle();
		await fireEvent.click(screen.getByTestId("open-place"));
		await settle();
		const sheet = screen.getByTestId("place-sheet");
		expect(sheet.querySelector("h3")?.textContent).toContain("Nordⵜⴰⵎⵏⴰⴹⵜ");
		const chip = screen.getByTestId("place-facet-town-TETOUAN");
		expect(chip.textContent).toContain("Tétouan");
		expect(chip.querySelector("[lang=zgh]")?.textContent).toBe("ⵜⵉⵟⵡⴰⵏ");
		expect(chip.querySelector("[aria-hidden=true]")).toBeTruthy();
		expect(screen.getByTestId("place-facet-town-ELSEWHERE").querySelector("[lang=zgh]")).toBeNull();
	});
	it("parts what is only near the place from what lies in it, with distances", async () => {
		answer = () => result([card("A"), { ...card("B"), km: 12 }], { nearby_from: 1 });
		render(ExploreScreen, { boot });
		await settle();
		expect(screen.getByRole("heading", { name: i18n.m.explore.nearby })).toBeTruthy();
		expect(screen.getByTestId("card-B").textContent).toContain("12");
		expect(screen.getByTestId("card-A").textContent).not.toContain("km");
	});
	it("offers suggestions while one types; a town takes the place of the words", async () => {
		const town = { kind: "town" as const, id: "TETOUAN", label: text("Tétouan"), detail: text("Nord"), count: 4 };
		answer = (query) => result([card("A")], { suggestions: query.text ? [town] : [] });
		render(ExploreScreen, { boot });
		await settle();
		const field = screen.getByTestId("search-field") as HTMLInputElement;
		expect(screen.queryByTestId("suggestions")).toBe(null);
		keyboard.focus(field);
		await fireEvent.input(field, { target: { value: "te" } });
		await settle();
		await fireEvent.click(screen.getByTestId("suggest-town-TETOUAN"));
		await settle();
		expect(asked.at(-1)).toMatchObject({ text: "", towns: ["TETOUAN"] });
		expect(field.value).toBe("");
		expect(screen.queryByTestId("suggestions")).toBe(null);
	});
	it("does not ask again when one comes back to the same list", async () => {
		const first = render(ExploreScreen, { boot });
		await settle();
		first.unmount();
		const before = asked.length;
		render(ExploreScreen, { boot });
		await settle();
		expect(asked.length).toBe(before);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("writes the price as the product does", async () => {
		render(ExploreScreen, { boot });
		await settle();
		expect(screen.getByTestId("card-A").textContent).toContain("288\u202f000");
	});
	it("says which filter to lift when nothing is found", async () => {
		answer = (query) => (query.aid ? result([], { lift: { filter: "aid", total: 5 } }) : result([card("A")]));
		search.begin({ aid: true });
		render(ExploreScreen, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-lift"));
		await settle();
		expect(asked.at(-1)?.aid).toBe(false);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("drops an answer that comes after a later one", async () => {
		const late: ((value: Explore) => void)[] = [];
		answer = () => new Promise((done) => late.push(done));
		search.set({ text: "te" });
		const first = search.load("fr");
		search.set({ text: "tet" });
		const second = search.load("fr");
		late[1]?.(result([card("NEW")]));
		await second;
		late[0]?.(result([card("OLD")]));
		await first;
		expect(search.hits.map((hit) => hit.id)).toEqual(["NEW"]);
	});
	it("keeps the search through a language switch", async () => {
		render(ExploreScreen, { boot });
		await fireEvent.input(screen.getByTestId("search-field"), { target: { value: "tetouan" } });
		await settle();
		visit.speak("ar");
		await settle();
		expect(asked.at(-1)).toMatchObject({ text: "tetouan", lang: "ar" });
		expect((screen.getByTestId("search-field") as HTMLInputElement).value).toBe("tetouan");
		expect(document.documentElement.dir).toBe("rtl");
	});
	it("keeps its place far down a long list through a language switch, however little comes at once", async () => {
		const { all, tell } = pages(300);
		answer = tell;
		await search.load("fr");
		while (search.hits.length < 300) await search.more("fr");
		search.scroll = 40_000;
		await search.load("ar");
		expect(search.hits).toEqual(all);
		expect(asked.at(-1)?.lang).toBe("ar");
	});
	it("goes on where it was when the list is left and come back to while more of it is on its way", async () => {
		const { all, tell } = pages(60);
		answer = tell;
		await search.load("fr");
		let late = () => {};
		answer = (query) => new Promise((done) => (late = () => done(tell(query))));
		const more = search.more("fr");
		await search.load("fr");
		late();
		await more;
		expect(search.hits).toEqual(all.slice(0, 48));
	});
	it("asks for no more of a list that is about to be another", async () => {
		const { all, tell } = pages(60);
		answer = tell;
		await search.load("fr");
		answer = () => new Promise(() => {});
		search.set({ text: "tet" });
		void search.load("fr");
		const before = asked.length;
		await search.more("fr");
		expect(asked.length).toBe(before);
		expect(search.hits).toEqual(all.slice(0, 24));
	});
	it("shows one catalogue whole when another one comes while the list goes on", async () => {
		answer = pages(300, 6).tell;
		await search.load("fr");
		while (search.hits.length < 192) await search.more("fr");
		search.heights = [9000, 9000];
		search.scroll = 40_000;
		// The next one has fewer, and comes while the list is read anew too.
		const [seventh, eighth] = [pages(150, 7), pages(150, 8)];
		let told = 0;
		answer = (query) => {
			told += 1;
			return (told < 3 ? seventh : eighth).tell(query);
		};
		await search.more("fr");
		expect(search.result?.total).toBe(150);
		expect(search.heights, "nothing keeps a room that was measured of the other one").toEqual([]);
		expect(search.hits).toEqual(eighth.all);
		const before = asked.length;
		await search.more("fr");
		expect(asked.length, "there is no more of it").toBe(before);
	});
	it("asks again for more of the list after the shell failed", async () => {
		vi.useFakeTimers();
		try {
			answer = pages(60).tell;
			await search.load("fr");
			answer = () => Promise.reject(new Error("busy"));
			const tried = search.tried;
			void search.more("fr");
			await vi.advanceTimersByTimeAsync(1000);
			await search.more("fr");
			expect([search.tried - tried, search.hits.length], "not at once").toEqual([0, 24]);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.tried - tried, "whoever watches the end of the list is told").toBe(1);
		} finally {
			vi.useRealTimers();
		}
	});
	it("keeps what is shown when another catalogue comes and cannot be read at once", async () => {
		vi.useFakeTimers();
		try {
			answer = pages(60).tell;
			await search.load("fr");
			const next = pages(3, 2);
			answer = (query) => (query.offset > 0 ? next.tell(query) : Promise.reject(new Error("busy")));
			const more = search.more("fr");
			await vi.advanceTimersByTimeAsync(2000);
			await more;
			expect([search.failed, search.hits.length]).toEqual([null, 24]);
			answer = next.tell;
			await search.more("fr");
			expect([search.result?.total, search.hits]).toEqual([3, next.all]);
		} finally {
			vi.useRealTimers();
		}
	});
	describe("whose end is in sight", () => {
		const page = pages(60).tell;
		beforeEach(() => {
			// Tells of what is in sight when it begins to watch, as a real one does, and of nothing after.
			vi.stubGlobal(
				"IntersectionObserver",
				class {
					constructor(private told: (seen: { isIntersecting: boolean }[]) => void) {}
					observe() {
						setTimeout(() => this.told([{ isIntersecting: true }]), 1);
					}
					disconnect() {}
				},
			);
			vi.useFakeTimers();
		});
		afterEach(() => vi.useRealTimers());

		it("goes on by itself, though the shell fails once", async () => {
			let fails = true;
			answer = (query) => {
				if (query.offset === 0 || !fails) return page(query);
				fails = false;
				return Promise.reject(new Error("busy"));
			};
			render(ExploreScreen, { boot });
			await vi.advanceTimersByTimeAsync(1000);
			expect(search.hits.length).toBe(24);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.hits.length).toBe(60);
		});
		it("goes on after another language was chosen and taken back before it came", async () => {
			const late: (() => void)[] = [];
			const slow = (query: ExploreQuery) => new Promise<Explore>((done) => late.push(() => done(page(query))));
			answer = (query) => (query.offset === 0 ? page(query) : slow(query));
			render(ExploreScreen, { boot });
			await vi.advanceTimersByTimeAsync(10);
			expect(late.length, "the next part of the list is on its way").toBe(1);
			answer = slow;
			visit.speak("ar");
			await vi.advanceTimersByTimeAsync(10);
			late[0]?.();
			await vi.advanceTimersByTimeAsync(10);
			answer = page;
			visit.speak("fr");
			await vi.advanceTimersByTimeAsync(10);
			expect(search.hits.length).toBe(60);
		});
	});
	it("stays calm when the shell fails", async () => {
		answer = () => Promise.reject(new Error("at /home/secret.rs:12"));
		render(ExploreScreen, { boot });
		await settle();
		expect(screen.getByRole("alert").textContent).not.toContain("secret");
	});
});
