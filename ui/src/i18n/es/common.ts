import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { es as plural } from "../plural";

const { amount, date, number } = formatsIn("es");

const projects = (n: number) => plural(n, { one: `${number(n)} proyecto`, other: `${number(n)} proyectos` });

export const common: typeof Reference = {
	close: "Cerrar",
	back: "Atrás",
	home: "Inicio",
	explore: "Proyectos",
	selection: "Mi selección",
	language: "Idioma",
	comfort: "Pantalla",
	callMe: "Llámenme",
	demonstration: "Demostración: datos ficticios",
	projects,
	retry: "Reintentar",
	attract: {
		touch: "Toque la pantalla para empezar",
	},
	hero: {
		title: "Su casa en Marruecos",
		facts: (n, day) => `${projects(n)}, precios con impuestos incluidos a ${date(day)}`,
		noCatalogue: "El catálogo llegará pronto. Deje sus datos y un asesor le presentará los proyectos.",
		action: "Ver los proyectos",
	},
	tiles: {
		town: "En mi ciudad",
		townText: "Escriba el nombre de su ciudad o de la de sus padres",
		aid: "Ayuda directa a la vivienda",
		aidText: (upTo) => `El Estado puede ayudarle con hasta ${amount(upTo)}`,
		land: "Parcelas y locales",
		landText: "Construir una casa, abrir una tienda, instalar una actividad",
		callMe: "Llámenme",
		callMeText: "Deje sus datos: un asesor le responde por teléfono, WhatsApp o correo electrónico",
	},
	offerProjects: "Ver los proyectos con ofertas",
	offersNow: "Ofertas actuales",
	until: (day) => `hasta el ${date(day)}`,
	languageSheet: {
		title: "Elija su idioma",
		kept: "No se perderá nada de lo que ha elegido o escrito.",
	},
	comfortSheet: {
		title: "Pantalla",
		text: "Tamaño del texto",
		normal: "Normal",
		large: "Grande",
		larger: "Muy grande",
		contrast: "Alto contraste",
		contrastText: "Negro sobre blanco, bordes marcados",
		lowered: "Botones más abajo",
		loweredText: "Todo baja al alcance de una persona sentada",
		calm: "Menos movimiento",
		calmText: "Las imágenes cambian sin movimiento",
	},
	idle: {
		title: "¿Sigue ahí?",
		text: (seconds) =>
			plural(seconds, {
				one: `Sus respuestas y elecciones se borrarán en ${seconds} segundo.`,
				other: `Sus respuestas y elecciones se borrarán en ${seconds} segundos.`,
			}),
		here: "Sigo aquí",
		end: "He terminado",
	},
	failure: {
		title: "Un momento, por favor",
		text: "Esta pantalla se ha detenido. Toque el botón para empezar de nuevo.",
		action: "Empezar de nuevo",
	},
	endVisit: {
		short: "Terminar",
		title: "¿Terminar mi visita?",
		text: "Su selección, su búsqueda y sus respuestas se borrarán de este quiosco.",
		confirm: "Borrar todo y terminar",
		stay: "Continuar",
	},
	errorState: {
		title: "Un momento, por favor",
		text: "No se puede mostrar esta página. Toque «Reintentar» o pregunte al equipo del stand.",
		notFound: "Este proyecto ya no está en el catálogo",
		notFoundText: "El catálogo se acaba de actualizar. Le esperan otros proyectos.",
		noCatalogue: "El catálogo aún no ha llegado",
		noCatalogueText: "Deje sus datos: un asesor le presentará los proyectos que le interesan.",
	},
};
