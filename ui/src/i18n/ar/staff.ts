import type { AuditAct, AuditDetail, DiskFault, ErrorCode } from "@/host";
import { formatsIn, largestUnit } from "../format";
import { ar as plural } from "../plural";
import { closing, leads } from "./closing";

const { date, dateTime, fileSize, number } = formatsIn("ar");

type Params = Record<string, string>;

const projectCount = (n: number) =>
	plural(n, {
		zero: "لا مشاريع",
		one: "مشروع واحد",
		two: "مشروعان",
		few: `${n} مشاريع`,
		many: `${n} مشروعاً`,
		other: `${number(n)} مشروع`,
	});

/** A duration in its largest suitable unit. */
function duration(seconds: number): string {
	const { value, unit } = largestUnit(seconds);
	switch (unit) {
		case "second":
			return `${value} ث`;
		case "minute":
			return `${value} د`;
		case "hour":
			return `${value} س`;
		case "day":
			return plural(value, {
				zero: "0 يوم",
				one: "يوم واحد",
				two: "يومين",
				few: `${value} أيام`,
				many: `${value} يوماً`,
				other: `${value} يوم`,
			});
	}
}

export const staff = {
	title: "الفريق",
	demonstration: "عرض تجريبي",
	leave: "العودة إلى الجهاز",
	lock: "قفل",
	nav: {
		today: "اليوم",
		close: "إقفال اليوم",
		leads: "الطلبات",
		catalogue: "الكتالوج",
		audit: "السجل",
		device: "الجهاز",
	},
	loading: "جارٍ القراءة…",
	retry: "إعادة المحاولة",
	language: "اللغة",

	pin: {
		title: "رمز الفريق",
		text: "أدخلوا الرمز ثم أكّدوا.",
		erase: "مسح",
		enter: "تأكيد",
		entered: (n: number) =>
			plural(n, {
				zero: "لم يُدخل أي رقم",
				one: "أُدخل رقم واحد",
				two: "أُدخل رقمان",
				few: `أُدخلت ${n} أرقام`,
				many: `أُدخل ${n} رقماً`,
				other: `أُدخل ${n} رقم`,
			}),
		lockedOut: "محاولات كثيرة. يمكن إعادة المحاولة بعد:",
		passphraseInstead: "لا داعي للانتظار: عبارة المرور تفتح هذه النافذة أيضاً.",
	},

	today: {
		day: "طلبات اليوم",
		total: "الطلبات منذ البداية",
		waiting: "في انتظار الإرسال",
		sent: "المُرسلة",
		oldest: (seconds: number) => `أقدمها ينتظر منذ ${duration(seconds)}`,
		noneWaiting: "أُرسل كل شيء",
		byHour: "الطلبات حسب الساعة",
		noneYet: "لا طلبات اليوم.",
		hour: (hour: number) => `${hour}:00`,
		byLanguage: "اللغات",
		byRegion: "الجهات",
		byProject: "المشاريع الأكثر طلباً",
		sync: "الإرسال إلى المنصة",
		syncNow: "الإرسال الآن",
		syncing: "جارٍ الإرسال…",
		synced: (sent: number) =>
			plural(sent, {
				zero: "لم يُرسل أي طلب.",
				one: "أُرسل طلب واحد الآن.",
				two: "أُرسل طلبان الآن.",
				few: `أُرسلت ${sent} طلبات الآن.`,
				many: `أُرسل ${sent} طلباً الآن.`,
				other: `أُرسل ${sent} طلب الآن.`,
			}),
		lastContact: (instant: string) => `آخر اتصال: ${dateTime(instant)}.`,
		neverContact: "لم يحصل أي اتصال بعد.",
		nextAttempt: (instant: string) => `المحاولة القادمة: ${dateTime(instant)}.`,
		staffOnly: (n: number) => `سُجّل ${leads(n)} قبل تسجيل الجهاز في المنصة: أدخلوا عبارة المرور ليتسنى الإرسال.`,
		staffOnlyLater: (n: number) => `سيتسنى إرسال ${leads(n)} بعد تسجيل الجهاز وإدخال عبارة المرور.`,
		rejected: (n: number) => `رفضت المنصة ${leads(n)}: تبقى هنا، أخبروا المقر.`,
		machine: "الجهاز",
		kiosk: "الجهاز",
		catalogue: "الكتالوج",
		catalogueText: (day: string, projects: number) => `بتاريخ ${date(day)}، ${projectCount(projects)}`,
		noCatalogue: "لا يوجد كتالوج",
		overdue: (day: string) =>
			`كان ينبغي استبدال هذا الكتالوج قبل ${date(day)}: اطلبوا الكتالوج الجديد من المقر. يواصل الجهاز عرضه.`,
		refused: (code: string) =>
			`لم يُقبل الكتالوج المنشور، ويحتفظ الجهاز بكتالوجه. أعطوا هذا الرمز للمقر: \u2068${code}\u2069.`,
		disk: "المساحة المتاحة",
		clock: "الساعة",
		clockUnknown: "لم تُقارن",
		clockRight: "مضبوطة",
		clockAhead: (seconds: number) => `متقدمة بـ ${duration(seconds)}`,
		clockBehind: (seconds: number) => `متأخرة بـ ${duration(seconds)}`,
		diskLow: "لم يبق منها إلا القليل",
		diskFault: {
			full: "القرص ممتلئ: أفرغوا مساحة فوراً. وإلا فلن يستقبل الجهاز طلبات بعد قليل.",
			not_writable:
				"لم يعد الجهاز قادراً على الكتابة على قرصه ولا يستقبل طلبات. صدّروا الطلبات إلى مفتاح USB ثم اتصلوا بالدعم.",
		} satisfies Record<DiskFault, string>,
		leadsCheck: "فحص الطلبات",
		leadsChecked: (instant: string) => `${dateTime(instant)}، لا تلف`,
		leadsDamaged: (instant: string) => `${dateTime(instant)}، وُجد تلف`,
		leadsUnchecked: "لم تُفحص بعد",
		unreadable: (n: number) => `تعذّرت قراءة ${leads(n)}. تُرسل بقية الطلبات وتُصدّر: أخبروا المقر.`,
		damagedFiles: "كان ملف الطلبات تالفاً. يواصل الجهاز العمل بملف جديد واحتفظ بالقديم: اتصلوا بالمشغّل.",
	},

	sync: {
		never: "لم يحاول الجهاز بعد الاتصال بالمنصة.",
		not_enrolled: "هذا الجهاز غير مسجّل بعد في المنصة: تبقى الطلبات هنا في أمان.",
		offline: "لا توجد شبكة. ستُرسل الطلبات تلقائياً عند عودتها.",
		captive: "شبكة القاعة تطلب صفحة تسجيل دخول: افتحوها أو غيّروا الشبكة.",
		clock_or_tls: "الاتصال غير آمن: قد تكون ساعة الجهاز خاطئة.",
		unauthorized: "لم تعد المنصة تتعرف على هذا الجهاز: يجب تسجيله من جديد.",
		rate_limited: "تطلب المنصة الانتظار، وسيعيد الجهاز المحاولة تلقائياً.",
		server: "لا تجيب المنصة كما يجب حالياً، وسيعيد الجهاز المحاولة تلقائياً.",
		upgrade_required: "تطلب المنصة نسخة أحدث من برنامج الجهاز.",
		ok: "الجهاز والمنصة على اتصال.",
	},

	passphrase: {
		title: "عبارة مرور الرواق",
		text: "الطلبات مختومة في هذا الجهاز. تفتحها عبارة المرور من أجل تصديرها، وتُنسى عند القفل.",
		label: "عبارة المرور",
		show: "إظهار",
		hide: "إخفاء",
		open: "فتح",
		opening: "جارٍ الفتح…",
		opened: "الطلبات مفتوحة إلى حين القفل.",
		resealed: (n: number) => `أصبح إرسال ${leads(n)} إلى المنصة ممكناً.`,
	},

	close: closing,

	audit: {
		title: "ما قام به الفريق على هذا الجهاز",
		empty: "لا شيء حتى الآن.",
		when: "متى",
		act: "العملية",
		detail: "التفاصيل",
		acts: {
			staff_unlocked: "فُتحت النافذة",
			staff_locked: "قُفلت النافذة",
			wrong_pin: "رمز خاطئ",
			wrong_passphrase: "عبارة السر خاطئة",
			leads_opened: "فُتحت الطلبات",
			exported: "كُتبت الملفات",
			day_closed: "أُقفل اليوم",
			lead_set_aside: "طلب رفضته المنصة",
			catalogue_imported: "استُورد الكتالوج",
			catalogue_synced: "وصل الكتالوج من المنصة",
			catalogue_refused: "رُفض الكتالوج",
			catalogue_rolled_back: "استُرجع الكتالوج السابق",
			closed_leads_erased: "مُحيت الطلبات المرسلة والمصدَّرة",
			pictures_cleared: "حُذفت صور لم يعد يحتاجها أي كتالوج",
			leads_erased: "مُحيت طلبات بناء على رغبة أصحابها",
			lead_revised: "صُحّح طلب أو قُيّم",
			leads_merged: "دُمج طلبان",
			leads_requeued: "أُعيدت طلبات إلى انتظار الإرسال",
			configuration_taken: "إعدادات جديدة من المقر",
			configuration_rejected: "إعدادات المقر غير صالحة، وبقيت السابقة",
			reserve_given_up: "القرص ممتلئ: أُفرغ الاحتياطي لحفظ الطلبات",
			authorities_pinned: "ضُبطت شهادات المحطة",
			provisioned: "هُيّئ الجهاز",
			enrolled: "سُجّل الجهاز في المنصة",
			leads_file_replaced: "استُبدل ملف الطلبات التالف",
			leads_restored: "استُعيدت طلبات من ملف تالف",
			pin_changed: "غُيّر رمز الفريق",
			passphrase_changed: "غُيّرت عبارة المرور",
			program_restarted: "أعاد الفريق تشغيل البرنامج",
		} satisfies Record<AuditAct, string>,
		details: {
			by: "بواسطة",
			code: "الرمز",
			bytes: "بايت",
			day: "اليوم",
			failures: "محاولات خاطئة",
			file: "الملف",
			files: "ملفات",
			format: "الصيغة",
			from: "من النسخة",
			id: "الطلب",
			initials: "الأحرف الأولى",
			kiosk: "الجهاز",
			leads: "الطلبات",
			merged: "الطلب المدموج",
			reason: "السبب",
			resealed: "جاهزة للإرسال",
			revision: "المراجعة",
			sha256: "بصمة SHA-256",
			stop: "المحطة",
			ticket: "رقم التذكرة",
			to: "إلى النسخة",
			unreadable: "غير مقروءة",
			unsent: "لم تُرسل بعد",
			user: "المستخدم",
			version: "النسخة",
		} satisfies Record<AuditDetail, string>,
	},

	errors: {
		wrong_pin: ({ left }: Params) =>
			left === undefined
				? "رمز خاطئ."
				: `رمز خاطئ. ${plural(Number(left), {
						zero: "لم تبق أي محاولة.",
						one: "بقيت محاولة واحدة.",
						two: "بقيت محاولتان.",
						few: `بقيت ${left} محاولات.`,
						many: `بقيت ${left} محاولة.`,
						other: `بقيت ${left} محاولة.`,
					})}`,
		locked_out: (_: Params) => "محاولات كثيرة: انتظروا انتهاء المهلة.",
		locked: (_: Params) => "قُفلت النافذة: أدخلوا الرمز.",
		leads_locked: (_: Params) => "أدخلوا عبارة المرور أولاً.",
		wrong_passphrase: (_: Params) => "ليست هذه عبارة مرور هذا الرواق.",
		destination: (_: Params) => "لا يمكن الكتابة هنا. هل المفتاح موصول وفيه مساحة وغير محمي؟",
		destination_removed: (_: Params) => "لم يعد مفتاح USB موصولاً: أعيدوا وصله وانتظروا ظهوره، ثم حاولوا من جديد.",
		destination_exchanged: (_: Params) => "يوجد الآن مفتاح آخر: اختاروه من جديد أو أعيدوا المفتاح الأول.",
		destination_full: ({ needed, free }: Params) =>
			`لا توجد مساحة كافية هنا: يلزم \u2068${fileSize(Number(needed))}\u2069 والمتاح \u2068${fileSize(Number(free))}\u2069. أفرغوا مساحة أو خذوا مفتاحاً آخر.`,
		destination_read_only: (_: Params) =>
			"لا يمكن الكتابة هنا لأن المكان محمي: حرّكوا القفل الصغير في المفتاح أو خذوا مفتاحاً آخر.",
		destination_too_large: (_: Params) =>
			"الملف أكبر مما يقبله هذا المفتاح، وهو 4 جيغابايت لكل ملف: صدّروا يوماً واحداً في كل مرة.",
		destination_corrupt: (_: Params) => "لا يعيد المفتاح ما كُتب عليه: إنه تالف. خذوا مفتاحاً آخر.",
		cancelled: (_: Params) => "أُلغي التصدير.",
		nothing_new: (_: Params) => "لا طلب جديد منذ آخر تصدير: اختاروا كل الطلبات.",
		media_busy: (_: Params) => "هناك عملية أخرى جارية على مفتاح USB: انتظروا نهايتها أو انزعوا المفتاح.",
		media_not_responding: (_: Params) => "مفتاح USB لا يستجيب: انزعوه واستعملوا مفتاحاً آخر.",
		storage_full: (_: Params) => "لم تعد في الجهاز مساحة.",
		storage: (_: Params) => "لم يتمكن الجهاز من قراءة معطياته أو كتابتها. لم يُمح شيء: أعيدوا المحاولة.",
		not_enrolled: (_: Params) => "هذا الجهاز غير مسجّل بعد في المنصة.",
		no_catalogue: (_: Params) => "لا يوجد كتالوج في الجهاز بعد.",
		not_found: (_: Params) => "لم يعد هذا موجوداً في الجهاز.",
		invalid_lead: (_: Params) => "يتضمن أحد الطلبات خطأ.",
		lead_not_found: (_: Params) => "لم يعد هذا الطلب في الجهاز، أو تعذّر فتحه.",
		lead_changed: (_: Params) => "عُدّل هذا الطلب في هذه الأثناء: اطّلعوا عليه من جديد ثم أعيدوا تعديلكم.",
		lead_merged: (_: Params) => "دُمج هذا الطلب في طلب آخر: افتحوا الطلب الآخر.",
		no_previous: (_: Params) => "لا توجد نسخة أخرى من الكتالوج في الجهاز.",
		version_changed: (_: Params) => "وصلت نسخة أخرى في هذه الأثناء: انظروا من جديد قبل الرجوع.",
		not_provisioned: (_: Params) => "لم يُهيّأ هذا الجهاز بعد: اتصلوا بالمشغّل.",
		already_provisioned: (_: Params) => "هُيّئ هذا الجهاز من قبل لمحطة.",
		setup: (_: Params) => "لم يعد المفتاح موصولاً، أو لم يعد الملف فيه. أدخلوه من جديد.",
		not_a_bundle: (_: Params) => "هذا الملف ليس كتالوجاً: انسخوا الملف الذي أعده المقر.",
		wrong_key: (_: Params) =>
			"وُقّع بمفتاح توقيع غير الذي يعرفه الجهاز: اطلبوا من المقر ملفاً موقعاً بمفتاح التوقيع الصحيح.",
		wrong_signature: (_: Params) => "توقيعه غير صالح: انسخوه من جديد، وإن رُفض مرة أخرى فاطلبوا من المقر إعادة إعداده.",
		newer_format: (_: Params) => "أُعدّ لبرنامج أحدث: على المشغّل تحديث الجهاز أولاً.",
		older_version: (_: Params) => "يعرض الجهاز نسخة أحدث: لا حاجة إلى أي إجراء.",
		future_version: (_: Params) => "رقمه في المستقبل: اطلبوا من المقر إعادة إعداد الملف.",
		damaged: (_: Params) => "الملف تالف: انسخوه من جديد، وإن رُفض مرة أخرى فاطلبوا من المقر إعادة إعداده.",
		missing_picture: (_: Params) => "تنقصه صور: اطلبوا من المقر إعادة إعداد الملف.",
		unreadable: (_: Params) => "تعذّرت قراءة المفتاح حتى النهاية: أدخلوه من جديد أو انسخوا الملف إلى مفتاح آخر.",
		weak_pin: (_: Params) => "هذا الرمز سهل التخمين: من 6 إلى 12 رقماً دون تسلسل أو تكرار.",
		weak_passphrase: (_: Params) => "عبارة المرور هذه ضعيفة: 16 حرفاً على الأقل، مثل أربع كلمات عشوائية.",
		published_secret: (_: Params) => "هذا الرمز أو هذه العبارة منشورة في العرض التجريبي أو الدليل: اختاروا غيرها.",
		internal: (_: Params) => "لم ينجح ذلك. أعيدوا المحاولة.",
	} satisfies Record<ErrorCode, (params: Params) => string>,
};
