import type { AidChange, AidObstacle, AidQuestion, AidStepId } from "@/host";
import { formatsIn } from "../format";
import { fr as plural } from "../plural";
import { rooms, years } from "./figures";

const { amount, date } = formatsIn("fr");
/** A sentence about a condition: with the years that it lasts, or the smallest number of rooms. */
type InWords = (figure: number) => string;

export const aid = {
	title: "Daam Sakane",
	open: "Répondre aux questions",
	openText: "Sept questions au plus, rien à écrire",
	intro: {
		title: "Avez-vous droit à l’aide directe au logement\u00a0?",
		text: "Sept questions au plus. Répondez par oui ou par non\u00a0; nous vous disons ce que cela change.",
		kept: "Vos réponses ne sont ni enregistrées ni envoyées. Elles disparaissent quand vous quittez cette page.",
		alone: "J’achète seul(e)",
		couple: "Nous achetons à deux",
		coupleText: "Chacun répond à son tour. Le résultat est commun\u00a0: il ne dit pas qui a répondu quoi.",
	},
	count: (n: number, most: number) => `Question ${n}, sur ${most} au plus`,
	person: (n: number): string => (n === 1 ? "Première personne" : "Seconde personne"),
	yes: "Oui",
	no: "Non",
	unsure: "Je ne sais pas",
	questions: {
		moroccan_national: () => "Avez-vous la nationalité marocaine\u00a0?",
		first_state_aid: () => "Est-ce la première aide de l’État que vous recevriez pour un logement au Maroc\u00a0?",
		only_home: () => "Le jour de l’achat, ce sera le seul logement que vous possédez au Maroc\u00a0?",
		only_a_share: () => "De cet autre logement, vous ne possédez qu’une part, par exemple par héritage\u00a0?",
		main_home: (n: number) =>
			`Pendant ${years(n)}, ce sera votre habitation au Maroc, ou vous la prêterez gratuitement à votre famille proche\u00a0?`,
		no_letting: (n: number) => `Pendant ces ${years(n)}, vous ne louerez pas le logement\u00a0?`,
		notary_and_mortgage: (n: number) =>
			`Acceptez-vous de signer les deux actes chez le notaire, avec une hypothèque au profit de l’État pendant ${years(n)}\u00a0?`,
	} satisfies Record<AidQuestion, InWords>,
	hints: {
		moroccan_national: () => "Résidant au Maroc ou à l’étranger, seul(e) ou non.",
		first_state_aid: () => "Répondez «\u00a0non\u00a0» si vous en avez déjà reçu une.",
		only_home: () => "Répondez «\u00a0non\u00a0» si vous en possédez déjà un autre, même en partie.",
		only_a_share: () => "Répondez «\u00a0non\u00a0» si ce logement est entièrement à vous.",
		main_home: (n: number) =>
			`Famille proche\u00a0: conjoint, parents ou enfants. La durée de ${years(n)} part de l’acte définitif.`,
		no_letting: () => "Répondez «\u00a0oui\u00a0» si vous vous engagez à ne pas le louer.",
		notary_and_mortgage: () => "L’hypothèque garantit que ces conditions sont respectées.",
	} satisfies Record<AidQuestion, InWords>,
	handOver: {
		title: "Passez l’écran à la seconde personne",
		text: "Les réponses données ne sont plus visibles. Les mêmes questions vont être posées à nouveau.",
		ready: "Je suis prêt(e)",
	},
	restart: "Recommencer",
	verdict: {
		met: "Vous pourriez bénéficier de l’aide",
		unmet: "D’après ces réponses, l’aide n’est pas possible",
		to_confirm: "L’aide est peut-être possible\u00a0: à confirmer au comptoir",
	},
	couple:
		"Réponse commune pour deux acheteurs. Les règles pour un achat à deux sont à confirmer au comptoir du ministère.",
	unmetTitle: "La condition non remplie",
	unmet: {
		moroccan_national: () => "L’aide est réservée aux personnes de nationalité marocaine.",
		first_state_aid: () => "L’aide n’est accordée qu’à qui n’a jamais reçu d’aide de l’État pour un logement.",
		only_home: () => "Le jour de l’achat, l’acheteur ne doit posséder aucun logement au Maroc.",
		only_a_share: () => "Le jour de l’achat, l’acheteur ne doit posséder aucun logement au Maroc.",
		main_home: (n: number) =>
			`Le logement doit rester l’habitation principale pendant ${years(n)}, ou être prêté gratuitement à la famille proche.`,
		no_letting: (n: number) => `Le logement ne peut pas être loué pendant ${years(n)}.`,
		notary_and_mortgage: (n: number) =>
			`Les deux actes se signent chez le notaire et l’État prend une hypothèque pendant ${years(n)}.`,
	} satisfies Record<AidQuestion, InWords>,
	unsureTitle: "À vérifier avec le ministère",
	reportedTitle: (version: string) => `Loi de ${version}\u00a0: rapportée par la presse, à confirmer`,
	reported: {
		co_owners_admitted: () => "Posséder une part d’un logement, par exemple par héritage, n’exclurait plus de l’aide.",
		early_release_repaid: (n: number) => `Lever l’hypothèque avant ${years(n)} obligerait à rembourser toute l’aide.`,
	} satisfies Record<AidChange, InWords>,
	dependsOnReported: "Votre réponse dépend de ce texte\u00a0: demandez au comptoir s’il est appliqué.",
	bandsTitle: "Montant selon le prix TTC",
	band: (centimes: number, above: number | null, limit: number) =>
		above === null
			? `${amount(centimes)} jusqu’à ${amount(limit)}`
			: `${amount(centimes)} au-dessus de ${amount(above)} et jusqu’à ${amount(limit)}`,
	beyond: (limit: number) => `Pas d’aide au-dessus de ${amount(limit)}`,
	unitsTitle: "Pour vos logements",
	obstacles: {
		price: () => "Pas d’aide\u00a0: le prix dépasse le plafond.",
		type: () => "Pas d’aide\u00a0: ce type de bien n’y ouvre pas droit.",
		rooms: (n: number) => `Pas d’aide\u00a0: il faut au moins ${rooms(n)}.`,
		permit: () => "Pas d’aide\u00a0: le permis d’habiter est trop ancien.",
	} satisfies Record<AidObstacle, InWords>,
	homes: "Voir les logements concernés",
	stepsTitle: "Les étapes et leurs délais",
	steps: {
		register: "Vous vous inscrivez sur le site officiel.",
		first_approval: "Accord préliminaire.",
		preliminary_deed: "Vous signez le compromis chez le notaire.",
		notary_files: "Le notaire dépose le compromis et le permis d’habiter.",
		payment_to_notary: "L’aide est versée au notaire, pas à vous.",
		final_deed: "Vous signez l’acte définitif\u00a0; sinon l’argent est rendu à l’État.",
	} satisfies Record<AidStepId, string>,
	within: (days: number) => plural(days, { one: `Délai\u00a0: ${days} jour.`, other: `Délai\u00a0: ${days} jours.` }),
	toConfirm: "à confirmer au comptoir",
	official: "Le site officiel",
	scan: "Scannez avec votre téléphone",
	source: (version: string, day: string) =>
		`Résultat indicatif\u00a0: le notaire et la CNRA décident. Règle ${version}, vérifiée le ${date(day)}.`,
	noRule: "Aucune règle n’est en vigueur aujourd’hui. Demandez au comptoir du ministère.",
};
