export const keyboard = {
	name: "Tastatur",
	backspace: "Löschen",
	space: "Leerzeichen",
	shift: "Großbuchstaben",
	close: "Tastatur schließen",
	enter: "Nächstes Feld",
};
