import { formatsIn } from "../format";
import type { summer as French } from "../fr/summer";
import { page } from "../page";
import { daysOrYears, months, percent } from "./figures";

const { date } = formatsIn("ar");

export const summer: typeof French = {
	title: "الشراء خلال إقامتي",
	open: "الشراء خلال إقامتي",
	openText: "تواريخكم، وكل مرحلة في مكانها",
	askArrival: "اضغطوا على يوم وصولكم إلى المغرب",
	askDeparture: (arrival) => `الوصول في ${arrival}. اضغطوا على يوم مغادرتكم`,
	stay: (arrival, departure) => `من ${arrival} إلى ${departure}`,
	explain: "اضغطوا على التاريخين: تضع الخطة الدعم والبنك والوكالة والموثق على أيامكم.",
	kept: "لا تُحفظ تواريخكم، ولا تُرسل إلا إذا أرفقتموها بطلب.",
	previousMonth: "الشهر السابق",
	nextMonth: "الشهر الموالي",
	purchase: "عملية الشراء",
	ready: "سكن جاهز",
	offPlan: "على التصميم",
	withAid: "مع «دعم سكن»",
	withLoan: "بقرض",
	faults: {
		invalid_date: () => "هذا التاريخ غير موجود. اضغطوا على يوم آخر.",
		arrival_past: () => "هذا اليوم قد مضى. اضغطوا على يوم وصول قادم.",
		departure_before_arrival: () => "المغادرة قبل الوصول. اضغطوا على الوصول أولًا ثم المغادرة.",
		too_far_ahead: ({ max_days_ahead }) =>
			`هذه الإقامة بعيدة جدًا لوضع خطة، فقد تتغير القواعد. اختاروا تاريخًا خلال ${daysOrYears(max_days_ahead)}.`,
		too_long: ({ max_stay_days }) => `تتجاوز هذه الإقامة مدة ${daysOrYears(max_stay_days)}. اختاروا مغادرة أقرب.`,
	},
	noRule: "لا توجد خطة متوفرة اليوم. اسألوا مكتب الموثق.",
	fit: {
		in_person: "تبدو تواريخكم كافية",
		with_proxy: "تواريخكم لا تكفي دون وكالة",
		too_short: "تبدو مدة الإقامة قصيرة جدًا: يجب تأكيد ذلك مع الموثق",
	},
	inPersonText: "كل التوقيعات المؤرخة تقع خلال إقامتكم.",
	stayUntil: (day) => `لتوقيع كل شيء بأنفسكم، ابقوا على الأقل إلى ${date(day)}.`,
	inPerson: "حضوركم ضروري",
	byProxy: "بعد مغادرتكم: بالوكالة",
	proxyPossible: "بأنفسكم أو بالوكالة",
	atDelivery: "عند التسليم",
	stages: {
		documents: { title: "جمع الوثائق", text: () => "البطاقة أو جواز السفر، التسجيل القنصلي، إثبات الدخل." },
		bank_file: {
			title: "ملف البنك",
			text: () => "لكل بنك أجله. إذا كنتم تقيمون في الخارج: خصصوا جزءًا بالعملة الأجنبية واحتفظوا بالإثباتات.",
		},
		aid_registration: { title: "التسجيل في «دعم سكن»", text: ({ aid_page }) => `على ${page(aid_page)} قبل السفر.` },
		aid_approval: { title: "الموافقة الأولية على الدعم", text: () => "الأجل الذي تحدده القاعدة." },
		visit: { title: "زيارة السكن", text: () => "تحققوا من الرسم العقاري والرخصة والضمان قبل التوقيع." },
		reservation: {
			title: "عقد الحجز",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.reservation_bp)} على الأكثر، بعد رخصة البناء. يمكنكم التراجع خلال ${months(sale.withdrawal_months)}.`
					: "",
		},
		preliminary_contract: {
			title: "العقد الابتدائي",
			text: ({ off_plan: sale }) =>
				sale
					? `لدى موثق أو عدول أو محام مقبول، بعد ${months(sale.reservation_months)} على الأكثر من الحجز. اطلبوا الضمان.`
					: "",
		},
		preliminary_deed: { title: "الوعد بالبيع لدى الموثق", text: () => "يحرر الموثق العقد ويحتفظ بالأموال." },
		notary_files: { title: "إيداع الملف", text: () => "يودع الموثق العقد ورخصة السكن." },
		aid_payment: { title: "صرف الدعم", text: () => "للموثق، وليس لكم." },
		power_of_attorney: {
			title: "الوكالة",
			text: () => "حضوريًا: في القنصلية ببطاقتكم، أو لدى موثق أو عدول بالمغرب. لا أثر لها قبل تقييدها في السجل الوطني.",
		},
		final_deed: { title: "العقد النهائي", text: () => "تنتقل الملكية عند التقييد في السجل العقاري." },
		instalments: {
			title: "دفعات الأشغال",
			text: ({ off_plan: sale }) =>
				sale
					? `${percent(sale.start_of_works_bp)} عند انطلاق الأشغال، ثم ${percent(sale.three_phases_bp)} على ثلاث مراحل.`
					: "",
		},
		aid_at_delivery: { title: "«دعم سكن»", text: () => "محتمل عند التسليم، مع رخصة السكن. ليس أبدًا عند الحجز." },
		final_deed_at_delivery: {
			title: "العقد النهائي والمفاتيح",
			text: ({ off_plan: sale }) => (sale ? `${percent(sale.keys_bp)} المتبقية، خلال إقامة لاحقة أو بالوكالة.` : ""),
		},
	},
	takeaway: "للاحتفاظ بها",
	asText: "نص",
	asCalendar: "موعد في الهاتف",
	source: (version, day) =>
		`خطة للاستئناس، دون أيام العطل. المراحل ${version}، روجعت في ${date(day)}. أكدوا التواريخ مع الموثق.`,
};
