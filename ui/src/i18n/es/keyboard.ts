export const keyboard = {
	name: "Teclado",
	backspace: "Borrar",
	space: "Espacio",
	shift: "Mayúsculas",
	close: "Cerrar el teclado",
	enter: "Campo siguiente",
};
