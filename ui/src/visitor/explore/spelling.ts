/** Names as the visitor's language spells them, for words that the index knows in another spelling. Knows no screen. */
import type { Boot } from "@/host";
import { plain } from "./places";

/** What spellings of one name have in common: Marakesh and Marrakech, Fez and Fès, Tetuan and Tétouan. */
function heard(word: string): string {
	return plain(word)
		.replace(/tch|sch|sh|ch/g, "x")
		.replace(/ou|w|o/g, "u")
		.replace(/[yej]/g, "i")
		.replace(/[cq]/g, "k")
		.replace(/z/g, "s")
		.replace(/(.)\1+/g, "$1");
}

/** Each corrected word as a place of the catalogue writes it; words of no place, or as typed, stay as they are. */
export function spelled(words: string[], typed: string, boot: Pick<Boot, "towns" | "regions">): string[] {
	const kept = new Set(plain(typed).split(/[^\p{L}\p{N}]+/u));
	const proper = new Map<string, string>();
	for (const { name } of [...boot.regions, ...boot.towns]) {
		for (const word of name.text.split(/[\s-]+/)) if (word.length > 2) proper.set(heard(word), word);
	}
	return words.map((word) => (kept.has(plain(word)) ? word : (proper.get(heard(word)) ?? word)));
}
