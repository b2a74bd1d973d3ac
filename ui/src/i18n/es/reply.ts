import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { es as plural } from "../plural";

const { number } = formatsIn("es");

export const reply: typeof Reference = {
	finish: "Ir al final",
	enough: "Basta con uno de los dos.",
	partner: "¿Con quién?",
	partnerAny: "Sin preferencia",
	onBehalf: "¿Para quién es esta solicitud?",
	whom: { myself: "Para mí", family: "Para mi familia", other: "Para otra persona" },
	detail: "¿Quién? Por ejemplo: mi madre",
	several: "Puede elegir varios.",
	amazigh: "Amazig",
	reach: "¿Cuándo podemos localizarle?",
	slots: { morning: "Mañana", afternoon: "Tarde", evening: "Noche", weekend: "Fin de semana" },
	weekdays: "De lunes a viernes",
	weekend: "Sábado y domingo",
	timeOf: (place: string) => `Horas de su país: ${isolated(place)}`,
	morocco: (hours: string) => `en Marruecos: ${isolated(hours)}`,
	nextDay: "(al día siguiente)",
	previousDay: "(el día anterior)",
	failed: "No se han podido mostrar las horas.",
	stay: "¿Una cita en una agencia en Marruecos?",
	clear: "Borrar las fechas",
	reachable: (parts: string) => `Localizable: ${parts}`,
	within: (days: number) =>
		plural(days, {
			one: "Respuesta en el plazo de un día laborable.",
			other: `Respuesta en el plazo de ${number(days)} días laborables.`,
		}),
	again: "Otra solicitud, mismo contacto",
	calendar: "Fotografíe este código para guardar su estancia en su agenda.",
};
