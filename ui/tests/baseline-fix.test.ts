/** Words whose last drawn sign is a mark must be followed by a joiner that draws nothing: see `i18n/settled.ts`. */
import { describe, expect, it } from "vitest";
import { messagesOf } from "@/i18n/index.svelte";
import { settled, settledAll } from "@/i18n/settled";

const Z = "\u200c";

describe("settled", () => {
	it("closes words that end in a vowel sign, wherever they stand", () => {
		expect(settled("جارٍ القراءة، فوراً.")).toBe(`جارٍ${Z} القراءة، فوراً${Z}.`);
		expect(settled("حقّ")).toBe(`حقّ${Z}`);
	});
	it("closes the ligature that carries its sign at the end", () => {
		expect(settled("كاملًا")).toBe(`كاملًا${Z}`);
	});
	it("leaves every other word as it is", () => {
		for (const word of ["مشروعًا", "يُختم", "محدّدة", "في المغرب", "Tétouan", "100\u202f000 DH"])
			expect(settled(word)).toBe(word);
	});
	it("does it once", () => {
		expect(settled(settled("فوراً"))).toBe(`فوراً${Z}`);
	});
	it("reaches what message functions will say", () => {
		const tree = settledAll({ a: { b: (n: number) => `${n} طلباً`, c: ["فوراً"] } });
		expect(tree.a.b(3)).toBe(`3 طلباً${Z}`);
		expect(tree.a.c).toEqual([`فوراً${Z}`]);
	});
	it("is done to the Arabic messages and to them alone", () => {
		expect(messagesOf("ar").staff.loading).toBe(`جارٍ${Z} القراءة…`);
		expect(messagesOf("fr").staff.loading).toBe("Lecture…");
	});
});
