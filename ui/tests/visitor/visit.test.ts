import { beforeEach, describe, expect, it, vi } from "vitest";
import { isShortcut } from "@/kit/kiosk";
import { Gesture } from "@/visitor/gesture";
import { Idle } from "@/visitor/idle.svelte";
import { MOST_SAVED, visit } from "@/visitor/visit.svelte";

vi.mock("#transport", () => ({ call: () => Promise.reject({ code: "internal" }), mediaUrl: (hash: string) => hash }));

describe("the way through a visit", () => {
	beforeEach(() => visit.begin());
	it("goes back the way it came", () => {
		visit.go({ name: "explore" });
		visit.go({ name: "project", id: "A" });
		visit.go({ name: "project", id: "B" });
		visit.back();
		expect(visit.screen).toEqual({ name: "project", id: "A" });
		visit.back();
		visit.back();
		visit.back();
		expect(visit.screen).toEqual({ name: "home" });
	});
	it("does not stack the same screen twice", () => {
		visit.go({ name: "explore" });
		visit.go({ name: "explore" });
		visit.back();
		expect(visit.screen.name).toBe("home");
	});
	it("forgets the way at home", () => {
		visit.go({ name: "explore" });
		visit.go({ name: "home" });
		expect(visit.canGoBack).toBe(false);
	});
	it("keeps a project once and asks about it once", () => {
		visit.toggleSaved("A", null, "Test");
		visit.callAbout(["A"]);
		visit.callAbout(["A", "B"]);
		expect(visit.selection).toEqual(["A"]);
		expect(visit.about).toEqual(["A", "B"]);
		visit.toggleSaved("A", null, "Test");
		expect(visit.selection).toEqual([]);
	});
	it("keeps a project and its units apart, and counts the project once", () => {
		visit.toggleSaved("A", null, "Test");
		visit.toggleSaved("A", "U1", "Test");
		visit.toggleSaved("B", "U2", "Test");
		expect(visit.saved("A") && visit.saved("A", "U1") && visit.saved("B", "U2")).toBe(true);
		expect(visit.saved("B")).toBe(false);
		expect(visit.selection).toEqual(["A", "B"]);
		visit.toggleSaved("A", null, "Test");
		expect(visit.shortlist).toEqual([
			{ project: "A", unit: "U1" },
			{ project: "B", unit: "U2" },
		]);
		visit.keep({ project: "A", unit: null }, 0);
		visit.keep({ project: "A", unit: null }, 0);
		expect(visit.shortlist.map((item) => item.unit)).toEqual([null, "U1", "U2"]);
		for (const { project, unit } of visit.shortlist) visit.toggleSaved(project, unit, "Test");
		expect(visit.shortlist).toEqual([]);
	});
	it("says so when it can keep no more, and loses nothing", () => {
		for (let n = 0; n <= MOST_SAVED; n++) visit.toggleSaved(`P${n}`, null, "Test");
		expect(visit.shortlist).toHaveLength(MOST_SAVED);
		expect(visit.saved("P0")).toBe(true);
		expect(visit.saved(`P${MOST_SAVED}`)).toBe(false);
		expect(visit.overfull).toBe(true);
	});
	it("turns a failing shell into a code, not a trace", async () => {
		await visit.start();
		expect(visit.failed).toBe("internal");
	});
});

describe("idle", () => {
	const limits = { idleMs: 60_000, countdownMs: 20_000 };
	it("asks, counts down, ends", () => {
		const idle = new Idle(limits, 0);
		expect(idle.tick(59_999)).toBe(false);
		expect(idle.left).toBe(null);
		expect(idle.tick(60_000)).toBe(false);
		expect(idle.left).toBe(20);
		expect(idle.tick(79_001)).toBe(false);
		expect(idle.left).toBe(1);
		expect(idle.tick(80_000)).toBe(true);
	});
	it("starts over at a touch before the question, and only at an answer after it", () => {
		const idle = new Idle(limits, 0);
		idle.touched(50_000);
		idle.tick(100_000);
		expect(idle.left).toBe(null);
		idle.tick(110_000);
		idle.touched(111_000);
		idle.tick(112_000);
		expect(idle.left).toBe(18);
		idle.stay(112_500);
		idle.tick(113_000);
		expect(idle.left).toBe(null);
	});
});

describe("staff gesture", () => {
	const hold = (gesture: Gesture, corner: "start" | "end", at: number, ms: number) => {
		gesture.press(corner, at);
		return gesture.release(at + ms);
	};
	it("opens after both corners in turn", () => {
		const gesture = new Gesture();
		expect(hold(gesture, "start", 0, 1600)).toBe("long");
		expect(hold(gesture, "end", 3000, 1600)).toBe("open");
	});
	it.each([
		["too short", 1400, 3000],
		["too late", 1600, 7000],
	])("stays shut when %s", (_, ms, then) => {
		const gesture = new Gesture();
		hold(gesture, "start", 0, ms);
		expect(hold(gesture, "end", then, 1600)).not.toBe("open");
	});
	it("stays shut in the wrong order, after a touch elsewhere and after a scroll", () => {
		const gesture = new Gesture();
		hold(gesture, "end", 0, 1600);
		expect(hold(gesture, "start", 2000, 1600)).toBe("long");
		gesture.press(null, 4000);
		gesture.release(4050);
		expect(hold(gesture, "end", 4500, 1600)).not.toBe("open");
		gesture.press("start", 10_000);
		gesture.cancel();
		expect(gesture.release(12_000)).toBe("none");
	});
});

describe("shortcuts", () => {
	const key = (key: string, keys: Partial<Record<"ctrlKey" | "altKey" | "metaKey", boolean>> = {}) => ({
		key,
		ctrlKey: false,
		altKey: false,
		metaKey: false,
		...keys,
	});
	it("are shut", () => {
		const out = [
			key("r", { ctrlKey: true }),
			key("+", { ctrlKey: true }),
			key("F5"),
			key("F12"),
			key("ArrowLeft", { altKey: true }),
			key("F4", { altKey: true }),
			key("Backspace"),
			key("BrowserBack"),
		];
		for (const press of out) expect(isShortcut(press, false), press.key).toBe(true);
	});
	it("leave typing and switches alone", () => {
		for (const press of [key("a"), key("Tab"), key("Enter"), key("ArrowDown"), key("Escape")])
			expect(isShortcut(press, false), press.key).toBe(false);
		expect(isShortcut(key("Backspace"), true)).toBe(false);
	});
});
