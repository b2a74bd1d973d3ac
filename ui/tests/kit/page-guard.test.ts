import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ALIVE_INTERVAL_MS, guardPage, RESTART_AFTER_MS } from "@/kit/page-guard";

const host = { alive: vi.fn(async () => null), failed: vi.fn(async () => null) };
const restart = vi.fn();
let end: () => void;

const screen = () => document.querySelector<HTMLElement>(".failure-screen");
const scriptError = (error: unknown) => window.dispatchEvent(new ErrorEvent("error", { error, message: "test" }));
const rejection = (reason: unknown) => window.dispatchEvent(Object.assign(new Event("unhandledrejection"), { reason }));

beforeEach(() => {
	vi.useFakeTimers();
	vi.clearAllMocks();
	document.body.innerHTML = '<div id="app"></div>';
	end = guardPage(host, restart);
});
afterEach(() => {
	end();
	vi.useRealTimers();
});

describe("sign of life", () => {
	it("is sent at once and every two seconds", () => {
		expect(host.alive).toHaveBeenCalledTimes(1);
		vi.advanceTimersByTime(3 * ALIVE_INTERVAL_MS);
		expect(host.alive).toHaveBeenCalledTimes(4);
	});
	it("continues when the shell refuses it", async () => {
		host.alive.mockRejectedValueOnce({ code: "internal" });
		await vi.advanceTimersByTimeAsync(2 * ALIVE_INTERVAL_MS);
		expect(host.alive).toHaveBeenCalledTimes(3);
		expect(screen()).toBeNull();
	});
});

describe("script error", () => {
	it("shows how to start again in three languages", () => {
		scriptError(new Error("test"));
		const sections = [...(screen()?.querySelectorAll("section") ?? [])];
		expect(sections.map(({ lang, dir }) => [lang, dir])).toEqual([
			["fr", "ltr"],
			["ar", "rtl"],
			["en", "ltr"],
		]);
		expect(document.getElementById("app")?.hasAttribute("inert")).toBe(true);
		expect(host.failed).toHaveBeenCalledTimes(1);
		screen()?.querySelector("button")?.click();
		expect(restart).toHaveBeenCalledTimes(1);
	});
	it("starts again by itself, once for many errors", () => {
		scriptError(new Error("test"));
		vi.advanceTimersByTime(RESTART_AFTER_MS - 1);
		rejection(new TypeError("test"));
		expect(restart).not.toHaveBeenCalled();
		vi.advanceTimersByTime(1);
		expect(restart).toHaveBeenCalledTimes(1);
		expect(document.querySelectorAll(".failure-screen").length).toBe(1);
	});
	it("does not show the error", () => {
		scriptError(new Error("Zzcanary"));
		expect(document.body.textContent).not.toContain("Zzcanary");
	});
});

describe("no script error", () => {
	it.each([
		["a message of the engine", () => scriptError(null)],
		["a refused command", () => rejection({ code: "storage", params: {}, fields: [] })],
		["an aborted request", () => rejection(new DOMException("test", "AbortError"))],
	])("is %s", (_, happen) => {
		happen();
		expect(screen()).toBeNull();
	});
});
