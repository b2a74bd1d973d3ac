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
	explore: "استكشاف",
	selection: "اختياراتي",
	language: "اللغة",
	comfort: "الراحة",
	callMe: "اتصلوا بي",
	demonstration: "عرض تجريبي: بيانات غير حقيقية",
	projects,
	retry: "إعادة المحاولة",
	attract: {
		touch: "المسوا الشاشة للبدء",
	},
	hero: {
		title: "بيتكم في المغرب",
		facts: (n, day) => `${projects(n)} في الجهات الاثنتي عشرة، الأثمنة شاملة للرسوم بتاريخ ${date(day)}`,
		noCatalogue: "قائمة المشاريع في الطريق. اتركوا معلومات الاتصال بكم ليقدم لكم أحد المستشارين المشاريع.",
		action: "استكشفوا المشاريع",
	},
	tiles: {
		town: "في مدينتي",
		townText: "اكتبوا اسم مدينتكم أو مدينة والديكم",
		aid: "الدعم المباشر للسكن",
		aidText: (upTo) => `مساكن تتيح الاستفادة من الدعم، إلى غاية ${amount(upTo)}`,
		land: "بقع ومحلات",
		landText: "لبناء منزل أو فتح متجر أو إقامة نشاط",
		callMe: "اتصلوا بي",
		callMeText: "يتصل بكم مستشار بلغتكم، مجانًا",
	},
	offerProjects: "عرض المشاريع المشمولة بعروض",
	offersNow: "العروض الحالية",
	until: (day) => `إلى غاية ${date(day)}`,
	languageSheet: {
		title: "اختاروا لغتكم",
		kept: "لن يضيع شيء مما اخترتموه أو كتبتموه.",
	},
	comfortSheet: {
		title: "راحة القراءة",
		text: "حجم النص",
		normal: "عادي",
		large: "كبير",
		larger: "كبير جدًا",
		contrast: "تباين قوي",
		contrastText: "أسود على أبيض، بحدود واضحة",
		lowered: "أزرار منخفضة",
		loweredText: "تنزل الشاشة إلى متناول شخص جالس",
		calm: "حركة أقل",
		calmText: "تتغير الصور دون حركة",
	},
	idle: {
		title: "هل ما زلتم هنا؟",
		text: (seconds) =>
			`سيُمحى كل ما كتبتموه خلال ${plural(seconds, {
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
		text: "توقفت هذه الشاشة. المسوا الزر للبدء من جديد.",
		action: "ابدأوا من جديد",
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
		text: "تعذر إعداد هذه الشاشة. يمكن لأحد أعضاء الفريق مساعدتكم.",
		notFound: "لم يعد هذا المشروع في القائمة",
		notFoundText: "تم تحديث قائمة المشاريع للتو. مشاريع أخرى في انتظاركم.",
		noCatalogue: "قائمة المشاريع غير متوفرة بعد",
		noCatalogueText: "اتركوا معلومات الاتصال بكم ليقدم لكم مستشار المشاريع التي تهمكم.",
	},
};
