import type { RejectionCode } from "@/host";
import { formatsIn } from "../format";
import { ar as plural } from "../plural";

const { dateTime, number } = formatsIn("ar");

const leads = (n: number) =>
	plural(n, {
		zero: "لا طلبات",
		one: "طلب واحد",
		two: "طلبان",
		few: `${n} طلبات`,
		many: `${n} طلباً`,
		other: `${n} طلب`,
	});

const sendOnce = "أعيدوا إرساله مرة واحدة. وإن عاد إلى هنا فأقفلوا اليوم وأعطوا رقم التذكرة للمقر.";

export const supply = {
	catalogue: {
		shown: "ما يراه الزوار",
		none: "لا يوجد كتالوج في الجهاز بعد. أدخلوا مفتاح USB يحمل كتالوجاً، أو انتظروا المنصة.",
		published: (instant: string) => `كتالوج ${dateTime(instant, "long")}`,
		version: (version: number) => `النسخة \u2068${version}\u2069`,
		units: (n: number) =>
			plural(n, {
				zero: "لا وحدات متاحة",
				one: "وحدة واحدة متاحة",
				two: "وحدتان متاحتان",
				few: `${n} وحدات متاحة`,
				many: `${n} وحدة متاحة`,
				other: `\u2068${number(n)}\u2069 وحدة متاحة`,
			}),
		today: "اليوم",
		old: "ربما تغيّرت الأسعار منذ ذلك الحين: حمّلوا كتالوجاً أحدث في أقرب وقت.",
		ahead: "لم يحن تاريخه بعد: قد تكون ساعة الجهاز خاطئة.",
		since: {
			stick: (instant: string) => `حُمّل من مفتاح USB يوم ${dateTime(instant, "long")}.`,
			command: (instant: string) => `ثبّته المشغّل بأمر يوم ${dateTime(instant, "long")}.`,
			platform: (instant: string) => `وصل من المنصة يوم ${dateTime(instant, "long")}.`,
			rolled_back: (instant: string) => `أعاده الفريق يوم ${dateTime(instant, "long")}.`,
			rolled_back_by_command: (instant: string) => `أعاده المشغّل بأمر يوم ${dateTime(instant, "long")}.`,
		},
		pictures: (n: number) =>
			plural(n, {
				zero: "لا تنقص أي صورة.",
				one: "تنقص صورة واحدة: ستصل من المنصة أو مع مفتاح.",
				two: "تنقص صورتان: ستصلان من المنصة أو مع مفتاح.",
				few: `تنقص ${n} صور: ستصل من المنصة أو مع مفتاح.`,
				many: `تنقص ${n} صورة: ستصل من المنصة أو مع مفتاح.`,
				other: `تنقص ${number(n)} صورة: ستصل من المنصة أو مع مفتاح.`,
			}),
		complete: "كل الصور موجودة.",
		before: "النسخة السابقة",
		after: "النسخة التي تركها الفريق",
		noBefore: "لا توجد نسخة أخرى في الجهاز.",
		stays: "لن تعود من تلقاء نفسها.",
		rollBack: "الرجوع إلى هذه النسخة",
		rollForward: "استئناف هذه النسخة",
		confirmRollBack: "الرجوع إلى النسخة السابقة؟",
		confirmRollForward: "استئناف النسخة المتروكة؟",
		willShow: (instant: string) => `سيرى الزوار فوراً كتالوج ${dateTime(instant, "long")}.`,
		willWait: (instant: string) =>
			`أما كتالوج ${dateTime(instant, "long")} فلن يعود من تلقاء نفسه: ينتظر الجهاز نسخة أحدث. ويمكنكم استئنافه من هنا ما لم تصل نسخة أخرى.`,
		willReturn: (instant: string) =>
			`أما كتالوج ${dateTime(instant, "long")} فيبقى في الجهاز: يمكنكم الرجوع إليه من هنا.`,
		untouched: "لا تتغير الطلبات.",
		cancel: "عدم تغيير أي شيء",
		changing: "جارٍ التغيير…",
		changed: (instant: string) => `يرى الزوار الآن كتالوج ${dateTime(instant, "long")}.`,
	},

	usb: {
		title: "التحميل من مفتاح USB",
		looking: "يبحث الجهاز في المفاتيح الموصولة…",
		none: "أدخلوا مفتاح USB: ستظهر هنا تلقائياً الكتالوجات التي يحملها.",
		help: "لم يظهر شيء؟ ينتهي اسم ملف المقر بـ \u2068.bundle\u2069 ويجب أن يكون في المفتاح خارج أي مجلد. أخرجوا المفتاح وانتظروا ثلاث ثوانٍ ثم أدخلوه من جديد. وإلا فجرّبوا منفذاً آخر، ثم مفتاحاً آخر.",
		on: (stick: string) => `المفتاح \u2068${stick}\u2069`,
		newest: "الأحدث",
		load: "تحميل",
		keep: "اتركوا المفتاح موصولاً. يبقى الكتالوج الحالي أمام الزوار حتى النهاية.",
		stages: {
			idle: "جارٍ فتح الملف…",
			checking: "جارٍ التحقق من التوقيع والمحتوى…",
			pictures: "جارٍ نسخ الصور…",
			installing: "جارٍ التثبيت…",
			done: "انتهى.",
			refused: "رُفض.",
		},
		picturesDone: (done: number, of: number) => `\u2068${number(done)}\u2069 من \u2068${number(of)}\u2069 صورة`,
		loaded: "حُمّل الكتالوج",
		already: "كان هذا الكتالوج موجوداً",
		alreadyText: "هو الكتالوج الذي يراه الزوار. وأُخذت من المفتاح الصور التي كانت ناقصة.",
		loadedText: (instant: string) => `يرى الزوار الآن كتالوج ${dateTime(instant, "long")}.`,
		pictures: (n: number) =>
			plural(n, {
				zero: "لا صور",
				one: "صورة واحدة",
				two: "صورتان",
				few: `${n} صور`,
				many: `${n} صورة`,
				other: `${number(n)} صورة`,
			}),
		remove: "يمكنكم إخراج المفتاح.",
		refused: "لم يُقبل هذا الكتالوج",
		unchanged: "لم يتغير شيء بالنسبة إلى الزوار.",
		note: (name: string) =>
			`كُتب السبب أيضاً على المفتاح إن كان يسمح بالكتابة: \u2068${name}.refused.txt\u2069، بالفرنسية والعربية والإنجليزية.`,
		understood: "فهمت",
	},

	rejected: {
		title: "طلبات موضوعة جانباً",
		see: "عرض",
		none: "لا طلبات موضوعة جانباً. كل شيء على ما يرام.",
		intro: "لم تأخذ المنصة هذه الطلبات. تبقى مختومة في الجهاز، ولا يُمحى منها شيء، و«إقفال اليوم» يكتبها مع غيرها.",
		ticket: "التذكرة",
		taken: (instant: string) => `سُجّل يوم ${dateTime(instant)}`,
		why: {
			conflict: "لدى المنصة طلب بهذا الرقم ومحتواه مختلف. وهي تحتفظ بهما معاً.",
			item_damaged: "وصل تالفاً.",
			item_unreadable: "لم تتمكن المنصة من قراءته.",
			malformed: "لم تفهم المنصة ما أُرسل.",
			too_large: "تعتبره المنصة كبيراً جداً.",
		} satisfies Record<RejectionCode, string>,
		whyUnknown: (code: string) => `رفضته المنصة (\u2068${code}\u2069).`,
		act: {
			conflict: "لم يضع شيء. أعطوا رقم التذكرة للمقر: هو وحده من يحدد أيهما المعتمد.",
			item_damaged: "أعيدوا إرساله: يكفي ذلك في الغالب.",
			item_unreadable: sendOnce,
			malformed: sendOnce,
			too_large: "لن تفيد إعادة الإرسال. أقفلوا اليوم وأعطوا رقم التذكرة للمقر.",
		} satisfies Record<RejectionCode, string>,
		actUnknown: sendOnce,
		platformSays: "تقول المنصة:",
		again: "إعادة الإرسال",
		againTicket: (ticket: string) => `إعادة إرسال \u2068${ticket}\u2069`,
		allAgain: (n: number) =>
			plural(n, {
				zero: "إعادة الإرسال",
				one: "إعادة الإرسال",
				two: "إعادة إرسال الطلبين",
				few: `إعادة إرسال الطلبات الـ${n}`,
				many: `إعادة إرسال الطلبات الـ${n}`,
				other: `إعادة إرسال الطلبات الـ${n}`,
			}),
		sending: "جارٍ الإرسال…",
		notRejected: "لم تعد هذه الطلبات موضوعة جانباً.",
		arrived: (n: number) =>
			plural(n, {
				zero: "لم يصل أي طلب إلى المنصة.",
				one: "وصل طلب واحد إلى المنصة.",
				two: "وصل طلبان إلى المنصة.",
				few: `وصلت ${n} طلبات إلى المنصة.`,
				many: `وصل ${n} طلباً إلى المنصة.`,
				other: `وصل ${n} طلب إلى المنصة.`,
			}),
		waiting: (n: number) => `${leads(n)} في انتظار الإرسال من جديد، ويتم ذلك تلقائياً.`,
		rejectedAgain: (n: number) =>
			plural(n, {
				zero: "لم يُرفض أي طلب من جديد.",
				one: "رُفض طلب واحد من جديد: أعطوا رقم تذكرته للمقر.",
				two: "رُفض طلبان من جديد: أعطوا رقمي تذكرتيهما للمقر.",
				few: `رُفضت ${n} طلبات من جديد: أعطوا أرقام تذاكرها للمقر.`,
				many: `رُفض ${n} طلباً من جديد: أعطوا أرقام تذاكرها للمقر.`,
				other: `رُفض ${n} طلب من جديد: أعطوا أرقام تذاكرها للمقر.`,
			}),
	},
};
