/** Accessibility settings of the visit. They are data attributes of the root element, which the styles use. */
export type TextSize = "normal" | "large" | "larger";

class Comfort {
	text = $state<TextSize>("normal");
	contrast = $state(false);
	lowered = $state(false);
	calm = $state(false);

	get changed(): boolean {
		return this.text !== "normal" || this.contrast || this.lowered || this.calm;
	}

	/** Writes the settings to the root element. Call it in an effect. */
	apply(root: HTMLElement): void {
		root.dataset.text = this.text;
		root.dataset.contrast = this.contrast ? "high" : "normal";
		root.dataset.lowered = String(this.lowered);
		root.dataset.motion = this.calm ? "less" : "full";
	}
}

export const comfort = new Comfort();
