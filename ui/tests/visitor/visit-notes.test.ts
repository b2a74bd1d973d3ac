/** The anonymous counts of a visit: which events the page reports, and that nothing depends on them. */
import { render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Explore } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { search } from "@/visitor/explore/search.svelte";
import { draft } from "@/visitor/lead/draft.svelte";
import { visit } from "@/visitor/visit.svelte";
import { NO_RESULT_MS } from "@/visitor/visit-notes.svelte";
import Notes from "./VisitNotes.svelte";

let fails = false;
const events: unknown[] = [];
vi.mock("#transport", () => ({
	call: async (command: string, args: { event: unknown }) => {
		if (command !== "visit_note") throw { code: "internal" };
		events.push(args.event);
		if (fails) throw { code: "storage" };
		return null;
	},
	mediaUrl: (hash: string) => hash,
}));

/** Runs the effects and the requests. */
async function settle() {
	flushSync();
	for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
}

beforeEach(async () => {
	vi.useFakeTimers();
	fails = false;
	i18n.use("fr");
	search.start({});
	draft.clear();
	render(Notes);
	await settle();
	events.length = 0;
});
afterEach(() => vi.useRealTimers());

const start = async () => {
	visit.begin();
	await settle();
};

describe("reports of a visit", () => {
	it("begin when the visitor leaves the start screen", async () => {
		await start();
		expect(events).toEqual([
			{ event: "began", language: "fr" },
			{ event: "screen", screen: "home" },
		]);
	});

	it("name screens, languages and steps of the form", async () => {
		await start();
		events.length = 0;
		visit.go({ name: "project", id: "P-1" });
		await settle();
		i18n.use("ar");
		await settle();
		visit.go({ name: "lead" });
		await settle();
		draft.step = "what";
		await settle();
		expect(events).toEqual([
			{ event: "screen", screen: "project" },
			{ event: "language", language: "ar" },
			{ event: "screen", screen: "lead" },
			{ event: "form_step", step: "who" },
			{ event: "form_step", step: "what" },
		]);
	});

	it("name a filter once and never its value or the text", async () => {
		await start();
		events.length = 0;
		search.set({ text: "Test Martil 0612345678", types: ["villa"] });
		await settle();
		search.set({ types: ["villa", "house"] });
		await settle();
		expect(events).toEqual([{ event: "filter", filter: "types" }]);
	});

	it("count a search without result only if it stays", async () => {
		await start();
		visit.go({ name: "explore" });
		await settle();
		events.length = 0;
		const none = { total: 0 } as Explore;
		search.response = none;
		await settle();
		await vi.advanceTimersByTimeAsync(NO_RESULT_MS - 1);
		search.response = { total: 3 } as Explore;
		await settle();
		await vi.advanceTimersByTimeAsync(NO_RESULT_MS);
		expect(events).toEqual([]);
		search.response = none;
		await settle();
		await vi.advanceTimersByTimeAsync(NO_RESULT_MS);
		await settle();
		expect(events).toEqual([{ event: "no_result" }]);
	});

	it("do not stop a visit when they fail", async () => {
		fails = true;
		await start();
		visit.go({ name: "guides" });
		await settle();
		expect(events.at(-1)).toEqual({ event: "screen", screen: "guides" });
		expect(visit.screen.name).toBe("guides");
	});

	it("end with the visit, with the time without touch", async () => {
		const reload = vi.fn();
		vi.stubGlobal("location", { ...window.location, reload });
		await start();
		visit.end(80);
		expect(reload).toHaveBeenCalledOnce();
		await settle();
		expect(events.at(-1)).toEqual({ event: "ended", unattended_seconds: 80 });
		vi.unstubAllGlobals();
	});
});
