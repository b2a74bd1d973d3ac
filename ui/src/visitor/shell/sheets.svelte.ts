/** The sheets that every screen can open: which one is open. */
export type SheetName = "language" | "comfort" | "end";

class Sheets {
	open = $state<SheetName | null>(null);
	readonly close = (): void => {
		this.open = null;
	};
}

export const sheets = new Sheets();
