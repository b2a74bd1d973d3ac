/** Which of the sheets that are always at hand is open over the screen. Any screen may open one. */
export type SheetName = "language" | "comfort";

class Shell {
	sheet = $state<SheetName | null>(null);
	readonly close = (): void => {
		this.sheet = null;
	};
}

export const shell = new Shell();
