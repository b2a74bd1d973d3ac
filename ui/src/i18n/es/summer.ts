import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("es");

export const summer: typeof French = {
	title: "Comprar durante mi estancia",
	open: "Comprar durante mi estancia",
	openText: "Sus fechas, cada paso en su sitio",
	askArrival: "Toque el día de su llegada a Marruecos",
	askDeparture: (arrival) => `Llegada el ${arrival}. Toque el día de su salida`,
	stay: (arrival, departure) => `Del ${arrival} al ${departure}`,
	explain: "Toque las dos fechas: el plan coloca la ayuda, el banco, el poder y el notario en sus días.",
	kept: "Sus fechas no se guardan. Solo se envían si las adjunta a una solicitud.",
	previousMonth: "Mes anterior",
	nextMonth: "Mes siguiente",
	purchase: "Su compra",
	ready: "Vivienda terminada",
	offPlan: "Sobre plano",
	withAid: "Con Daam Sakane",
	withLoan: "Con un préstamo",
	faults: {
		invalid_date: () => "Esta fecha no existe. Toque otro día.",
		arrival_past: () => "Este día ya ha pasado. Toque un día de llegada futuro.",
		departure_before_arrival: () => "La salida es antes de la llegada. Toque primero la llegada y después la salida.",
		too_far_ahead: ({ max_days_ahead }) =>
			`Esta estancia está demasiado lejos para un plan: las reglas pueden cambiar. Elija una fecha dentro de ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`Esta estancia supera ${daysOrYears(max_stay_days)}. Elija una salida más próxima.`,
	},
	noRule: "Hoy no hay ningún plan disponible. Pregunte en el mostrador del notario.",
	fit: {
		in_person: "Sus fechas parecen suficientes",
		with_proxy: "Sus fechas no bastan sin un poder notarial",
		too_short: "Esta estancia parece demasiado corta: por confirmar con el notario",
	},
	inPersonText: "Todas las firmas con fecha caen durante su estancia.",
	stayUntil: (day) => `Para firmar todo en persona, quédese al menos hasta el ${date(day)}.`,
	inPerson: "Su presencia es necesaria",
	byProxy: "Después de su salida: por poder",
	proxyPossible: "En persona, o por poder",
	atDelivery: "A la entrega",
	stages: {
		documents: {
			title: "Reunir los documentos",
			text: () => "Carné o pasaporte, registro consular, justificantes de ingresos.",
		},
		bank_file: {
			title: "Expediente bancario",
			text: () =>
				"Cada banco tiene su plazo. Si vive en el extranjero: prevea una parte en divisas y guarde las pruebas.",
		},
		aid_registration: {
			title: "Inscribirse en Daam Sakane",
			text: ({ aid_page }) => `En ${page(aid_page)}, antes del viaje.`,
		},
		aid_approval: { title: "Acuerdo preliminar de la ayuda", text: () => "El plazo que fija la regla." },
		visit: {
			title: "Visitar la vivienda",
			text: () => "Compruebe el título, la licencia y la garantía antes de firmar.",
		},
		reservation: {
			title: "Contrato de reserva",
			text: ({ off_plan: sale }) =>
				sale
					? `Como máximo el ${percent(sale.reservation_bp)}, después de la licencia de obras. Puede renunciar durante ${months(sale.withdrawal_months)}.`
					: "",
		},
		preliminary_contract: {
			title: "Contrato preliminar",
			text: ({ off_plan: sale }) =>
				sale
					? `Ante un notario, un adul o un abogado autorizado, como máximo ${months(sale.reservation_months)} después de la reserva. Pida la garantía.`
					: "",
		},
		preliminary_deed: {
			title: "Contrato preliminar ante notario",
			text: () => "El notario redacta el contrato y guarda el dinero.",
		},
		notary_files: {
			title: "Presentación por el notario",
			text: () => "El notario presenta el contrato y la cédula de habitabilidad.",
		},
		aid_payment: { title: "Pago de la ayuda", text: () => "Al notario, no a usted." },
		power_of_attorney: {
			title: "Poder notarial",
			text: () =>
				"En persona: en el consulado con su carné, o ante un notario o adules en Marruecos. Solo tiene efecto cuando está en el registro nacional.",
		},
		final_deed: {
			title: "Escritura definitiva",
			text: () => "Usted es propietario cuando se inscribe en el Registro de la Propiedad.",
		},
		instalments: {
			title: "Pagos por etapas",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} al inicio de las obras, después ${percent(sale.three_phases_bp)} en tres fases.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Posible a la entrega, con la cédula de habitabilidad. Nunca con la reserva.",
		},
		final_deed_at_delivery: {
			title: "Escritura definitiva y llaves",
			text: ({ off_plan: sale }) => (sale ? `El ${percent(sale.keys_bp)} restante, en otra estancia o por poder.` : ""),
		},
	},
	takeaway: "Para llevar",
	asText: "Texto",
	asCalendar: "Calendario",
	source: (version, day) =>
		`Plan orientativo, sin los festivos. Etapas ${version}, comprobadas el ${date(day)}. Confirme las fechas con el notario.`,
};
