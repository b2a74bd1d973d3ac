/** Spells corrected words of a query as the catalogue writes the names of places. Must not know: screens. */
import type { Boot } from "@/host";
import { foldText } from "./places";

/** A key that is equal for spellings of one name: Marakesh and Marrakech, Fez and Fès, Tetuan and Tétouan. */
function phoneticKey(word: string): string {
	return foldText(word)
		.replace(/tch|sch|sh|ch/g, "x")
		.replace(/ou|w|o/g, "u")
		.replace(/[yej]/g, "i")
		.replace(/[cq]/g, "k")
		.replace(/z/g, "s")
		.replace(/(.)\1+/g, "$1");
}

/** Replaces each corrected word by its spelling in the name of a place. Words that were typed like this stay. */
export function respell(words: string[], typed: string, boot: Pick<Boot, "towns" | "regions">): string[] {
	const typedWords = new Set(foldText(typed).split(/[^\p{L}\p{N}]+/u));
	const spellings = new Map<string, string>();
	for (const { name } of [...boot.regions, ...boot.towns]) {
		for (const word of name.text.split(/[\s-]+/)) if (word.length > 2) spellings.set(phoneticKey(word), word);
	}
	return words.map((word) => (typedWords.has(foldText(word)) ? word : (spellings.get(phoneticKey(word)) ?? word)));
}
