import { formatsIn } from "../format";
import type { common as Reference } from "../fr/common";
import { ar as plural } from "../plural";

const { amount, date, number } = formatsIn("ar");

const projects = (n: number) =>
	plural(n, {
		zero: "لا مشروع",
		one: "مشروع واحد",
		two: "مشروعان",
		few: `${number(n)} مشاريع`,
		many: `${number(n)} مشروعًا`,
		other: `${number(n)} مشروع`,
	});

export const common: typeof Reference = {
	close: "إغلاق",
	back: "رجوع",
	home: "الرئيسية",
	explore: "المشاريع",
	selection: "اختياراتي",
	language: "اللغة",
	comfort: "سهولة القراءة",
	callMe: "اتصلوا بي",
	demonstration: "نسخة تجريبية: معطيات غير حقيقية",
	projects,
	retry: "إعادة المحاولة",
	attract: {
		touch: "اضغطوا على الشاشة للبدء",
	},
	hero: {
		title: "بيتكم في المغرب",
		facts: (n, day) => `${projects(n)}، الأثمنة مع احتساب الرسوم بتاريخ ${date(day)}`,
		noCatalogue: "ستصل لائحة المشاريع قريبًا. اتركوا معلومات الاتصال بكم ليقدم لكم أحد المستشارين المشاريع.",
		action: "مشاهدة المشاريع",
	},
	tiles: {
		town: "في مدينتي",
		townText: "اكتبوا اسم مدينتكم أو مدينة والديكم",
		aid: "الدعم المباشر للسكن",
		aidText: (upTo) => `دعم من الدولة قد يصل إلى ${amount(upTo)}`,
		land: "بقع ومحلات",
		landText: "لبناء منزل أو فتح متجر أو إقامة نشاط",
		callMe: "اتصلوا بي",
		callMeText: "اتركوا معلومات الاتصال بكم: يجيبكم مستشار بالهاتف أو واتساب أو البريد الإلكتروني",
	},
	offerProjects: "مشاهدة المشاريع ذات العروض الخاصة",
	offersNow: "العروض الخاصة الحالية",
	until: (day) => `إلى غاية ${date(day)}`,
	languageSheet: {
		title: "اختاروا لغتكم",
		kept: "لن يضيع شيء مما اخترتموه أو كتبتموه.",
	},
	comfortSheet: {
		title: "سهولة القراءة",
		text: "حجم النص",
		normal: "عادي",
		large: "كبير",
		larger: "كبير جدًا",
		contrast: "تباين قوي",
		contrastText: "أسود على أبيض، بحدود واضحة",
		lowered: "أزرار في الأسفل",
		loweredText: "ينزل المحتوى إلى متناول شخص جالس",
		calm: "حركة أقل",
		calmText: "تتغير الصور دون حركة",
	},
	idle: {
		title: "هل ما زلتم هنا؟",
		text: (seconds) =>
			`ستُمحى أجوبتكم واختياراتكم بعد ${plural(seconds, {
				zero: "لحظات",
				one: "ثانية واحدة",
				two: "ثانيتين",
				few: `${seconds} ثوانٍ`,
				many: `${seconds} ثانية`,
				other: `${seconds} ثانية`,
			})}.`,
		here: "أنا هنا",
		end: "انتهيت",
	},
	/** Shown in all languages at once when a script failed. */
	failure: {
		title: "لحظة من فضلكم",
		text: "توقفت هذه الشاشة. اضغطوا على الزر للبدء من جديد.",
		action: "البدء من جديد",
	},
	endVisit: {
		short: "إنهاء",
		title: "هل تريدون إنهاء زيارتكم؟",
		text: "ستُمحى اختياراتكم وبحثكم وأجوبتكم من هذا الجهاز.",
		confirm: "محو كل شيء والإنهاء",
		stay: "متابعة",
	},
	errorState: {
		title: "لحظة من فضلكم",
		text: "تعذر إظهار هذه الصفحة. اضغطوا على «إعادة المحاولة» أو اسألوا فريق الرواق.",
		notFound: "لم يعد هذا المشروع في اللائحة",
		notFoundText: "تم تحديث لائحة المشاريع للتو. مشاريع أخرى في انتظاركم.",
		noCatalogue: "لائحة المشاريع غير متوفرة بعد",
		noCatalogueText: "اتركوا معلومات الاتصال بكم ليقدم لكم مستشار المشاريع التي تهمكم.",
	},
};
