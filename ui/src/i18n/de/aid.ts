import { formatsIn } from "../format";
import type { aid as French } from "../fr/aid";
import { de as plural } from "../plural";
import { rooms, years, yearsDative } from "./figures";

const { amount, date } = formatsIn("de");

export const aid: typeof French = {
	title: "Daam Sakane",
	open: "Die Fragen beantworten",
	openText: "Höchstens sieben Fragen, nichts zu schreiben",
	intro: {
		title: "Haben Sie Anspruch auf die direkte Wohnbeihilfe?",
		text: "Höchstens sieben Fragen. Antworten Sie mit Ja oder Nein; wir sagen Ihnen, was es bedeutet.",
		kept: "Ihre Antworten werden weder gespeichert noch gesendet. Sie verschwinden, wenn Sie diese Seite verlassen.",
		alone: "Ich kaufe allein",
		couple: "Wir kaufen zu zweit",
		coupleText: "Beide antworten nacheinander. Es gibt ein Ergebnis: Es sagt nicht, wer was geantwortet hat.",
	},
	count: (n, most) => `Frage ${n} von höchstens ${most}`,
	person: (n) => (n === 1 ? "Erste Person" : "Zweite Person"),
	yes: "Ja",
	no: "Nein",
	unsure: "Ich weiß nicht",
	questions: {
		moroccan_national: () => "Haben Sie die marokkanische Staatsangehörigkeit?",
		first_state_aid: () => "Wäre es die erste staatliche Hilfe, die Sie für eine Wohnung in Marokko erhalten?",
		only_home: () => "Wird es am Tag des Kaufs die einzige Wohnung sein, die Sie in Marokko besitzen?",
		only_a_share: () => "Besitzen Sie nur einen Anteil an dieser anderen Wohnung, zum Beispiel durch Erbschaft?",
		main_home: (n) =>
			`Wird sie ${years(n)} lang Ihre Wohnung in Marokko sein, oder überlassen Sie sie kostenlos nahen Angehörigen?`,
		no_letting: (n) => `Behalten Sie sie in diesen ${yearsDative(n)}, ohne sie zu vermieten?`,
		notary_and_mortgage: (n) =>
			`Sind Sie bereit, beide Urkunden im Notariat zu unterschreiben, mit einer Hypothek zugunsten des Staates für ${years(n)}?`,
	},
	hints: {
		moroccan_national: () => "Ob in Marokko oder im Ausland, allein oder nicht.",
		first_state_aid: () => "Antworten Sie „Nein“, wenn Sie schon eine erhalten haben.",
		only_home: () => "Antworten Sie „Nein“, wenn Sie schon eine andere besitzen, auch nur teilweise.",
		only_a_share: () => "Antworten Sie „Nein“, wenn diese Wohnung ganz Ihnen gehört.",
		main_home: (n) =>
			`Nahe Angehörige: Ehepartner, Eltern oder Kinder. Die Zeit von ${yearsDative(n)} beginnt mit der endgültigen Urkunde.`,
		no_letting: () => "Antworten Sie „Ja“, wenn Sie zusagen, nicht zu vermieten.",
		notary_and_mortgage: () => "Die Hypothek sichert, dass diese Bedingungen eingehalten werden.",
	},
	handOver: {
		title: "Bitte geben Sie den Bildschirm an die zweite Person",
		text: "Die gegebenen Antworten sind nicht mehr zu sehen. Dieselben Fragen werden noch einmal gestellt.",
		ready: "Ich bin bereit",
	},
	restart: "Neu beginnen",
	verdict: {
		met: "Sie könnten die Förderung erhalten",
		unmet: "Nach diesen Antworten ist die Förderung nicht möglich",
		to_confirm: "Die Förderung ist vielleicht möglich: am Schalter zu bestätigen",
	},
	couple: "Eine Antwort für zwei Käufer. Die Regeln für den gemeinsamen Kauf bestätigt der Schalter des Ministeriums.",
	unmetTitle: "Die Bedingung, die nicht erfüllt ist",
	unmet: {
		moroccan_national: () => "Die Förderung ist für Menschen mit marokkanischer Staatsangehörigkeit.",
		first_state_aid: () =>
			"Die Förderung ist nur für Menschen, die nie staatliche Hilfe für eine Wohnung erhalten haben.",
		only_home: () => "Am Tag des Kaufs darf der Käufer keine Wohnung in Marokko besitzen.",
		only_a_share: () => "Am Tag des Kaufs darf der Käufer keine Wohnung in Marokko besitzen.",
		main_home: (n) => `Sie muss ${years(n)} Hauptwohnung bleiben oder kostenlos nahen Angehörigen überlassen werden.`,
		no_letting: (n) => `Die Wohnung darf ${years(n)} nicht vermietet werden.`,
		notary_and_mortgage: (n) =>
			`Beide Urkunden werden im Notariat unterschrieben, und der Staat nimmt für ${years(n)} eine Hypothek.`,
	},
	unsureTitle: "Beim Ministerium zu klären",
	reportedTitle: (version) => `Gesetz von ${version}: laut Presse, zu bestätigen`,
	reported: {
		co_owners_admitted: () =>
			"Ein Anteil an einer Wohnung, zum Beispiel durch Erbschaft, würde Sie nicht mehr ausschließen.",
		early_release_repaid: (n) =>
			`Wer die Hypothek vor Ablauf von ${yearsDative(n)} löschen lässt, müsste die ganze Förderung zurückzahlen.`,
	},
	dependsOnReported: "Ihr Ergebnis hängt von diesem Gesetz ab: Fragen Sie am Schalter, ob es angewendet wird.",
	bandsTitle: "Betrag nach Preis inkl. aller Steuern",
	band: (centimes, above, limit) =>
		above === null
			? `${amount(centimes)} bis ${amount(limit)}`
			: `${amount(centimes)} über ${amount(above)} und bis ${amount(limit)}`,
	beyond: (limit) => `Keine Förderung über ${amount(limit)}`,
	unitsTitle: "Für Ihre Wohnungen",
	obstacles: {
		price: () => "Keine Förderung: Der Preis liegt über der Obergrenze.",
		type: () => "Keine Förderung: Diese Art von Objekt wird nicht gefördert.",
		rooms: (n) => `Keine Förderung: Mindestens ${rooms(n)} sind nötig.`,
		permit: () => "Keine Förderung: Die Bezugsfreigabe ist zu alt.",
	},
	homes: "Diese Wohnungen ansehen",
	stepsTitle: "Die Schritte und ihre Fristen",
	steps: {
		register: "Sie melden sich auf der offiziellen Seite an.",
		first_approval: "Vorläufige Zusage.",
		preliminary_deed: "Sie unterschreiben die vorläufige Urkunde im Notariat.",
		notary_files: "Das Notariat reicht die Urkunde und die Bezugsfreigabe ein.",
		payment_to_notary: "Die Förderung wird an das Notariat gezahlt, nicht an Sie.",
		final_deed: "Sie unterschreiben die endgültige Urkunde; sonst geht das Geld an den Staat zurück.",
	},
	within: (days) => plural(days, { one: `Frist: ${days} Tag.`, other: `Frist: ${days} Tage.` }),
	toConfirm: "am Schalter zu bestätigen",
	official: "Die offizielle Seite",
	scan: "Mit Ihrem Telefon scannen",
	source: (version, day) =>
		`Nur zur Orientierung: Notariat und CNRA entscheiden. Regel ${version}, geprüft am ${date(day)}.`,
	noRule: "Heute ist keine Regel in Kraft. Fragen Sie am Schalter des Ministeriums.",
};
