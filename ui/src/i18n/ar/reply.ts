import { formatsIn, isolated } from "../format";
import type { reply as Reference } from "../fr/reply";
import { ar as plural } from "../plural";

const { number } = formatsIn("ar");

export const reply: typeof Reference = {
	finish: "الانتقال إلى النهاية",
	enough: "واحد منهما يكفي.",
	partner: "مع من؟",
	partnerAny: "لا تفضيل",
	onBehalf: "لفائدة من هذا الطلب؟",
	whom: { myself: "لي شخصيًا", family: "لعائلتي", other: "لشخص آخر" },
	detail: "من هو؟ مثلًا: والدتي",
	several: "يمكنكم اختيار أكثر من وسيلة.",
	amazigh: "الأمازيغية",
	reach: "متى يمكن الاتصال بكم؟",
	slots: { morning: "صباحًا", afternoon: "بعد الظهر", evening: "مساءً", weekend: "نهاية الأسبوع" },
	weekdays: "من الاثنين إلى الجمعة",
	weekend: "السبت والأحد",
	timeOf: (place: string) => `بتوقيت بلدكم: ${isolated(place)}`,
	morocco: (hours: string) => `في المغرب: ${isolated(hours)}`,
	nextDay: "(في اليوم التالي)",
	previousDay: "(في اليوم السابق)",
	failed: "تعذر إظهار الأوقات.",
	stay: "موعد في وكالة بالمغرب؟",
	clear: "محو التاريخين",
	reachable: (parts: string) => `أوقات الاتصال: ${parts}`,
	within: (days: number) =>
		plural(days, {
			zero: "الرد في أقرب وقت.",
			one: "الرد في غضون يوم عمل واحد.",
			two: "الرد في غضون يومي عمل.",
			few: `الرد في غضون ${number(days)} أيام عمل.`,
			many: `الرد في غضون ${number(days)} يوم عمل.`,
			other: `الرد في غضون ${number(days)} يوم عمل.`,
		}),
	again: "طلب آخر بمعلومات الاتصال نفسها",
	calendar: "صوروا هذا الرمز لإضافة إقامتكم إلى مفكرة هاتفكم.",
};
