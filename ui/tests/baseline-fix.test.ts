/** Words that end in a vowel sign get a zero-width non-joiner: see `i18n/baseline-fix.ts`. */
import { describe, expect, it } from "vitest";
import { fixAllBaselines, fixBaseline } from "@/i18n/baseline-fix";
import { messagesOf } from "@/i18n/index.svelte";

const Z = "\u200c";

describe("baseline fix", () => {
	it("extends words that end in a vowel sign", () => {
		expect(fixBaseline("جارٍ القراءة، فوراً.")).toBe(`جارٍ${Z} القراءة، فوراً${Z}.`);
		expect(fixBaseline("حقّ")).toBe(`حقّ${Z}`);
	});
	it("extends the ligature that ends in its sign", () => {
		expect(fixBaseline("كاملًا")).toBe(`كاملًا${Z}`);
	});
	it("leaves other words unchanged", () => {
		for (const word of ["مشروعًا", "يُختم", "محدّدة", "في المغرب", "Tétouan", "100\u202f000 DH"])
			expect(fixBaseline(word)).toBe(word);
	});
	it("is idempotent", () => {
		expect(fixBaseline(fixBaseline("فوراً"))).toBe(`فوراً${Z}`);
	});
	it("covers message functions and lists", () => {
		const tree = fixAllBaselines({ a: { b: (n: number) => `${n} طلباً`, c: ["فوراً"] } });
		expect(tree.a.b(3)).toBe(`3 طلباً${Z}`);
		expect(tree.a.c).toEqual([`فوراً${Z}`]);
	});
	it("applies to the Arabic messages only", () => {
		expect(messagesOf("ar").staff.loading).toBe(`جارٍ${Z} القراءة…`);
		expect(messagesOf("fr").staff.loading).toBe("Lecture…");
	});
});
