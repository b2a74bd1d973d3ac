export const keyboard = {
	name: "Tastiera",
	backspace: "Cancella",
	space: "Spazio",
	shift: "Maiuscole",
	close: "Chiudi la tastiera",
	enter: "Campo successivo",
};
