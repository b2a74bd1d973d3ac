import { formatsIn } from "../format";
import type { afford as french } from "../fr/afford";
import { en as plural } from "../plural";
import { percent } from "./figures";

const { amount, date } = formatsIn("en");

export const afford: typeof french = {
	title: "What can I afford?",
	tile: "What can I afford?",
	tileText: "Your budget with all costs, and the projects within reach",
	step: (at, of) => `Question ${at} of ${of}`,
	questions: {
		cash: "How much do you have today?",
		monthly: "How much can you pay each month?",
		rate: "What rate does your bank quote?",
		years: "Over how many years?",
		origin: "Where does the money come from?",
	},
	hints: {
		cash: "Your savings, without a loan. Nothing is stored: your answers are erased when the visit ends.",
		monthly: "The instalment of a loan, if you take one.",
		rate: "Your bank’s yearly rate. This kiosk proposes none; 0% works too. Ask whether VAT on the interest is included.",
		years: "The term of the loan.",
		origin: "The exchange rules depend on it, for the purchase and for a loan.",
	},
	units: { rate: "% a year", years: (n) => plural(n ?? 2, { one: "year", other: "years" }) },
	origins: { abroad: "From abroad", morocco: "From Morocco", both: "From both" },
	dirhams: "Dirhams",
	approximation: (dirhams, day) => `About ${amount(dirhams)}, indicative rate of ${date(day)} (demonstration)`,
	answer: (digits, unit) => `${digits}\u00a0${unit}`,
	notAnswered: "No answer",
	skip: "Skip",
	next: "Next",
	seeResult: "See the result",
	change: "Change",
	restart: "Start again",
	pad: { decimal: "Decimal point", erase: "Erase one digit", clear: "Clear", less: "Less", more: "More" },
	resultTitle: "Your budget",
	budget: "Total budget",
	cash: "Available",
	loan: "Loan that the payment repays",
	within: "Projects with a property within reach, costs included",
	withoutAid: "Without the direct aid",
	withAid: "If the aid is granted",
	answers: "Your answers",
	noResult: "Enter what you have, or a monthly payment with its rate and term, to see what is within reach.",
	failed: "The calculation failed. An advisor at the stand can help you.",
	fault: (question, problem) =>
		problem === "zero"
			? "The budget is zero: enter a sum or a monthly payment."
			: problem === "no_term"
				? "The term is zero: enter at least one year."
				: problem === "negative"
					? "An amount cannot be negative: correct it."
					: question === "rate"
						? "This rate is too high: enter at most 30%."
						: question === "years"
							? "This term is too long: enter at most 40 years."
							: "This amount is too large to calculate: enter at most one billion dirhams.",
	banks: (low, high, yearsLow, yearsHigh) =>
		`Banks limit debts to ${percent(low)} to ${percent(high)} of income and terms to ${yearsLow} to ${yearsHigh} years. This is not a decision: ask a bank.`,
	method: "Calculation",
	methods: {
		price: "Price of the catalogue, all taxes included.",
		registration: "Price × rate of the registration duty (built or bare land).",
		land_registry: "Price × rate of the land registry + fixed part, with a minimum.",
		certificate: "Fixed amount per certificate.",
		notary: "Price × rate, with a minimum: custom gives a range.",
		notary_vat: "Fee × rate of VAT.",
		notary_package: (limit) =>
			`At most this package for homes up to ${amount(limit)}, all taxes included, duties of the State not included.`,
		miscellaneous: "Stamps, copies, formalities: a range by custom.",
		mortgage_entry: "Fixed amount up to a limit, then sum borrowed × rate. To confirm with the notary.",
		untraced_payment:
			"Price × rate if the deed lacks the references of the payment; only on the part paid in cash, if there is one.",
		annuity:
			"Instalment = sum × monthly rate ÷ (1 − (1 + monthly rate) to the power of −number of months); at 0%, sum ÷ number of months. Rate and term are yours.",
		off_plan: "Price × share of each stage.",
		foreign: "Price × part paid in foreign currency.",
	},
	source: "Source:",
	checked: (day) => `, checked on ${date(day)}.`,
	toConfirm: "To confirm at the stand.",
	range: "to",
	extra: {
		mortgage_entry: "Entry of the mortgage (in addition, with a loan)",
		untraced_payment: "Duty avoided if you pay by transfer, crossed cheque or card",
	},
	threshold: (excess, limit, lost) =>
		`This price is ${amount(excess)} above the threshold of ${amount(limit)}: this excess costs ${amount(lost)} of aid.`,
	nearest: (number, price) => `Nearest property below the threshold: ${number}, ${amount(price)}`,
	noNearest: "No property of the same type is available below this threshold.",
	paymentTitle: "How to pay for it",
	needed: "Cash needed before the keys",
	neededWithAid: "Cash needed, if the aid is granted",
	loanSum: "To borrow",
	monthly: "Monthly payment",
	monthlyWithAid: "Monthly payment, if the aid is granted",
	answerFirst: "Answer a few questions",
	noLoan: "With what you have, no loan is needed.",
	loanUnknown: "Without rate and term, the monthly payment is not calculated.",
	monthlyLeftOut: "Without rate and term, the monthly payment is not counted in this budget.",
	financed: (from, to) => `Banks usually finance ${amount(from)} to ${amount(to)} of this price.`,
	tableTitle: "The loan year by year",
	table: { year: "Year", interest: "Interest", repaid: "Repaid", rest: "Remaining" },
	chart: (years) => `Remaining at the end of each year, over ${years} years`,
	offPlanTitle: "Payments by stage of construction",
	stages: {
		reservation: "Reservation",
		preliminary_contract: "Preliminary contract",
		start_of_works: "Start of building",
		three_phases: "Three phases: foundations and ground floor, structure, finishing with permit",
		keys: "Final deed and keys",
	},
	share: percent,
	beforeKeys: "Total before the keys",
	guarantee:
		"After the preliminary contract, ask for the completion or refund guarantee. The aid is never paid at reservation.",
	foreignTitle: "Part paid in foreign currency",
	foreignShare: (basisPoints) => `${percent(basisPoints)} of the price`,
	foreignRequired: (basisPoints, centimes) =>
		`If you live abroad, a loan in dirhams requires at least ${percent(basisPoints)} of the price in foreign currency: ${amount(centimes)}. You can also borrow like a resident, without the right to transfer abroad at resale.`,
	foreignMissing: (centimes) => `${amount(centimes)} in foreign currency is missing to reach this minimum.`,
	foreignEnough: "This part reaches this minimum.",
	transferable: (basisPoints) =>
		basisPoints >= 10_000
			? "At resale, all of the proceeds can be transferred abroad."
			: basisPoints === 0
				? "At resale, nothing can be transferred abroad."
				: `At resale, only the part paid in foreign currency (${percent(basisPoints)}) can be transferred abroad.`,
	proofs: (centimes) =>
		`Keep the transfer notices and the currency exchange certificates of your bank. Cash of ${amount(centimes)} or more is declared at customs.`,
	notCalculated: "What was not calculated",
	desk: (name) => `At the stand: ${name}`,
	missing: {
		loan: "Approval and rate of a bank, insurance of the loan, VAT on interest",
		aid: "Your personal right to the direct aid",
		notary: "The exact costs of the deed, the reduced rate of conventioned social housing",
		advisor: "Yearly taxes and co-ownership charges",
	},
	noCash: "Nobody takes cash at the stand.",
};
