/** What lies over the page. While a layer is open the page below is inert; the keyboard, outside both, is not. */
class Layers {
	open = $state(0);
}

export const layers = new Layers();

/** Moves an element to the end of the body, so that it is neither clipped nor made inert with the page. */
export function portal(node: HTMLElement): { destroy(): void } {
	document.body.append(node);
	return { destroy: () => node.remove() };
}
