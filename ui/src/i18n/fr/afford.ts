import type { CostCode, MeansProblem, MeansQuestion, MoneyOrigin, Stage } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";
import { percent } from "./figures";

const { amount, date } = formatsIn("fr");

export const afford = {
	title: "Que puis-je acheter\u00a0?",
	tile: "Que puis-je acheter\u00a0?",
	tileText: "Votre budget, frais compris, et les projets à sa portée",
	step: (at: number, of: number) => `Question ${at} sur ${of}`,
	questions: {
		cash: "De combien disposez-vous aujourd’hui\u00a0?",
		monthly: "Combien pouvez-vous payer chaque mois\u00a0?",
		rate: "Quel taux votre banque vous annonce-t-elle\u00a0?",
		years: "Sur combien d’années\u00a0?",
		origin: "D’où vient l’argent\u00a0?",
	},
	hints: {
		cash: "Votre épargne, sans crédit. Rien n’est enregistré\u00a0: vos réponses sont effacées à la fin de la visite.",
		monthly: "La mensualité d’un crédit, si vous en prenez un.",
		rate: "Le taux annuel de votre banque. La borne n’en propose aucun\u00a0; 0\u00a0% convient aussi. Demandez si la TVA sur les intérêts est comprise.",
		years: "La durée du crédit.",
		origin: "Pour l’achat comme pour un crédit, les règles de change en dépendent.",
	},
	units: {
		rate: "% par an",
		years: (n: number | null) => plural(n ?? 2, { one: "an", other: "ans" }),
	},
	origins: { abroad: "De l’étranger", morocco: "Du Maroc", both: "Des deux" } satisfies Record<MoneyOrigin, string>,
	dirhams: "Dirhams",
	approximation: (dirhams: number, day: string) =>
		`Environ ${amount(dirhams)}, taux indicatif du ${date(day)} (démonstration)`,
	answer: (digits: string, unit: string) => `${digits}\u00a0${unit}`,
	notAnswered: "Pas de réponse",
	skip: "Passer",
	next: "Suivant",
	seeResult: "Voir le résultat",
	change: "Modifier",
	restart: "Recommencer",
	pad: { decimal: "Virgule", erase: "Effacer un chiffre", clear: "Tout effacer", less: "Moins", more: "Plus" },
	resultTitle: "Votre budget",
	budget: "Budget total",
	cash: "Disponible",
	loan: "Crédit que la mensualité rembourse",
	within: "Projets avec un bien à votre portée, frais compris",
	withoutAid: "Sans l’aide directe",
	withAid: "Si l’aide est accordée",
	answers: "Vos réponses",
	noResult:
		"Indiquez ce dont vous disposez, ou une mensualité avec son taux et sa durée, pour voir ce qui est à votre portée.",
	failed: "Le calcul n’a pas pu être fait. Un conseiller du stand peut vous aider.",
	fault: (question: MeansQuestion, problem: MeansProblem): string =>
		problem === "zero"
			? "Le budget est de zéro\u00a0: indiquez une somme ou une mensualité."
			: problem === "no_term"
				? "La durée est de zéro\u00a0: indiquez au moins un an."
				: problem === "negative"
					? "Un montant ne peut pas être négatif\u00a0: corrigez-le."
					: question === "rate"
						? "Ce taux est trop élevé\u00a0: indiquez au plus 30\u00a0%."
						: question === "years"
							? "Cette durée est trop longue\u00a0: indiquez au plus 40\u00a0ans."
							: "Ce montant est trop grand pour être calculé\u00a0: indiquez au plus un milliard de dirhams.",
	banks: (low: number, high: number, yearsLow: number, yearsHigh: number) =>
		`Selon les banques, la limite va de ${percent(low)} à ${percent(high)} du revenu pour les dettes et de ${yearsLow} à ${yearsHigh}\u00a0ans pour la durée. Ce n’est pas une décision\u00a0: demandez à une banque.`,
	method: "Calcul",
	methods: {
		price: "Prix du catalogue, toutes taxes comprises.",
		registration: "Prix × taux des droits d’enregistrement (bâti ou terrain nu).",
		land_registry: "Prix × taux de la conservation foncière + part fixe, avec un minimum.",
		certificate: "Montant fixe par certificat.",
		notary: "Prix × taux, avec un minimum\u00a0: l’usage donne une fourchette.",
		notary_vat: "Honoraires × taux de TVA.",
		notary_package: (limit: number) =>
			`Au plus ce forfait pour les logements jusqu’à ${amount(limit)}, toutes taxes comprises, hors droits de l’État.`,
		miscellaneous: "Timbres, copies, formalités\u00a0: fourchette d’usage.",
		mortgage_entry: "Montant fixe jusqu’à un seuil, puis somme empruntée × taux. À confirmer auprès du notaire.",
		untraced_payment:
			"Prix × taux si l’acte ne porte pas les références du paiement\u00a0; seulement sur la part payée en espèces, s’il y en a une.",
		annuity:
			"Mensualité = somme × taux mensuel ÷ (1 − (1 + taux mensuel) puissance −nombre de mois)\u00a0; à 0\u00a0%, somme ÷ nombre de mois. Taux et durée sont les vôtres.",
		off_plan: "Prix × part de chaque étape.",
		foreign: "Prix × part payée en devises.",
	} satisfies Record<CostCode | "annuity" | "off_plan" | "foreign", string | ((limit: number) => string)>,
	source: "Source\u00a0:",
	checked: (day: string) => `, vérifiée le ${date(day)}.`,
	toConfirm: "À confirmer au stand.",
	range: "à",
	extra: {
		mortgage_entry: "Inscription de l’hypothèque (en plus, avec un crédit)",
		untraced_payment: "Droit évité si vous payez par virement, chèque barré ou carte",
	},
	threshold: (excess: number, limit: number, lost: number) =>
		`Ce prix dépasse de ${amount(excess)} le seuil de ${amount(limit)}\u00a0: ce dépassement coûte ${amount(lost)} d’aide.`,
	nearest: (number: string, price: number) => `Le bien le plus proche sous le seuil\u00a0: ${number}, ${amount(price)}`,
	noNearest: "Aucun bien du même type n’est disponible sous ce seuil.",
	paymentTitle: "Comment le payer",
	needed: "À réunir avant les clés",
	neededWithAid: "À réunir, si l’aide est accordée",
	loanSum: "À emprunter",
	monthly: "Mensualité",
	monthlyWithAid: "Mensualité, si l’aide est accordée",
	answerFirst: "Répondre à quelques questions",
	noLoan: "Avec ce dont vous disposez, aucun crédit n’est nécessaire.",
	loanUnknown: "Sans taux ni durée, la mensualité n’est pas calculée.",
	monthlyLeftOut: "Sans taux ni durée, la mensualité n’est pas comptée dans ce budget.",
	financed: (from: number, to: number) =>
		`Les banques financent le plus souvent de ${amount(from)} à ${amount(to)} pour ce prix.`,
	tableTitle: "Le crédit année par année",
	table: { year: "Année", interest: "Intérêts", repaid: "Remboursé", rest: "Reste dû" },
	chart: (years: number) =>
		plural(years, {
			one: "Reste dû à la fin de l’année",
			other: `Reste dû à la fin de chaque année, sur ${years} ans`,
		}),
	offPlanTitle: "Paiements selon le chantier",
	stages: {
		reservation: "Réservation",
		preliminary_contract: "Contrat préliminaire",
		start_of_works: "Début des travaux",
		three_phases: "Trois phases\u00a0: fondations et rez-de-chaussée, gros œuvre, finitions avec permis",
		keys: "Acte définitif et clés",
	} satisfies Record<Stage, string>,
	share: percent,
	beforeKeys: "Total avant les clés",
	guarantee:
		"Après le contrat préliminaire, demandez la garantie d’achèvement ou de remboursement. L’aide n’est jamais versée à la réservation.",
	foreignTitle: "Part payée en devises",
	foreignShare: (basisPoints: number) => `${percent(basisPoints)} du prix`,
	foreignRequired: (basisPoints: number, centimes: number) =>
		`Si vous résidez à l’étranger, un crédit en dirhams demande au moins ${percent(basisPoints)} du prix en devises, soit ${amount(centimes)}. Vous pouvez aussi emprunter comme un résident, sans droit de transfert à la revente.`,
	foreignMissing: (centimes: number) => `Il manque ${amount(centimes)} en devises pour atteindre ce minimum.`,
	foreignEnough: "Cette part atteint ce minimum.",
	transferable: (basisPoints: number) =>
		basisPoints >= 10_000
			? "À la revente, tout le produit peut être transféré à l’étranger."
			: basisPoints === 0
				? "À la revente, rien ne peut être transféré à l’étranger."
				: `À la revente, seule la part payée en devises (${percent(basisPoints)}) peut être transférée à l’étranger.`,
	proofs: (centimes: number) =>
		`Gardez les avis de virement et les attestations de cession de devises de votre banque. Les espèces de ${amount(centimes)} ou plus se déclarent à la douane.`,
	notCalculated: "Ce qui n’est pas calculé",
	desk: (name: string) => `Au stand\u00a0: ${name}`,
	missing: {
		loan: "L’accord et le taux d’une banque, l’assurance du crédit, la TVA sur les intérêts",
		aid: "Votre droit personnel à l’aide directe",
		notary: "Les frais exacts de l’acte, le taux réduit du logement social conventionné",
		advisor: "Les taxes annuelles et les charges de copropriété",
	},
	noCash: "Personne ne reçoit d’argent au stand.",
};
