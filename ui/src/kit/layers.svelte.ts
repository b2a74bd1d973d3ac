/** Counts the open layers over the page. While one is open, the page below is inert; the keyboard stays usable. */
import { untrack } from "svelte";

class Layers {
	#count = $state(0);

	get anyOpen(): boolean {
		return this.#count > 0;
	}

	/** Registers a layer; the returned function removes it. */
	open(): () => void {
		untrack(() => {
			this.#count += 1;
		});
		return () =>
			untrack(() => {
				this.#count -= 1;
			});
	}
}

export const layers = new Layers();

/** Moves an element to the end of the body, so that the page does not clip it or make it inert. */
export function portal(node: HTMLElement): { destroy(): void } {
	document.body.append(node);
	return { destroy: () => node.remove() };
}
