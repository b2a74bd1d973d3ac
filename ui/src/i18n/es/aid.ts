import { formatsIn } from "../format";
import type { aid as French } from "../fr/aid";
import { es as plural } from "../plural";
import { rooms, years } from "./figures";

const { amount, date } = formatsIn("es");

export const aid: typeof French = {
	title: "Daam Sakane",
	open: "Responder a las preguntas",
	openText: "Siete preguntas como máximo, nada que escribir",
	intro: {
		title: "¿Tiene derecho a la ayuda directa a la vivienda?",
		text: "Siete preguntas como máximo. Responda sí o no; le decimos qué significa.",
		kept: "Sus respuestas no se guardan ni se envían. Desaparecen cuando sale de esta página.",
		alone: "Compro solo o sola",
		couple: "Somos dos compradores",
		coupleText: "Cada persona responde por turno. Hay un solo resultado: no dice quién respondió qué.",
	},
	count: (n, most) => `Pregunta ${n}, de ${most} como máximo`,
	person: (n) => (n === 1 ? "Primera persona" : "Segunda persona"),
	yes: "Sí",
	no: "No",
	unsure: "No lo sé",
	questions: {
		moroccan_national: () => "¿Tiene la nacionalidad marroquí?",
		first_state_aid: () => "¿Sería la primera ayuda del Estado que recibe para una vivienda en Marruecos?",
		only_home: () => "El día de la compra, ¿será la única vivienda que posee en Marruecos?",
		only_a_share: () => "¿Posee solo una parte de esa otra vivienda, por ejemplo por herencia?",
		main_home: (n) => `Durante ${years(n)}, ¿será su vivienda en Marruecos, o la prestará gratis a familia cercana?`,
		no_letting: (n) => `Durante estos ${years(n)}, ¿la conservará sin alquilarla?`,
		notary_and_mortgage: (n) =>
			`¿Acepta firmar las dos escrituras ante notario, con una hipoteca a favor del Estado durante ${years(n)}?`,
	},
	hints: {
		moroccan_national: () => "Viva en Marruecos o en el extranjero, solo o no.",
		first_state_aid: () => "Responda «no» si ya ha recibido una.",
		only_home: () => "Responda «no» si ya posee otra, aunque sea en parte.",
		only_a_share: () => "Responda «no» si esa vivienda es toda suya.",
		main_home: (n) =>
			`Familia cercana: cónyuge, padres o hijos. El plazo de ${years(n)} empieza con la escritura definitiva.`,
		no_letting: () => "Responda «sí» si se compromete a no alquilarla.",
		notary_and_mortgage: () => "La hipoteca garantiza que se cumplen estas condiciones.",
	},
	handOver: {
		title: "Pase la pantalla a la segunda persona",
		text: "Las respuestas dadas ya no se ven. Se harán de nuevo las mismas preguntas.",
		ready: "Ya estoy",
	},
	restart: "Empezar de nuevo",
	verdict: {
		met: "Podría recibir la ayuda",
		unmet: "Según estas respuestas, la ayuda no es posible",
		to_confirm: "La ayuda es posible: por confirmar en el mostrador",
	},
	couple:
		"Una respuesta para dos compradores. Las reglas para comprar en pareja se confirman en el mostrador del ministerio.",
	unmetTitle: "La condición que no se cumple",
	unmet: {
		moroccan_national: () => "La ayuda es para personas de nacionalidad marroquí.",
		first_state_aid: () => "La ayuda es solo para quien nunca ha recibido ayuda del Estado para una vivienda.",
		only_home: () => "El día de la compra, el comprador no debe poseer ninguna vivienda en Marruecos.",
		only_a_share: () => "El día de la compra, el comprador no debe poseer ninguna vivienda en Marruecos.",
		main_home: (n) => `Debe ser la vivienda principal durante ${years(n)}, o prestarse gratis a familia cercana.`,
		no_letting: (n) => `La vivienda no puede alquilarse durante ${years(n)}.`,
		notary_and_mortgage: (n) =>
			`Las dos escrituras se firman ante notario y el Estado toma una hipoteca durante ${years(n)}.`,
	},
	unsureTitle: "Por comprobar con el ministerio",
	reportedTitle: (version) => `Ley de ${version}: publicada por la prensa, por confirmar`,
	reported: {
		co_owners_admitted: () =>
			"Poseer una parte de una vivienda, por ejemplo por herencia, ya no excluiría de la ayuda.",
		early_release_repaid: (n) => `Cancelar la hipoteca antes de ${years(n)} obligaría a devolver toda la ayuda.`,
	},
	dependsOnReported: "Su resultado depende de esta ley: pregunte en el mostrador si se aplica.",
	bandsTitle: "Importe según el precio, impuestos incluidos",
	band: (centimes, above, limit) =>
		above === null
			? `${amount(centimes)} hasta ${amount(limit)}`
			: `${amount(centimes)} por encima de ${amount(above)} y hasta ${amount(limit)}`,
	beyond: (limit) => `Sin ayuda por encima de ${amount(limit)}`,
	unitsTitle: "Para sus viviendas",
	obstacles: {
		price: () => "Sin ayuda: el precio supera el límite.",
		type: () => "Sin ayuda: este tipo de inmueble no da derecho.",
		rooms: (n) => `Sin ayuda: hacen falta al menos ${rooms(n)}.`,
		permit: () => "Sin ayuda: la cédula de habitabilidad es demasiado antigua.",
	},
	homes: "Ver las viviendas",
	stepsTitle: "Los pasos y sus plazos",
	steps: {
		register: "Se inscribe en el sitio oficial.",
		first_approval: "Acuerdo preliminar.",
		preliminary_deed: "Firma el contrato preliminar ante notario.",
		notary_files: "El notario presenta el contrato y la cédula de habitabilidad.",
		payment_to_notary: "La ayuda se paga al notario, no a usted.",
		final_deed: "Firma la escritura definitiva; si no, el dinero vuelve al Estado.",
	},
	within: (days) => plural(days, { one: `Plazo: ${days} día.`, other: `Plazo: ${days} días.` }),
	toConfirm: "por confirmar en el mostrador",
	official: "El sitio oficial",
	scan: "Escanéelo con su teléfono",
	source: (version, day) => `Orientativo: deciden el notario y la CNRA. Regla ${version}, comprobada el ${date(day)}.`,
	noRule: "Hoy no hay ninguna regla en vigor. Pregunte en el mostrador del ministerio.",
};
