import type { Fit, StayFault, SummerAnswer, SummerFigures, SummerStage } from "@/host";
import { formatsIn } from "../format";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("fr");
type Limits = Pick<Extract<SummerAnswer, { kind: "fault" }>, "max_days_ahead" | "max_stay_days">;

export const summer = {
	title: "Acheter pendant mon séjour",
	open: "Acheter pendant mon séjour",
	openText: "Vos dates, chaque étape à sa place",
	askArrival: "Touchez le jour de votre arrivée au Maroc",
	askDeparture: (arrival: string) => `Arrivée le ${arrival}. Touchez le jour de votre départ`,
	stay: (arrival: string, departure: string) => `Du ${arrival} au ${departure}`,
	explain: "Touchez les deux dates\u00a0: le plan place l’aide, la banque, la procuration et le notaire sur vos jours.",
	kept: "Vos dates ne sont pas enregistrées. Elles ne sont envoyées que si vous les joignez à une demande.",
	previousMonth: "Mois précédent",
	nextMonth: "Mois suivant",
	purchase: "Votre achat",
	ready: "Logement prêt",
	offPlan: "Sur plan",
	withAid: "Avec Daam Sakane",
	withLoan: "Avec un crédit",
	faults: {
		invalid_date: () => "Cette date n’existe pas. Touchez un autre jour.",
		arrival_past: () => "Ce jour est passé. Touchez un jour d’arrivée à venir.",
		departure_before_arrival: () => "Le départ est avant l’arrivée. Touchez d’abord l’arrivée, puis le départ.",
		too_far_ahead: ({ max_days_ahead }) =>
			`Ce séjour est trop lointain pour un plan\u00a0: les règles peuvent changer d’ici là. Choisissez une date d’ici ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) =>
			`Ce séjour dépasse ${daysOrYears(max_stay_days)}. Choisissez un départ plus proche.`,
	} satisfies Record<StayFault, (limits: Limits) => string>,
	noRule: "Aucun plan n’est disponible aujourd’hui. Demandez au comptoir du notaire.",
	fit: {
		in_person: "Vos dates semblent suffire",
		with_proxy: "Vos dates ne suffisent pas sans procuration",
		too_short: "Ce séjour semble trop court\u00a0: à confirmer avec le notaire",
	} satisfies Record<Fit, string>,
	inPersonText: "Toutes les signatures datées tombent pendant votre séjour.",
	stayUntil: (day: string) => `Pour tout signer vous-même, restez au moins jusqu’au ${date(day)}.`,
	inPerson: "Votre présence est nécessaire",
	byProxy: "Après votre départ\u00a0: par procuration",
	proxyPossible: "Vous-même, ou par procuration",
	atDelivery: "À la livraison",
	stages: {
		documents: {
			title: "Réunir les pièces",
			text: () => "Carte ou passeport, immatriculation consulaire, justificatifs de revenus.",
		},
		bank_file: {
			title: "Dossier bancaire",
			text: () =>
				"Chaque banque a son délai. Si vous résidez à l’étranger\u00a0: part en devises à prévoir, gardez les preuves.",
		},
		aid_registration: {
			title: "Inscription à Daam Sakane",
			text: ({ aid_page }) => `Sur ${page(aid_page)}, avant le voyage.`,
		},
		aid_approval: { title: "Accord préliminaire de l’aide", text: () => "Délai prévu par la règle." },
		visit: { title: "Visiter le logement", text: () => "Vérifiez le titre, le permis et la garantie avant de signer." },
		reservation: {
			title: "Contrat de réservation",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.reservation_bp)} au plus, après le permis de construire. Vous pouvez renoncer pendant ${months(sale.withdrawal_months)}.`
					: "",
		},
		preliminary_contract: {
			title: "Contrat préliminaire",
			text: ({ off_plan: sale }) =>
				sale
					? `Chez un notaire, un adoul ou un avocat agréé, ${months(sale.reservation_months)} au plus après la réservation. Demandez la garantie.`
					: "",
		},
		preliminary_deed: {
			title: "Compromis chez le notaire",
			text: () => "Le notaire rédige l’acte et conserve les fonds.",
		},
		notary_files: {
			title: "Dépôt par le notaire",
			text: () => "Le notaire dépose le compromis et le permis d’habiter.",
		},
		aid_payment: { title: "Versement de l’aide", text: () => "Au notaire, pas à vous." },
		power_of_attorney: {
			title: "Procuration",
			text: () =>
				"En personne\u00a0: au consulat avec votre carte, ou chez un notaire ou des adouls au Maroc. Elle n’a d’effet qu’une fois inscrite au registre national.",
		},
		final_deed: {
			title: "Acte définitif",
			text: () => "Vous devenez propriétaire à l’inscription sur les livres fonciers.",
		},
		instalments: {
			title: "Appels de fonds",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} au début des travaux, puis ${percent(sale.three_phases_bp)} en trois phases.`
					: "",
		},
		aid_at_delivery: {
			title: "Daam Sakane",
			text: () => "Possible à la livraison, avec le permis d’habiter. Jamais à la réservation.",
		},
		final_deed_at_delivery: {
			title: "Acte définitif et clés",
			text: ({ off_plan: sale }) =>
				sale ? `Les ${percent(sale.keys_bp)} restants, lors d’un prochain séjour ou par procuration.` : "",
		},
	} satisfies Record<SummerStage, { title: string; text: (figures: SummerFigures) => string }>,
	takeaway: "Sur votre téléphone",
	asText: "Texte",
	asCalendar: "Agenda",
	source: (version: string, day: string) =>
		`Plan indicatif, sans les jours fériés. Étapes ${version}, vérifiées le ${date(day)}. Faites confirmer les dates au notaire.`,
};
