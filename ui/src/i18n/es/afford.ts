import { formatsIn, isolated } from "../format";
import type { afford as french } from "../fr/afford";
import { es as plural } from "../plural";
import { percent } from "./figures";

const { amount, date } = formatsIn("es");

export const afford: typeof french = {
	title: "¿Qué me puedo permitir?",
	tile: "¿Qué me puedo permitir?",
	tileText: "Su presupuesto con todos los gastos y los proyectos a su alcance",
	step: (at, of) => `Pregunta ${at} de ${of}`,
	questions: {
		cash: "¿Cuánto tiene hoy?",
		monthly: "¿Cuánto puede pagar cada mes?",
		rate: "¿Qué tipo le propone su banco?",
		years: "¿En cuántos años?",
		origin: "¿De dónde viene el dinero?",
	},
	hints: {
		cash: "Sus ahorros, sin préstamo. No se guarda nada: sus respuestas se borran al final de la visita.",
		monthly: "La cuota de un préstamo, si pide uno.",
		rate: "El tipo anual de su banco. Este quiosco no propone ninguno; 0\u00a0% también vale. Pregunte si incluye el IVA de los intereses.",
		years: "El plazo del préstamo.",
		origin: "De ello dependen las reglas de cambio, para la compra y para un préstamo.",
	},
	units: { rate: "% al año", years: (n) => plural(n ?? 2, { one: "año", other: "años" }) },
	origins: { abroad: "Del extranjero", morocco: "De Marruecos", both: "De los dos" },
	dirhams: "Dirhams",
	approximation: (dirhams, day) => `Unos ${amount(dirhams)}, cambio orientativo de ${date(day)} (demostración)`,
	answer: (digits, unit) => `${digits}\u00a0${unit}`,
	notAnswered: "Sin respuesta",
	skip: "Omitir",
	next: "Siguiente",
	seeResult: "Ver el resultado",
	change: "Cambiar",
	restart: "Empezar de nuevo",
	pad: { decimal: "Coma decimal", erase: "Borrar una cifra", clear: "Borrar todo", less: "Menos", more: "Más" },
	resultTitle: "Su presupuesto",
	budget: "Presupuesto total",
	cash: "Disponible",
	loan: "Préstamo que paga la cuota",
	within: "Proyectos con un inmueble a su alcance, gastos incluidos",
	withoutAid: "Sin la ayuda directa",
	withAid: "Si se concede la ayuda",
	answers: "Sus respuestas",
	noResult: "Indique lo que tiene, o una cuota mensual con su tipo y plazo, para ver lo que está a su alcance.",
	failed: "El cálculo ha fallado. Un asesor del stand puede ayudarle.",
	fault: (question, problem) =>
		problem === "zero"
			? "El presupuesto es cero: indique una suma o una cuota mensual."
			: problem === "no_term"
				? "El plazo es cero: indique al menos un año."
				: problem === "negative"
					? "Una cantidad no puede ser negativa: corríjala."
					: question === "rate"
						? "Este tipo es demasiado alto: indique como máximo 30\u00a0%."
						: question === "years"
							? "Este plazo es demasiado largo: indique como máximo 40 años."
							: "Esta cantidad es demasiado grande: indique como máximo mil millones de dirhams.",
	banks: (low, high, yearsLow, yearsHigh) =>
		`Los bancos limitan las deudas del ${percent(low)} al ${percent(high)} de los ingresos y los plazos de ${yearsLow} a ${yearsHigh} años. No es una decisión: pregunte a un banco.`,
	method: "Cálculo",
	methods: {
		price: "Precio del catálogo, impuestos incluidos.",
		registration: "Precio × tipo de los derechos de registro (construido o terreno).",
		land_registry: "Precio × tipo del Registro de la Propiedad + parte fija, con un mínimo.",
		certificate: "Cantidad fija por certificado.",
		notary: "Precio × tipo, con un mínimo: el uso da un intervalo.",
		notary_vat: "Honorarios × tipo del IVA.",
		notary_package: (limit) =>
			`Como máximo esta tarifa para viviendas de hasta ${amount(limit)}, impuestos incluidos, sin los derechos del Estado.`,
		miscellaneous: "Timbres, copias, trámites: un intervalo según el uso.",
		mortgage_entry: "Cantidad fija hasta un límite, después suma prestada × tipo. Por confirmar con el notario.",
		untraced_payment:
			"Precio × tipo si la escritura no indica las referencias del pago; solo sobre la parte pagada en efectivo, si la hay.",
		annuity:
			"Cuota = suma × tipo mensual ÷ (1 − (1 + tipo mensual) elevado a −número de meses); a 0\u00a0%, suma ÷ número de meses. Tipo y plazo son los suyos.",
		off_plan: "Precio × parte de cada etapa.",
		foreign: "Precio × parte pagada en divisas.",
	},
	source: "Fuente:",
	checked: (day) => `, comprobada el ${date(day)}.`,
	toConfirm: "Por confirmar en el stand.",
	range: "a",
	extra: {
		mortgage_entry: "Inscripción de la hipoteca (además, con un préstamo)",
		untraced_payment: "Derecho que se evita si paga por transferencia, cheque cruzado o tarjeta",
	},
	threshold: (excess, limit, lost) =>
		`Este precio supera en ${amount(excess)} el límite de ${amount(limit)}: esta diferencia cuesta ${amount(lost)} de ayuda.`,
	nearest: (number, price) => `Inmueble más próximo por debajo del límite: ${isolated(number)}, ${amount(price)}`,
	noNearest: "No hay ningún inmueble del mismo tipo disponible por debajo de este límite.",
	paymentTitle: "Cómo pagarlo",
	needed: "Dinero necesario antes de las llaves",
	neededWithAid: "Dinero necesario, si se concede la ayuda",
	loanSum: "A pedir prestado",
	monthly: "Cuota mensual",
	monthlyWithAid: "Cuota mensual, si se concede la ayuda",
	answerFirst: "Responder a unas preguntas",
	noLoan: "Con lo que tiene no hace falta préstamo.",
	loanUnknown: "Sin tipo ni plazo no se calcula la cuota mensual.",
	monthlyLeftOut: "Sin tipo ni plazo la cuota mensual no cuenta en este presupuesto.",
	financed: (from, to) => `Los bancos suelen financiar de ${amount(from)} a ${amount(to)} de este precio.`,
	tableTitle: "El préstamo año por año",
	table: { year: "Año", interest: "Intereses", repaid: "Devuelto", rest: "Pendiente" },
	chart: (years) => `Pendiente al final de cada año, en ${years} años`,
	offPlanTitle: "Pagos por etapa de construcción",
	stages: {
		reservation: "Reserva",
		preliminary_contract: "Contrato preliminar",
		start_of_works: "Inicio de las obras",
		three_phases: "Tres fases: cimientos y planta baja, estructura, acabados con cédula",
		keys: "Escritura definitiva y llaves",
	},
	share: percent,
	beforeKeys: "Total antes de las llaves",
	guarantee:
		"Después del contrato preliminar, pida la garantía de terminación o de devolución. La ayuda nunca se paga con la reserva.",
	foreignTitle: "Parte pagada en divisas",
	foreignShare: (basisPoints) => `${percent(basisPoints)} del precio`,
	foreignRequired: (basisPoints, centimes) =>
		`Si vive en el extranjero, un préstamo en dirhams exige al menos el ${percent(basisPoints)} del precio en divisas: ${amount(centimes)}. También puede pedir un préstamo como residente, sin derecho a transferir al extranjero al revender.`,
	foreignMissing: (centimes) => `Faltan ${amount(centimes)} en divisas para llegar a este mínimo.`,
	foreignEnough: "Esta parte llega a este mínimo.",
	transferable: (basisPoints) =>
		basisPoints >= 10_000
			? "Al revender, todo el importe puede transferirse al extranjero."
			: basisPoints === 0
				? "Al revender, nada puede transferirse al extranjero."
				: `Al revender, solo la parte pagada en divisas (${percent(basisPoints)}) puede transferirse al extranjero.`,
	proofs: (centimes) =>
		`Guarde los avisos de transferencia y los certificados de cambio de su banco. El efectivo a partir de ${amount(centimes)} se declara en la aduana.`,
	notCalculated: "Lo que no se ha calculado",
	desk: (name) => `En el stand: ${isolated(name)}`,
	missing: {
		loan: "Acuerdo y tipo de un banco, seguro del préstamo, IVA de los intereses",
		aid: "Su derecho personal a la ayuda directa",
		notary: "Los gastos exactos de la escritura, el tipo reducido de la vivienda social convenida",
		advisor: "Impuestos anuales y gastos de comunidad",
	},
	noCash: "En el stand nadie acepta efectivo.",
};
