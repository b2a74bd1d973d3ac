import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { es as plural } from "../plural";

const { date, number } = formatsIn("es");

export const guides: typeof Reference = {
	title: "Guías y mostradores",
	lead: "Los pasos de una compra en palabras sencillas, y las personas de este stand que le responden.",
	demonstration: "Textos de demostración",
	door: "Guías y mostradores",
	doorText: "Los pasos, los documentos y quién le responde en el stand",
	doorPartners: "Los mostradores",
	doorPartnersText: "Banco, notario, ministerio: quién le responde en el stand",
	count: (n) => plural(n, { one: `${number(n)} guía`, other: `${number(n)} guías` }),
	situations: {
		buying: "De la primera visita a las llaves",
		off_plan: "Comprar sobre plano",
		building: "Comprar una parcela y construir",
		from_abroad: "Comprar desde el extranjero",
		financing: "Financiación",
		safety: "Comprar con seguridad",
		afterwards: "Después de la compra",
	},
	partners: "En este stand",
	version: "Versión de la guía",
	short: "En breve",
	detailed: "En detalle",
	papers: "Documentos que reunir",
	papersHint: "Marque lo que ya tiene. Sus marcas se borran al final de su visita.",
	ready: (n, of) => `${number(n)} de ${number(of)}`,
	take: "Llevarme esta guía",
	takePapers: "Llevarme la lista",
	notice: "Atención",
	checked: (day) => `Comprobado el ${date(day)}`,
	indicative: "Solo a título informativo: deciden el notario y las autoridades.",
	answers: "Quién le responde aquí",
	desk: "Dónde",
	hours: "Horario",
	standHours: "Durante el horario del stand",
	languages: "Idiomas",
	topics: "Temas",
	callBack: "Que me llame este mostrador",
	see: "Ver este mostrador",
	guidesOf: "Guías sobre estos temas",
	note: (name) => `Mostrador solicitado: ${name}`,
	gone: "Esta guía ya no está en el catálogo",
	goneText: "El catálogo se acaba de actualizar.",
	all: "Todas las guías",
	open: "Leer la guía",
	forThisUnit: "Guías para este inmueble",
	takeaway: {
		title: "Llévese la guía",
		says: "Lo que dice el código",
		code: "Código QR de la guía: su texto está escrito al lado.",
		leftOut: (n) =>
			plural(n, {
				one: "Una línea no cabe en el código: fotografíe la lista completa en la página de la guía.",
				other: `${number(n)} líneas no caben en el código: fotografíe la lista completa en la página de la guía.`,
			}),
		steps: [
			"Abra la cámara de su teléfono.",
			"Apunte al código sin tocarlo: le propone añadir un contacto.",
			"Añádalo: la lista está en sus notas y se lee sin internet.",
		],
	},
};
