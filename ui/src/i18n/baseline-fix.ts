/**
 * WebKitGTK sets a word on the line by its last glyph in memory order. Where that glyph is a vowel sign (فوراً, جارٍ, كاملًا),
 * the whole word rises or sinks by the sign's own height. A zero-width non-joiner after the sign takes that place and
 * draws nothing; in a last letter it changes no shape.
 */
const LAST_SIGN = /(?:[\u064B-\u0652\u0670]|ل[\u064B-\u0652]+[اأإآ])(?![\u0600-\u06FF\u200C])/g;

export const settled = (text: string): string => text.replace(LAST_SIGN, "$&\u200C");

/** All messages of a language settled: its sentences, and those its functions will make. */
export function settledAll<T>(messages: T): T {
	if (typeof messages === "string") return settled(messages) as T;
	if (typeof messages === "function") return ((...given: unknown[]) => settledAll(messages(...given))) as T;
	if (typeof messages !== "object" || messages === null) return messages;
	if (Array.isArray(messages)) return messages.map(settledAll) as T;
	return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, settledAll(value)])) as T;
}
