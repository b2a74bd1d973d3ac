export const keyboard = {
	name: "Keyboard",
	backspace: "Backspace",
	space: "Space",
	shift: "Capitals",
	close: "Close the keyboard",
	enter: "Next field",
};
