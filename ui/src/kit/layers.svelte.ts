/** What lies over the page. While a layer is open the page below is inert; the keyboard, outside both, is not. */
import { untrack } from "svelte";

class Layers {
	#open = $state(0);

	get any(): boolean {
		return this.#open > 0;
	}

	/** Says that a layer lies over the page; the answer says that it is gone. */
	enter(): () => void {
		untrack(() => {
			this.#open += 1;
		});
		return () =>
			untrack(() => {
				this.#open -= 1;
			});
	}
}

export const layers = new Layers();

/** Moves an element to the end of the body, so that it is neither clipped nor made inert with the page. */
export function portal(node: HTMLElement): { destroy(): void } {
	document.body.append(node);
	return { destroy: () => node.remove() };
}
