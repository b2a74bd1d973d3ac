import { formatsIn, isolated } from "../format";
import type { afford as french } from "../fr/afford";
import { de as plural } from "../plural";
import { percent } from "./figures";

const { amount, date } = formatsIn("de");

export const afford: typeof french = {
	title: "Was kann ich mir leisten?",
	tile: "Was kann ich mir leisten?",
	tileText: "Ihr Budget mit allen Kosten und die Projekte in Reichweite",
	step: (at, of) => `Frage ${at} von ${of}`,
	questions: {
		cash: "Wie viel haben Sie heute?",
		monthly: "Wie viel können Sie im Monat zahlen?",
		rate: "Welchen Zinssatz nennt Ihre Bank?",
		years: "Über wie viele Jahre?",
		origin: "Woher kommt das Geld?",
	},
	hints: {
		cash: "Ihre Ersparnisse, ohne Kredit. Nichts wird gespeichert: Ihre Antworten werden nach dem Besuch gelöscht.",
		monthly: "Die Rate eines Kredits, falls Sie einen aufnehmen.",
		rate: "Der Jahreszins Ihrer Bank. Dieser Kiosk schlägt keinen vor; 0\u00a0% geht auch. Fragen Sie, ob die MwSt. auf die Zinsen enthalten ist.",
		years: "Die Laufzeit des Kredits.",
		origin: "Davon hängen die Devisenregeln ab, für den Kauf und für einen Kredit.",
	},
	units: { rate: "% im Jahr", years: (n) => plural(n ?? 2, { one: "Jahr", other: "Jahre" }) },
	origins: { abroad: "Aus dem Ausland", morocco: "Aus Marokko", both: "Aus beiden" },
	dirhams: "Dirham",
	approximation: (dirhams, day) => `Etwa ${amount(dirhams)}, Richtkurs vom ${date(day)} (Demonstration)`,
	answer: (digits, unit) => `${digits}\u00a0${unit}`,
	notAnswered: "Keine Antwort",
	skip: "Überspringen",
	next: "Weiter",
	seeResult: "Ergebnis ansehen",
	change: "Ändern",
	restart: "Neu beginnen",
	pad: { decimal: "Komma", erase: "Eine Ziffer löschen", clear: "Löschen", less: "Weniger", more: "Mehr" },
	resultTitle: "Ihr Budget",
	budget: "Gesamtbudget",
	cash: "Verfügbar",
	loan: "Kredit, den die Rate abzahlt",
	within: "Projekte mit einem Objekt in Reichweite, Kosten enthalten",
	withoutAid: "Ohne die direkte Beihilfe",
	withAid: "Falls die Förderung bewilligt wird",
	answers: "Ihre Antworten",
	noResult:
		"Geben Sie an, was Sie haben, oder eine Monatsrate mit Zins und Laufzeit, um zu sehen, was in Reichweite ist.",
	failed: "Die Berechnung ist fehlgeschlagen. Die Beratung am Stand kann Ihnen helfen.",
	fault: (question, problem) =>
		problem === "zero"
			? "Das Budget ist null: Geben Sie einen Betrag oder eine Monatsrate ein."
			: problem === "no_term"
				? "Die Laufzeit ist null: Geben Sie mindestens ein Jahr ein."
				: problem === "negative"
					? "Ein Betrag kann nicht negativ sein: Bitte korrigieren."
					: question === "rate"
						? "Dieser Zinssatz ist zu hoch: höchstens 30\u00a0%."
						: question === "years"
							? "Diese Laufzeit ist zu lang: höchstens 40 Jahre."
							: "Dieser Betrag ist zu groß: höchstens eine Milliarde Dirham.",
	banks: (low, high, yearsLow, yearsHigh) =>
		`Banken begrenzen Schulden auf ${percent(low)} bis ${percent(high)} des Einkommens und Laufzeiten auf ${yearsLow} bis ${yearsHigh} Jahre. Das ist keine Zusage: Fragen Sie eine Bank.`,
	method: "Berechnung",
	methods: {
		price: "Preis im Katalog, inkl. aller Steuern.",
		registration: "Preis × Satz der Registergebühr (bebaut oder unbebaut).",
		land_registry: "Preis × Satz des Grundbuchamts + fester Teil, mit einem Mindestbetrag.",
		certificate: "Fester Betrag je Nachweis.",
		notary: "Preis × Satz, mit einem Mindestbetrag: üblich ist eine Spanne.",
		notary_vat: "Honorar × Satz der MwSt.",
		notary_package: (limit) =>
			`Höchstens diese Pauschale für Wohnungen bis ${amount(limit)}, inkl. aller Steuern, ohne Abgaben an den Staat.`,
		miscellaneous: "Stempel, Kopien, Formalitäten: eine übliche Spanne.",
		mortgage_entry: "Fester Betrag bis zu einer Grenze, dann Kreditsumme × Satz. Mit dem Notariat zu klären.",
		untraced_payment:
			"Preis × Satz, wenn die Urkunde keine Angaben zur Zahlung enthält; nur auf den bar gezahlten Teil, falls es einen gibt.",
		annuity:
			"Rate = Summe × Monatszins ÷ (1 − (1 + Monatszins) hoch −Anzahl der Monate); bei 0\u00a0% Summe ÷ Anzahl der Monate. Zins und Laufzeit sind Ihre.",
		off_plan: "Preis × Anteil jeder Stufe.",
		foreign: "Preis × in Fremdwährung gezahlter Anteil.",
	},
	source: "Quelle:",
	checked: (day) => `, geprüft am ${date(day)}.`,
	toConfirm: "Am Stand zu bestätigen.",
	range: "bis",
	extra: {
		mortgage_entry: "Eintragung der Hypothek (zusätzlich, mit Kredit)",
		untraced_payment: "Abgabe, die Sie bei Zahlung per Überweisung, Verrechnungsscheck oder Karte vermeiden",
	},
	threshold: (excess, limit, lost) =>
		`Dieser Preis liegt ${amount(excess)} über der Grenze von ${amount(limit)}: Diese Differenz kostet ${amount(lost)} Förderung.`,
	nearest: (number, price) => `Nächstes Objekt unter der Grenze: ${isolated(number)}, ${amount(price)}`,
	noNearest: "Unter dieser Grenze ist kein Objekt derselben Art verfügbar.",
	paymentTitle: "Wie Sie es bezahlen",
	needed: "Nötiges Geld vor den Schlüsseln",
	neededWithAid: "Nötiges Geld, falls die Förderung bewilligt wird",
	loanSum: "Zu leihen",
	monthly: "Monatsrate",
	monthlyWithAid: "Monatsrate, falls die Förderung bewilligt wird",
	answerFirst: "Einige Fragen beantworten",
	noLoan: "Mit dem, was Sie haben, ist kein Kredit nötig.",
	loanUnknown: "Ohne Zins und Laufzeit wird die Monatsrate nicht berechnet.",
	monthlyLeftOut: "Ohne Zins und Laufzeit zählt die Monatsrate in diesem Budget nicht.",
	financed: (from, to) => `Banken finanzieren meist ${amount(from)} bis ${amount(to)} dieses Preises.`,
	tableTitle: "Der Kredit Jahr für Jahr",
	table: { year: "Jahr", interest: "Zinsen", repaid: "Getilgt", rest: "Rest" },
	chart: (years) => `Rest am Ende jedes Jahres, über ${years} Jahre`,
	offPlanTitle: "Zahlungen nach Bauabschnitt",
	stages: {
		reservation: "Reservierung",
		preliminary_contract: "Vorvertrag",
		start_of_works: "Baubeginn",
		three_phases: "Drei Abschnitte: Fundament und Erdgeschoss, Rohbau, Ausbau mit Freigabe",
		keys: "Endgültige Urkunde und Schlüssel",
	},
	share: percent,
	beforeKeys: "Summe vor den Schlüsseln",
	guarantee:
		"Verlangen Sie nach dem Vorvertrag die Garantie für Fertigstellung oder Erstattung. Die Förderung wird nie bei der Reservierung gezahlt.",
	foreignTitle: "In Fremdwährung gezahlter Anteil",
	foreignShare: (basisPoints) => `${percent(basisPoints)} des Preises`,
	foreignRequired: (basisPoints, centimes) =>
		`Wenn Sie im Ausland leben, verlangt ein Kredit in Dirham mindestens ${percent(basisPoints)} des Preises in Fremdwährung: ${amount(centimes)}. Sie können auch wie Ansässige leihen, ohne das Recht, beim Wiederverkauf ins Ausland zu überweisen.`,
	foreignMissing: (centimes) => `Für dieses Minimum fehlen ${amount(centimes)} in Fremdwährung.`,
	foreignEnough: "Dieser Anteil erreicht das Minimum.",
	transferable: (basisPoints) =>
		basisPoints >= 10_000
			? "Beim Wiederverkauf kann der ganze Erlös ins Ausland überwiesen werden."
			: basisPoints === 0
				? "Beim Wiederverkauf kann nichts ins Ausland überwiesen werden."
				: `Beim Wiederverkauf kann nur der in Fremdwährung gezahlte Anteil (${percent(basisPoints)}) ins Ausland überwiesen werden.`,
	proofs: (centimes) =>
		`Heben Sie die Überweisungsbelege und die Umtauschnachweise Ihrer Bank auf. Bargeld ab ${amount(centimes)} wird beim Zoll angemeldet.`,
	notCalculated: "Was nicht berechnet wurde",
	desk: (name) => `Am Stand: ${isolated(name)}`,
	missing: {
		loan: "Zusage und Zins einer Bank, Kreditversicherung, MwSt. auf die Zinsen",
		aid: "Ihr persönlicher Anspruch auf die direkte Beihilfe",
		notary: "Die genauen Kosten der Urkunde, der ermäßigte Satz für geförderten Wohnbau",
		advisor: "Jährliche Steuern und Kosten der Eigentümergemeinschaft",
	},
	noCash: "Am Stand nimmt niemand Bargeld an.",
};
