import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OfferCard } from "@/host";
import { i18n } from "@/i18n/index.svelte";
import { isShortcut } from "@/kit/lock-page";
import Attract from "@/visitor/attract/Attract.svelte";
import { comfort } from "@/visitor/comfort.svelte";
import OfferSheet from "@/visitor/home/OfferSheet.svelte";
import { Idle } from "@/visitor/idle.svelte";
import EndVisitSheet from "@/visitor/shell/EndVisitSheet.svelte";
import IdlePanel from "@/visitor/shell/IdlePanel.svelte";
import NavigationBar from "@/visitor/shell/NavigationBar.svelte";
import { sheets } from "@/visitor/shell/sheets.svelte";
import { StaffGesture } from "@/visitor/staff-gesture";
import { MAX_SAVED, START_RETRY_MS, visit } from "@/visitor/visit.svelte";
import { boot } from "./explore-responses";

vi.mock("#transport", () => ({ call: () => Promise.reject({ code: "internal" }), mediaUrl: (hash: string) => hash }));

const project = (id: string) => ({ project: id, unit: null });

describe("first start", () => {
	it("is tried again by itself until it succeeds", async () => {
		vi.useFakeTimers();
		const start = vi.spyOn(visit, "start");
		await visit.start();
		expect(visit.failed).toBe("internal");
		await vi.advanceTimersByTimeAsync(3 * START_RETRY_MS);
		expect(start).toHaveBeenCalledTimes(4);
		vi.clearAllTimers();
		vi.useRealTimers();
		start.mockRestore();
	});
});

describe("visit", () => {
	beforeEach(() => visit.begin());
	it("goes back through its history", () => {
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
	it("opens the same screen only once", () => {
		visit.go({ name: "explore" });
		visit.go({ name: "explore" });
		visit.back();
		expect(visit.screen.name).toBe("home");
	});
	it("clears the history at home", () => {
		visit.go({ name: "explore" });
		visit.go({ name: "home" });
		expect(visit.canGoBack).toBe(false);
	});
	it("saves a project once and asks about it once", () => {
		visit.toggleSaved("A", null, "Test");
		visit.callAbout([project("A")]);
		visit.callAbout([project("A"), project("B")]);
		expect(visit.shortlist).toEqual([project("A")]);
		expect(visit.about).toEqual([project("A"), project("B")]);
		visit.toggleSaved("A", null, "Test");
		expect(visit.shortlist).toEqual([]);
	});
	it("asks about a unit instead of its whole project", () => {
		visit.about = [];
		visit.callAbout([project("A")]);
		visit.callAbout([{ project: "A", unit: "U1" }]);
		visit.callAbout([project("A"), project("B")]);
		expect(visit.about).toEqual([{ project: "A", unit: "U1" }, project("B")]);
		expect([project("A"), { project: "A", unit: "U2" }, project("C")].map((one) => visit.isAskedAbout(one))).toEqual([
			true,
			false,
			false,
		]);
		visit.stopAskingAbout({ project: "A", unit: "U1" });
		expect(visit.about).toEqual([project("B")]);
	});
	it("waits longer on the form and on long pages", () => {
		visit.begin();
		expect(visit.onLongScreen).toBe(false);
		visit.go({ name: "project", id: "A" });
		expect(visit.onLongScreen).toBe(true);
		visit.go({ name: "lead" });
		expect(visit.onLongScreen).toBe(true);
	});
	it("distinguishes projects and units", () => {
		visit.toggleSaved("A", null, "Test");
		visit.toggleSaved("A", "U1", "Test");
		visit.toggleSaved("B", "U2", "Test");
		expect(visit.isSaved("A") && visit.isSaved("A", "U1") && visit.isSaved("B", "U2")).toBe(true);
		expect(visit.isSaved("B")).toBe(false);
		visit.toggleSaved("A", null, "Test");
		expect(visit.shortlist).toEqual([
			{ project: "A", unit: "U1" },
			{ project: "B", unit: "U2" },
		]);
		visit.insert({ project: "A", unit: null }, 0);
		visit.insert({ project: "A", unit: null }, 0);
		expect(visit.shortlist.map((item) => item.unit)).toEqual([null, "U1", "U2"]);
		for (const { project, unit } of visit.shortlist) visit.toggleSaved(project, unit, "Test");
		expect(visit.shortlist).toEqual([]);
	});
	it("reports a full shortlist and keeps its items", () => {
		for (let n = 0; n <= MAX_SAVED; n++) visit.toggleSaved(`P${n}`, null, "Test");
		expect(visit.shortlist).toHaveLength(MAX_SAVED);
		expect(visit.isSaved("P0")).toBe(true);
		expect(visit.isSaved(`P${MAX_SAVED}`)).toBe(false);
		expect(visit.shortlistFull).toBe(true);
	});
	it("keeps only the code of an error", async () => {
		await visit.start();
		expect(visit.failed).toBe("internal");
	});
});

describe("attract screen", () => {
	const [name, city] = [
		{ text: "Expo d’essai", lang: "fr" as const },
		{ text: "Ville d’essai", lang: "fr" as const },
	];
	const stop = { name, city, venue: null, starts_on: "2026-11-20", ends_on: "2026-11-24" };
	const attractBoot = { ...boot, covers: [], stop: { ...boot.stop, ...stop } };
	afterEach(() => {
		sheets.close();
		i18n.offer(["fr"]);
	});
	it("asks for the language at a touch beside the invitations", async () => {
		i18n.offer(["fr", "ar"]);
		visit.replace({ name: "attract" });
		render(Attract, { boot: attractBoot });
		await fireEvent.click(screen.getByTestId("attract-stop"));
		expect([visit.screen.name, sheets.open]).toEqual(["home", "language"]);
	});
	it("asks for no language at a touch on one", async () => {
		i18n.offer(["fr", "ar"]);
		visit.replace({ name: "attract" });
		render(Attract, { boot: attractBoot });
		await fireEvent.click(screen.getByTestId("begin-fr"));
		expect([visit.screen.name, sheets.open]).toEqual(["home", null]);
	});
});

describe("bar at home", () => {
	afterEach(() => {
		comfort.lowered = false;
	});
	it("has the call when lowered controls hide its tile", () => {
		visit.begin("fr");
		render(NavigationBar).unmount();
		expect(screen.queryByTestId("nav-call")).toBeNull();
		comfort.lowered = true;
		render(NavigationBar);
		expect(screen.getByTestId("nav-call")).toBeTruthy();
	});
});

describe("offer", () => {
	it("is read in full before its projects open", async () => {
		const text = "Une longue phrase d’essai. ".repeat(10).trim();
		const seeProjects = vi.fn();
		const offer: OfferCard = {
			id: "O",
			title: { text: "Essai", lang: "fr" },
			text: { text, lang: "fr" },
			valid_from: "2027-01-01",
			valid_to: "2027-01-31",
			days_left: 10,
		};
		render(OfferSheet, { offer, close: () => {}, seeProjects });
		expect(screen.getByText(text)).toBeTruthy();
		await fireEvent.click(screen.getByTestId("offer-projects"));
		expect(seeProjects).toHaveBeenCalledOnce();
	});
});

describe("end of the visit", () => {
	it("is offered in the bar and asks before it erases", async () => {
		const end = vi.spyOn(visit, "end").mockImplementation(() => {});
		visit.begin("fr");
		render(NavigationBar);
		await fireEvent.click(screen.getByTestId("nav-end"));
		expect(sheets.open).toBe("end");
		render(EndVisitSheet);
		await fireEvent.click(screen.getByTestId("end-cancel"));
		expect([sheets.open, end.mock.calls.length]).toEqual([null, 0]);
		await fireEvent.click(screen.getByTestId("end-confirm"));
		expect(end).toHaveBeenCalledOnce();
		end.mockRestore();
	});
});

describe("idle detection", () => {
	const limits = { idleMs: 60_000, countdownMs: 20_000 };
	it("asks, counts down and ends the visit", () => {
		const idle = new Idle(limits, 0);
		expect(idle.tick(59_999)).toBe(false);
		expect(idle.secondsLeft).toBe(null);
		expect(idle.tick(60_000)).toBe(false);
		expect(idle.secondsLeft).toBe(20);
		expect(idle.tick(79_001)).toBe(false);
		expect(idle.secondsLeft).toBe(1);
		expect(idle.tick(80_000)).toBe(true);
	});
	it("starts the countdown again at a touch during the question", () => {
		const idle = new Idle(limits, 0);
		idle.noteActivity(50_000);
		idle.tick(100_000);
		expect(idle.secondsLeft).toBe(null);
		idle.tick(125_000);
		expect(idle.secondsLeft).toBe(5);
		idle.noteActivity(126_000);
		expect(idle.tick(131_000)).toBe(false);
		expect(idle.secondsLeft).toBe(15);
		idle.stay(131_500);
		idle.tick(132_000);
		expect(idle.secondsLeft).toBe(null);
	});
	it("follows the limit of the current screen", () => {
		const screen = { idleMs: 60_000, countdownMs: 20_000 };
		const idle = new Idle(screen, 0);
		screen.idleMs = 120_000;
		idle.tick(110_000);
		expect(idle.secondsLeft).toBe(null);
		idle.tick(121_000);
		expect(idle.secondsLeft).toBe(19);
	});
});

describe("idle question", () => {
	beforeEach(() => {
		vi.useFakeTimers();
		vi.spyOn(visit, "end").mockImplementation(() => {});
	});
	afterEach(() => {
		vi.useRealTimers();
		vi.restoreAllMocks();
	});
	const asked = async () => {
		render(IdlePanel, { idleSeconds: 60, countdownSeconds: 20 });
		await vi.advanceTimersByTimeAsync(60_500);
		expect(screen.queryByTestId("im-here")).not.toBeNull();
	};

	it.each(["click", "touchend"])("is answered by a %s beside the panel, which reaches nothing else", async (kind) => {
		const reached = vi.fn();
		document.body.addEventListener(kind, reached, { once: true });
		await asked();
		await fireEvent(document.body, new Event(kind, { bubbles: true, cancelable: true }));
		await vi.advanceTimersByTimeAsync(500);
		expect(screen.queryByTestId("im-here")).toBeNull();
		expect(reached).not.toHaveBeenCalled();
		await vi.advanceTimersByTimeAsync(59_000);
		expect(visit.end).not.toHaveBeenCalled();
		document.body.removeEventListener(kind, reached);
	});
	it("ends the visit by its button or without an answer", async () => {
		await asked();
		await fireEvent.click(screen.getByTestId("idle-end"));
		expect(visit.end).toHaveBeenCalledTimes(1);
		await vi.advanceTimersByTimeAsync(20_000);
		expect(vi.mocked(visit.end).mock.calls.length).toBeGreaterThan(1);
	});
});

describe("staff gesture", () => {
	const hold = (gesture: StaffGesture, corner: "start" | "end", at: number, ms: number) => {
		gesture.press(corner, at);
		return gesture.release(at + ms);
	};
	it("opens after a long press in both corners", () => {
		const gesture = new StaffGesture();
		expect(hold(gesture, "start", 0, 1600)).toBe("long");
		expect(hold(gesture, "end", 3000, 1600)).toBe("open");
	});
	it.each([
		["too short", 1400, 3000],
		["too late", 1600, 7000],
	])("does not open when %s", (_, ms, then) => {
		const gesture = new StaffGesture();
		hold(gesture, "start", 0, ms);
		expect(hold(gesture, "end", then, 1600)).not.toBe("open");
	});
	it("needs the right order without other touches", () => {
		const gesture = new StaffGesture();
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

describe("browser shortcuts", () => {
	const key = (key: string, keys: Partial<Record<"ctrlKey" | "altKey" | "metaKey", boolean>> = {}) => ({
		key,
		ctrlKey: false,
		altKey: false,
		metaKey: false,
		...keys,
	});
	it("are blocked", () => {
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
	it("do not include typing and navigation keys", () => {
		for (const press of [key("a"), key("Tab"), key("Enter"), key("ArrowDown"), key("Escape")])
			expect(isShortcut(press, false), press.key).toBe(false);
		expect(isShortcut(key("Backspace"), true)).toBe(false);
	});
});
