/**
 * Works around a text bug of WebKitGTK: it shifts a word up or down when the word ends in a vowel sign (فوراً, جارٍ,
 * كاملًا). A zero-width non-joiner after the sign prevents this. It is invisible and changes no letter shape at the end
 * of a word.
 */
const FINAL_SIGN = /(?:[\u064B-\u0652\u0670]|ل[\u064B-\u0652]+[اأإآ])(?![\u0600-\u06FF\u200C])/g;

/** Adds the non-joiner after each vowel sign at the end of a word. */
export const fixBaseline = (text: string): string => text.replace(FINAL_SIGN, "$&\u200C");

/** Applies `fixBaseline` to all messages of a language, including the results of message functions. */
export function fixAllBaselines<T>(messages: T): T {
	if (typeof messages === "string") return fixBaseline(messages) as T;
	if (typeof messages === "function") return ((...args: unknown[]) => fixAllBaselines(messages(...args))) as T;
	if (typeof messages !== "object" || messages === null) return messages;
	if (Array.isArray(messages)) return messages.map(fixAllBaselines) as T;
	return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, fixAllBaselines(value)])) as T;
}
