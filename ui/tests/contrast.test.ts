/** Checks the colour pairs of both themes against WCAG 2.2 AA. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const css = readFileSync(resolve(import.meta.dirname, "../src/styles/theme.css"), "utf8");

function tokens(selector: string): Record<string, string> {
	const start = css.indexOf(`${selector} {`);
	const block = css.slice(start, css.indexOf("}", start));
	return Object.fromEntries(
		[...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, value]) => [name, value]),
	);
}
const light = tokens(":root");
const themes = { light, contrast: { ...light, ...tokens(':root[data-contrast="high"]') } };

function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => {
		const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	}) as [number, number, number];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function ratio(a: string, b: string): number {
	const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
	return (high + 0.05) / (low + 0.05);
}

const TEXT: [string, string][] = [
	["text", "bg"],
	["text", "surface"],
	["text", "surface-sunk"],
	["text-soft", "bg"],
	["text-soft", "surface"],
	["text-soft", "surface-sunk"],
	["text", "accent-tint"],
	["text", "terracotta-tint"],
	["text", "saffron-tint"],
	["accent", "surface"],
	["accent", "bg"],
	["accent", "accent-tint"],
	["on-accent", "accent"],
	["on-accent", "accent-strong"],
	["on-accent-tint", "accent-tint"],
	["on-accent-tint", "surface"],
	["on-terracotta-tint", "terracotta-tint"],
	["on-saffron-tint", "saffron-tint"],
	["on-sea-tint", "sea-tint"],
	["on-accent", "terracotta"],
	["danger", "surface"],
	["danger", "bg"],
	["danger", "danger-tint"],
];
const CONTROL: [string, string][] = [
	["border-control", "bg"],
	["border-control", "surface"],
	["focus", "bg"],
	["focus", "surface"],
];

describe.each(Object.entries(themes))("theme %s", (_, theme) => {
	it.each(TEXT)("%s is readable on %s", (fore, back) => {
		expect(ratio(theme[fore] ?? "", theme[back] ?? "")).toBeGreaterThanOrEqual(4.5);
	});
	it.each(CONTROL)("%s is visible on %s", (fore, back) => {
		expect(ratio(theme[fore] ?? "", theme[back] ?? "")).toBeGreaterThanOrEqual(3);
	});
});
