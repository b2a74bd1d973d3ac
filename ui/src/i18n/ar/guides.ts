import { formatsIn } from "../format";
import type { guides as Reference } from "../fr/guides";
import { ar as plural } from "../plural";

const { date, number } = formatsIn("ar");

const lines = (n: number) =>
	plural(n, {
		zero: "لا سطر",
		one: "سطر واحد",
		two: "سطران",
		few: `${number(n)} أسطر`,
		many: `${number(n)} سطرًا`,
		other: `${number(n)} سطر`,
	});

export const guides: typeof Reference = {
	title: "الأدلة والمكاتب",
	lead: "مراحل الشراء بكلمات بسيطة، والأشخاص الذين يجيبونكم في هذا الرواق.",
	demonstration: "نصوص تجريبية",
	door: "الأدلة والمكاتب",
	doorText: "المراحل والوثائق، ومن يجيبكم في الرواق",
	doorPartners: "المكاتب",
	doorPartnersText: "البنك والموثق والوزارة: من يجيبكم في الرواق",
	count: (n) =>
		plural(n, {
			zero: "لا دليل",
			one: "دليل واحد",
			two: "دليلان",
			few: `${number(n)} أدلة`,
			many: `${number(n)} دليلًا`,
			other: `${number(n)} دليل`,
		}),
	situations: {
		buying: "من الزيارة الأولى إلى المفاتيح",
		off_plan: "الشراء على التصميم",
		building: "شراء بقعة وبناؤها",
		from_abroad: "الشراء من الخارج",
		financing: "التمويل",
		safety: "الشراء بأمان",
		afterwards: "بعد الشراء",
	},
	partners: "في هذا الرواق",
	version: "صيغة الدليل",
	short: "باختصار",
	detailed: "بالتفصيل",
	papers: "الوثائق المطلوبة",
	papersHint: "ضعوا علامة على ما لديكم. تُمحى العلامات عند نهاية الزيارة.",
	ready: (n, of) => `${number(n)} من ${number(of)}`,
	take: "حمل هذا الدليل معي",
	takePapers: "حمل اللائحة معي",
	notice: "انتبهوا",
	checked: (day) => `تم التحقق منه في ${date(day)}`,
	indicative: "على سبيل الإخبار فقط: القرار للموثق وللإدارات.",
	sources: "المصادر:",
	plan: "مخطط الرواق",
	here: "أنتم هنا",
	answers: "من يجيبكم هنا",
	desk: "المكان",
	hours: "أوقات الاستقبال",
	standHours: "في أوقات فتح الرواق",
	languages: "اللغات المتحدث بها",
	topics: "المواضيع",
	callBack: "طلب اتصال من هذا المكتب",
	see: "عرض هذا المكتب",
	guidesOf: "أدلة حول هذه المواضيع",
	note: (name) => `المكتب المطلوب: ${name}`,
	gone: "لم يعد هذا الدليل في الكتالوغ",
	goneText: "تم تحيين الكتالوغ للتو.",
	all: "كل الأدلة",
	open: "قراءة الدليل",
	forThisUnit: "أدلة حول هذا العقار",
	takeaway: {
		title: "حمل الدليل معكم",
		says: "ما يقوله الرمز",
		code: "رمز QR للدليل: النص مكتوب بجانبه.",
		leftOut: (n) => `لم يتسع الرمز لكل اللائحة، وبقي منها: ${lines(n)}. صوّروا اللائحة كاملة من صفحة الدليل.`,
		steps: [
			"افتحوا كاميرا هاتفكم.",
			"وجهوها نحو الرمز دون لمسه: تقترح إضافة جهة اتصال.",
			"أضيفوها: اللائحة في ملاحظاتها وتُقرأ دون شبكة.",
		],
	},
};
