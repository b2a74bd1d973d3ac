/** Messages of the day close. */
import type { ClosingStage, ExportFormat, ExportScope } from "@/host";
import { formatsIn } from "../format";
import { ar as plural } from "../plural";

const { date, dateTime, fileSize } = formatsIn("ar");

export const leads = (n: number) =>
	plural(n, {
		zero: "لا طلبات",
		one: "طلب واحد",
		two: "طلبان",
		few: `${n} طلبات`,
		many: `${n} طلباً`,
		other: `${n} طلب`,
	});

export const closing = {
	leads,
	here: {
		title: "ما يوجد هنا",
		ofDay: (day: string, n: number) => `${leads(n)} يوم ${date(day)}.`,
		total: (n: number) => `${leads(n)} في المجموع منذ البداية.`,
		allSent: "وصل كل شيء إلى المنصة.",
		waiting: (n: number) => `لم يصل بعد إلى المنصة: ${leads(n)}.`,
		staffOnly: (n: number) => `في انتظار عبارة المرور قبل الإرسال: ${leads(n)}.`,
		rejected: (n: number) => `رفضت المنصة ${leads(n)}: انظروا شاشة الطلبات.`,
		none: "لا طلبات في هذا الجهاز، فلا شيء يُقفل.",
	},
	day: {
		title: "أي يوم",
		all: "كل الأيام",
		unsent: (n: number) => `منها ${n} لم تُرسل بعد`,
		closedOn: (instant: string) => `أُقفل يوم ${dateTime(instant)}`,
		open: "لم يُقفل بعد",
		left: (n: number) => `الجديد منذ آخر تصدير: ${leads(n)}`,
		more: "الأيام السابقة",
		before: "صُدّر من قبل",
		beforeLine: (instant: string, format: string, n: number, initials: string | null) =>
			`\u2068${dateTime(instant)}\u2069 · \u2068${format}\u2069 · \u2068${leads(n)}\u2069${
				initials === null ? "" : ` · بواسطة \u2068${initials}\u2069`
			}`,
		scope: { all: "كل الطلبات", new: "الجديد منذ آخر تصدير" } satisfies Record<ExportScope, string>,
		nothingNew: "كل شيء موجود في تصدير سابق. يمكنكم إجراء تصدير آخر.",
	},
	format: {
		title: "أي ملفات",
		names: { age: "ملف مشفّر", xlsx: "Excel", csv: "CSV" } satisfies Record<ExportFormat, string>,
		texts: {
			age: "لا يُفتح إلا بعبارة مرور الرواق. هو الخيار المناسب لحمل الطلبات.",
			xlsx: "للقراءة والترتيب والتصفية فوراً، في Excel أو LibreOffice.",
			csv: "لنقل الطلبات إلى برنامج آخر.",
		} satisfies Record<ExportFormat, string>,
		readable: "يقرؤه كل من يجد المفتاح: لا تتركوه.",
		atLeastOne: "اختاروا ملفاً واحداً على الأقل.",
	},
	place: {
		title: "أين",
		stick: "مفتاح USB",
		machine: "مجلد في الجهاز",
		free: (bytes: number) => `${fileSize(bytes)} متاحة`,
		noStick: "لا يوجد مفتاح USB موصول: ستبقى النسخة الوحيدة في هذا الجهاز. صِلوا مفتاحاً وسيظهر هنا تلقائياً.",
		machineChosen: "تبقى النسخة الوحيدة في هذا الجهاز.",
	},
	who: {
		label: "من يُقفل اليوم؟",
		hint: "الأحرف الأولى من الاسم، أربعة على الأكثر. اختياري.",
	},
	run: {
		confirm: "الكتابة والإقفال",
		summary: (what: string, place: string) => `\u2068${what}\u2069 إلى \u2068${place}\u2069.`,
		needPassphrase: "أدخلوا عبارة المرور أولاً.",
		stages: {
			idle: "جارٍ التحضير…",
			preparing: "جارٍ فتح الطلبات وتحضير الملفات…",
			writing: "جارٍ الكتابة…",
			checking: "جارٍ إعادة القراءة والمقارنة…",
		} satisfies Record<ClosingStage, string>,
		keep: "لا تنزعوا المفتاح.",
		cancel: "إلغاء",
		cancelling: "جارٍ الإلغاء…",
		stillOpen: "لم يُكتب شيء، ويبقى اليوم مفتوحاً.",
	},
	receipt: {
		title: "كُتبت الملفات وأُعيدت قراءتها وقورنت",
		count: (n: number) => `${leads(n)} في كل ملف`,
		canUnplug: "يمكنكم نزع المفتاح.",
		onMachine: "هذه النسخة في الجهاز. خذوا نسخة على مفتاح في أقرب وقت.",
		allSent: "وصل كل شيء أيضاً إلى المنصة.",
		stillUnsent: (n: number) => `${leads(n)} لم تصل بعد إلى المنصة: اتركوا الجهاز مشغّلاً أو احفظوا هذه الملفات في أمان.`,
		unopened: (n: number) => `${leads(n)} لا تُفتح بعبارة المرور هذه: تبقى في الجهاز.`,
		unreadable: (n: number) => `تعذّرت قراءة ${leads(n)} في هذا الجهاز، ولا توجد في أي من هذه الملفات: أخبروا المقر.`,
		sha: "بصمة SHA-256",
		code: "الوصل في رمز QR: صوّروه للاحتفاظ به.",
		file: "الوصل الموقّع بجوار الملفات",
		unsigned: "لم يتمكن الجهاز من توقيع الوصل لأن قرصه معطل.",
		again: "تصدير آخر",
		lock: "قفل",
	},
};
