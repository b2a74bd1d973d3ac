import { formatsIn, isolated } from "../format";
import type { shortlist as Reference } from "../fr/shortlist";
import { es as plural } from "../plural";

const { amount, number } = formatsIn("es");

export const shortlist: typeof Reference = {
	title: "Mi selección",
	kept: (n) => plural(n, { one: `${number(n)} inmueble guardado`, other: `${number(n)} inmuebles guardados` }),
	sum: (centimes, exact) => (exact ? `En total: ${amount(centimes)}` : `En total: desde ${amount(centimes)}`),
	range: (low, high) => (low === high ? amount(high) : `de ${amount(low)} a ${amount(high)}`),
	toPlan: (n) =>
		plural(n, {
			one: "Total estimado del inmueble guardado, con gastos",
			other: `Total estimado de los ${number(n)} inmuebles guardados, con gastos`,
		}),
	toPlanWithAid: "Si se concede la ayuda, una vez",
	toPlanNote: "A título orientativo. La ayuda se concede una sola vez por persona.",
	memory: "Se guarda solo durante su visita y después se borra.",
	emptyTitle: "Todavía no hay nada guardado",
	emptyText:
		"Toque «Guardar» en un proyecto o un inmueble. Después podrá comparar, guardarlo todo en su teléfono o pedir que le llamen.",
	gone: "Ya no está en el catálogo",
	remove: "Quitar",
	removeThis: (title) => `Quitar ${isolated(title)} de mi selección`,
	removed: (title) => `Se ha quitado ${isolated(title)}.`,
	undo: "Deshacer",
	pick: "Marcar",
	picked: "Marcado",
	pickThis: (title) => `Marcar ${isolated(title)} para comparar o guardar en el teléfono`,
	pickHint: "Marque 2 o 3 inmuebles y toque «Comparar» o «Guardar en mi teléfono».",
	pickCount: (n, of) => `${n} de ${of}`,
	compare: "Comparar",
	compareMore: "Guarde un segundo inmueble para comparar.",
	take: "Guardar en mi teléfono",
	callAbout: "Llámenme sobre estos proyectos",
	fullTitle: "Su selección está llena",
	fullText: (n) => `Ya ha guardado ${n} inmuebles. Quite uno para guardar otro.`,
	see: "Ver mi selección",
	compared: {
		title: "Comparar",
		caption: "Sus inmuebles uno al lado del otro",
		onlyDifferences: "Solo las diferencias",
		differs: "diferente",
		nothingDiffers: "Son idénticos en nuestro catálogo.",
		alone: "Marque dos para comparar.",
		another: "Elegir otro",
		notSaid: "no indicado",
		removeThis: (title) => `Quitar ${isolated(title)} de la comparación`,
		callMe: "Llámenme",
		callAboutThis: (title) => `Llámenme sobre ${isolated(title)}`,
		toPlan: "Total sin la ayuda, con gastos",
		toPlanWithAid: "Total si se concede la ayuda",
		availability: "Disponibilidad",
		pricePerSquareMetre: "Precio por m²",
		type: "Tipo de inmueble",
		place: "Lugar",
		buildingPermit: "Licencia de obras",
		habitationPermit: "Cédula de habitabilidad",
		aid: "Daam Sakane, a título orientativo",
		offer: "Oferta",
		noOffer: "Ninguna",
		features: "En el lugar y alrededor",
		seller: "Vendido por",
	},
	takeaway: {
		title: "En su teléfono",
		steps: [
			"Abra la cámara de su teléfono.",
			"Apunte al código sin tocarlo: le propone añadir un contacto.",
			"Añádalo: su selección está en sus notas y se lee sin internet.",
		],
		photo: "¿No aparece nada? Haga una foto de esta pantalla.",
		says: "Lo que dice el código",
		code: "Código QR de su selección: su texto está escrito al lado.",
		leftOut: (n) =>
			plural(n, {
				one: "1 inmueble no está en el código: un código contiene 3 como máximo.",
				other: `${n} inmuebles no están en el código: un código contiene 3 como máximo.`,
			}),
		gone: "Estos inmuebles ya no están en el catálogo",
		goneText: "El catálogo se acaba de actualizar. Le esperan otros proyectos.",
	},
};
