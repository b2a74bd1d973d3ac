export const keyboard = {
	name: "Toetsenbord",
	backspace: "Wissen",
	space: "Spatie",
	shift: "Hoofdletters",
	close: "Toetsenbord sluiten",
	enter: "Volgend veld",
};
