/** What a visitor may set to see and reach better. Lives on the root element as data attributes, which the styles read. */
export type TextSize = "normal" | "large" | "larger";

class Comfort {
	text = $state<TextSize>("normal");
	contrast = $state(false);
	lowered = $state(false);
	calm = $state(false);

	get changed(): boolean {
		return this.text !== "normal" || this.contrast || this.lowered || this.calm;
	}

	/** Call in an effect: writes the settings to the document. */
	apply(root: HTMLElement): void {
		root.dataset.text = this.text;
		root.dataset.contrast = this.contrast ? "high" : "normal";
		root.dataset.lowered = String(this.lowered);
		root.dataset.motion = this.calm ? "less" : "full";
	}
}

export const comfort = new Comfort();
