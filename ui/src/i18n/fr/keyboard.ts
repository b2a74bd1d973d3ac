export const keyboard = {
	name: "Clavier",
	backspace: "Effacer",
	space: "Espace",
	shift: "Majuscules",
	close: "Fermer le clavier",
	enter: "Champ suivant",
};
