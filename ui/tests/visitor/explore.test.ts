import { cleanup, fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Boot, ExploreQuery, Explore as ExploreResponse } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { keyboard } from "@/kit/keyboard/keyboard.svelte";
import Explore from "@/visitor/explore/Explore.svelte";
import { search } from "@/visitor/explore/search.svelte";
import { visit } from "@/visitor/visit.svelte";
import { amazighBoot, boot, card, pages, result, text } from "./explore-responses";

const requests: ExploreQuery[] = [];
let respond: (query: ExploreQuery) => ExploreResponse | Promise<ExploreResponse>;
vi.mock("#transport", () => ({
	call: (command: string, { query }: { query: ExploreQuery }) => {
		if (command === "visitor_boot") return Promise.resolve(amazighBoot);
		requests.push(query);
		return Promise.resolve(respond(query));
	},
	mediaUrl: (hash: string) => hash,
}));

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
	requests.length = 0;
	respond = () => result([card("A")]);
	i18n.use("fr");
	search.start({});
});
afterEach(() => {
	keyboard.close();
	cleanup();
});

describe("cards", () => {
	afterEach(() => {
		visit.shortlist = [];
	});
	it("save their project without opening it", async () => {
		visit.begin();
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("card-save-A"));
		expect(visit.isSaved("A")).toBe(true);
		expect(visit.screen.name).toBe("home");
		expect(screen.getByTestId("card-save-A").getAttribute("aria-pressed")).toBe("true");
		await fireEvent.click(screen.getByTestId("card-save-A"));
		expect(visit.isSaved("A")).toBe(false);
	});
});

describe("return to the top of the list", () => {
	it("offers its top after three screens", async () => {
		vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(1000);
		const { container } = render(Explore, { boot });
		await settle();
		const list = container.querySelector<HTMLElement>(".list");
		if (!list) throw new Error("no list");
		const scrollTo = vi.fn();
		list.scrollTo = scrollTo;
		list.scrollTop = 2_900;
		await fireEvent.scroll(list);
		expect(screen.queryByTestId("list-top")).toBeNull();
		list.scrollTop = 3_400;
		await fireEvent.scroll(list);
		await fireEvent.click(screen.getByTestId("list-top"));
		expect(scrollTo).toHaveBeenCalledWith(expect.objectContaining({ top: 0 }));
		vi.restoreAllMocks();
	});
});

describe("filters", () => {
	it("shows counts, and adds and removes filters", async () => {
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("facet-type-apartment").textContent).toContain("3");
		expect(screen.queryByTestId("facet-type-villa")).toBe(null);
		await fireEvent.click(screen.getByTestId("facet-type-apartment"));
		await settle();
		expect(requests.at(-1)?.types).toEqual(["apartment"]);
		await fireEvent.click(screen.getByTestId("lift-types-apartment"));
		await settle();
		expect(requests.at(-1)?.types).toEqual([]);
	});
	it("sets the budget step by step, skipping empty steps", async () => {
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("open-ranges"));
		const less = screen.getByTestId("budget-less") as HTMLButtonElement;
		await fireEvent.click(less);
		await settle();
		expect(requests.at(-1)?.max_price).toBe(100_000_000);
		await fireEvent.click(less);
		await settle();
		expect(requests.at(-1)?.max_price).toBe(70_000_000);
		expect(less.disabled).toBe(true);
		expect(screen.getByTestId("budget-line").getAttribute("aria-valuetext")).toContain("700\u202f000");
		await fireEvent.click(screen.getByTestId("lift-budget"));
		await settle();
		expect(requests.at(-1)?.max_price).toBe(null);
	});
});

describe("answers and places", () => {
	it.each([
		["corrected", ["Tetuan"], "Tétouan"],
		["corrected", ["balcons"], "balcons"],
		["nearby", [], "Larache"],
		["partial", ["zzz"], "zzz"],
	] as const)("explains results that are %s", async (kind, words, said) => {
		respond = () =>
			result([card("A")], { answer: { kind, words: [...words], place: text("Larache"), is_empty_place: false } });
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("answer").textContent).toContain(said);
	});
	it("shows names in Tifinagh where there are some", async () => {
		const towns = [...boot.towns, { ...boot.towns[0], id: "ELSEWHERE", name: text("Ailleurs") }] as Boot["towns"];
		respond = () => {
			const found = result([card("A")]);
			found.facets.towns.push({ value: "ELSEWHERE", count: 1 });
			return found;
		};
		render(Explore, { boot: { ...boot, towns } });
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
	it("separates nearby results and shows their distance", async () => {
		respond = () => result([card("A"), { ...card("B"), km: 12 }], { nearby_from: 1 });
		render(Explore, { boot });
		await settle();
		expect(screen.getByRole("heading", { name: i18n.m.explore.nearby })).toBeTruthy();
		expect(screen.getByTestId("card-B").textContent).toContain("12");
		expect(screen.getByTestId("card-A").textContent).not.toContain("km");
	});
	it("replaces the text by the suggested town", async () => {
		const town = { kind: "town" as const, id: "TETOUAN", label: text("Tétouan"), detail: text("Nord"), count: 4 };
		respond = (query) => result([card("A")], { suggestions: query.text ? [town] : [] });
		render(Explore, { boot });
		await settle();
		const field = screen.getByTestId("search-field") as HTMLInputElement;
		expect(screen.queryByTestId("suggestions")).toBe(null);
		keyboard.focus(field);
		await fireEvent.input(field, { target: { value: "te" } });
		await settle();
		await fireEvent.click(screen.getByTestId("suggest-town-TETOUAN"));
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "", towns: ["TETOUAN"] });
		expect(field.value).toBe("");
		expect(screen.queryByTestId("suggestions")).toBe(null);
	});
});

describe("query and responses", () => {
	it("sends no request on return to the same list", async () => {
		const first = render(Explore, { boot });
		await settle();
		first.unmount();
		const before = requests.length;
		render(Explore, { boot });
		await settle();
		expect(requests.length).toBe(before);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("formats the price", async () => {
		render(Explore, { boot });
		await settle();
		expect(screen.getByTestId("card-A").textContent).toContain("288\u202f000");
	});
	it("proposes a filter to remove without results", async () => {
		respond = (query) => (query.aid ? result([], { lift: { filter: "aid", total: 5 } }) : result([card("A")]));
		search.start({ aid: true });
		render(Explore, { boot });
		await settle();
		await fireEvent.click(screen.getByTestId("empty-lift"));
		await settle();
		expect(requests.at(-1)?.aid).toBe(false);
		expect(screen.getByTestId("card-A")).toBeTruthy();
	});
	it("drops a response that arrives after a later one", async () => {
		const pending: ((value: ExploreResponse) => void)[] = [];
		respond = () => new Promise((done) => pending.push(done));
		search.set({ text: "te" });
		const first = search.load("fr");
		search.set({ text: "tet" });
		const second = search.load("fr");
		pending[1]?.(result([card("NEW")]));
		await second;
		pending[0]?.(result([card("OLD")]));
		await first;
		expect(search.results.map((hit) => hit.id)).toEqual(["NEW"]);
	});
	it("keeps the query when the language changes", async () => {
		render(Explore, { boot });
		await fireEvent.input(screen.getByTestId("search-field"), { target: { value: "tetouan" } });
		await settle();
		visit.setLanguage("ar");
		await settle();
		expect(requests.at(-1)).toMatchObject({ text: "tetouan", lang: "ar" });
		expect((screen.getByTestId("search-field") as HTMLInputElement).value).toBe("tetouan");
		expect(document.documentElement.dir).toBe("rtl");
	});
});

describe("long list", () => {
	it("keeps a long list when the language changes", async () => {
		const { all, page } = pages(300);
		respond = page;
		await search.load("fr");
		while (search.results.length < 300) await search.loadMore("fr");
		search.scroll = 40_000;
		await search.load("ar");
		expect(search.results).toEqual(all);
		expect(requests.at(-1)?.lang).toBe("ar");
	});
	it("continues the list after a return during a request", async () => {
		const { all, page } = pages(60);
		respond = page;
		await search.load("fr");
		let pending = () => {};
		respond = (query) => new Promise((done) => (pending = () => done(page(query))));
		const more = search.loadMore("fr");
		await search.load("fr");
		pending();
		await more;
		expect(search.results).toEqual(all.slice(0, 48));
	});
	it("loads no more of a list that is being replaced", async () => {
		const { all, page } = pages(60);
		respond = page;
		await search.load("fr");
		respond = () => new Promise(() => {});
		search.set({ text: "tet" });
		void search.load("fr");
		const before = requests.length;
		await search.loadMore("fr");
		expect(requests.length).toBe(before);
		expect(search.results).toEqual(all.slice(0, 24));
	});
	it("reloads the list when the catalogue version changes", async () => {
		respond = pages(300, 6).page;
		await search.load("fr");
		while (search.results.length < 192) await search.loadMore("fr");
		search.chunkHeights = [9000, 9000];
		search.scroll = 40_000;
		// The next version has fewer projects, and another one is installed while the list is loaded again.
		const [seventh, eighth] = [pages(150, 7), pages(150, 8)];
		let count = 0;
		respond = (query) => {
			count += 1;
			return (count < 3 ? seventh : eighth).page(query);
		};
		await search.loadMore("fr");
		expect(search.response?.total).toBe(150);
		expect(search.chunkHeights, "heights of the old list are dropped").toEqual([]);
		expect(search.results).toEqual(eighth.all);
		const before = requests.length;
		await search.loadMore("fr");
		expect(requests.length, "the list is complete").toBe(before);
	});
	it("retries after an error of the shell", async () => {
		vi.useFakeTimers();
		try {
			respond = pages(60).page;
			await search.load("fr");
			respond = () => Promise.reject(new Error("busy"));
			const tried = search.attempts;
			void search.loadMore("fr");
			await vi.advanceTimersByTimeAsync(1000);
			await search.loadMore("fr");
			expect([search.attempts - tried, search.results.length], "not at once").toEqual([0, 24]);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.attempts - tried, "observers of the end of the list are notified").toBe(1);
		} finally {
			vi.useRealTimers();
		}
	});
	it("keeps the list when a new version cannot be loaded", async () => {
		vi.useFakeTimers();
		try {
			respond = pages(60).page;
			await search.load("fr");
			const next = pages(3, 2);
			respond = (query) => (query.offset > 0 ? next.page(query) : Promise.reject(new Error("busy")));
			const more = search.loadMore("fr");
			await vi.advanceTimersByTimeAsync(2000);
			await more;
			expect([search.failed, search.results.length]).toEqual([null, 24]);
			respond = next.page;
			await search.loadMore("fr");
			expect([search.response?.total, search.results]).toEqual([3, next.all]);
		} finally {
			vi.useRealTimers();
		}
	});
	describe("list whose end is visible", () => {
		const page = pages(60).page;
		beforeEach(() => {
			// Reports the visible element once when observing starts, like a real observer.
			vi.stubGlobal(
				"IntersectionObserver",
				class {
					constructor(private count: (seen: { isIntersecting: boolean }[]) => void) {}
					observe() {
						setTimeout(() => this.count([{ isIntersecting: true }]), 1);
					}
					disconnect() {}
				},
			);
			vi.useFakeTimers();
		});
		afterEach(() => vi.useRealTimers());

		it("loads more automatically, also after an error", async () => {
			let fails = true;
			respond = (query) => {
				if (query.offset === 0 || !fails) return page(query);
				fails = false;
				return Promise.reject(new Error("busy"));
			};
			render(Explore, { boot });
			await vi.advanceTimersByTimeAsync(1000);
			expect(search.results.length).toBe(24);
			await vi.advanceTimersByTimeAsync(2000);
			expect(search.results.length).toBe(60);
		});
		it("continues after the language changes twice", async () => {
			const pending: (() => void)[] = [];
			const slow = (query: ExploreQuery) =>
				new Promise<ExploreResponse>((done) => pending.push(() => done(page(query))));
			respond = (query) => (query.offset === 0 ? page(query) : slow(query));
			render(Explore, { boot });
			await vi.advanceTimersByTimeAsync(10);
			expect(pending.length, "more results are being loaded").toBe(1);
			respond = slow;
			visit.setLanguage("ar");
			await vi.advanceTimersByTimeAsync(10);
			pending[0]?.();
			await vi.advanceTimersByTimeAsync(10);
			respond = page;
			visit.setLanguage("fr");
			await vi.advanceTimersByTimeAsync(10);
			expect(search.results.length).toBe(60);
		});
	});
});

describe("errors of the shell", () => {
	it("shows no details of an error of the shell", async () => {
		respond = () => Promise.reject(new Error("at /home/secret.rs:12"));
		render(Explore, { boot });
		await settle();
		expect(screen.getByRole("alert").textContent).not.toContain("secret");
	});
});
