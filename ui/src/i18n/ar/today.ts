import type { FormStep } from "@/host";
import { formatsIn } from "../format";
import { ar as plural } from "../plural";

const { date, dateTime, fileSize, number } = formatsIn("ar");

const leads = (n: number) =>
	plural(n, {
		zero: "لا طلبات",
		one: "طلب واحد",
		two: "طلبان",
		few: `${n} طلبات`,
		many: `${n} طلباً`,
		other: `${number(n)} طلب`,
	});

export const today = {
	attention: "ما يتطلب انتباهكم الآن",
	quiet: "كل شيء على ما يرام. لا شيء يتطلب انتباهكم.",
	go: {
		close: "إقفال اليوم",
		leads: "عرض الطلبات",
		catalogue: "عرض الكتالوج",
		audit: "عرض السجل",
		device: "عرض حالة الجهاز",
		sync: "المحاولة الآن",
	},
	fileDamaged: "وجد الفحص الأخير تلفاً في ملف الطلبات. اتركوا الجهاز مشغّلاً واتصلوا بالمشغّل.",
	diskLow: (bytes: number) =>
		`لم يبق على القرص سوى ${fileSize(bytes)}. اطلبوا من المشغّل إزالة الملفات المصدَّرة القديمة.`,
	clockWrong: (difference: string) => `ساعة الجهاز ${difference}. اطلبوا من المشغّل ضبطها: عليها تعتمد أوقات الطلبات.`,
	waitsLong: (n: number) =>
		`في انتظار الإرسال: ${leads(n)}، أقدمها منذ أكثر من يوم. صِلوا الجهاز بالشبكة، وصدّروا الطلبات في هذه الأثناء.`,
	notExported: (day: string, n: number) => `لم يكتمل تصدير طلبات ${date(day)}: بقي ${leads(n)}. أقفلوا ذلك اليوم.`,
	afterClose: (n: number) => `بعد إقفال اليوم وصل ${leads(n)}. أقفلوا اليوم من جديد.`,
	quarantined: (n: number) => `طلبات لم تتمكن المنصة من قراءتها: ${leads(n)}. صدّروها وأخبروا المقر.`,
	noCatalogue: "لا يوجد كتالوج في الجهاز: لا يرى الزوار أي مشروع. حمّلوا كتالوجاً من مفتاح USB.",
	tonight: (n: number) => `أقفلوا اليوم هذا المساء: بقي للتصدير ${leads(n)}.`,
	closed: (instant: string) => `أُقفل اليوم: ${dateTime(instant)}.`,

	sentTotal: (n: number) => `المُرسلة منذ البداية: ${number(n)}.`,
	visits: "زيارات اليوم",
	perVisits: (n: number) => `${number(n)} لكل 100 زيارة`,
	byHour: "الطلبات حسب الساعة",
	hourHeading: "الساعة",
	countHeading: "الطلبات",
	byType: "أنواع العقار",
	byDesk: "مع من يودّون الحديث",
	none: "لا جواب",
	visitsTitle: "الزيارات",
	visitsNote: "تُحسب دون أسماء ودون نصوص ودون اختيارات أي شخص.",
	noVisits: "لم تنته أي زيارة اليوم.",
	visitLanguages: "لغات الزيارات",
	formLeft: "غادروا الاستمارة عند",
	formFinished: "لم يغادرها أحد",
	steps: { who: "معلومات الاتصال", what: "البحث", when: "معاودة الاتصال", review: "المراجعة" } satisfies Record<
		FormStep,
		string
	>,
	noResult: (n: number) =>
		plural(n, {
			zero: "لا عمليات بحث دون نتيجة.",
			one: "عملية بحث واحدة دون نتيجة.",
			two: "عمليتا بحث دون نتيجة.",
			few: `${n} عمليات بحث دون نتيجة.`,
			many: `${n} عملية بحث دون نتيجة.`,
			other: `${number(n)} عملية بحث دون نتيجة.`,
		}),
};
