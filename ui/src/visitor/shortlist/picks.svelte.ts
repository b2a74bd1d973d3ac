/** Which saved items are compared or taken away: all of them while they are few, otherwise those that were picked. */
import type { ShortlistItem } from "@/host";
import { sameItem } from "../visit.svelte";

/** Maximum number of items in a comparison and in a QR code. */
export const MAX_PICKS = 3;

const includes = (items: readonly ShortlistItem[], item: ShortlistItem) => items.some((other) => sameItem(other, item));

class Picks {
	/** In the order they were picked; `null` until the visitor picks something. */
	#chosen = $state.raw<readonly ShortlistItem[] | null>(null);

	/** The picks in the order of the saved items. Before anything is picked, the first items. */
	of(saved: readonly ShortlistItem[]): ShortlistItem[] {
		const chosen = this.#chosen;
		if (saved.length <= MAX_PICKS || chosen === null) return saved.slice(0, MAX_PICKS);
		return saved.filter((item) => includes(chosen, item));
	}

	/** Adds an item to the picks or removes it. When there are too many, the oldest pick is dropped. */
	toggle(item: ShortlistItem, saved: readonly ShortlistItem[]): void {
		const before = this.#chosen ?? this.of(saved);
		const kept = before.filter((other) => includes(saved, other));
		this.#chosen = includes(kept, item)
			? kept.filter((other) => !sameItem(other, item))
			: [...kept, item].slice(-MAX_PICKS);
	}
}

export const picks = new Picks();
export { Picks };
