/** Icons of ratings, results of calls and deliveries. */
import CalendarCheck from "@lucide/svelte/icons/calendar-check";
import CircleAlert from "@lucide/svelte/icons/circle-alert";
import CircleDashed from "@lucide/svelte/icons/circle-dashed";
import Clock from "@lucide/svelte/icons/clock";
import Flame from "@lucide/svelte/icons/flame";
import Lock from "@lucide/svelte/icons/lock";
import PhoneCall from "@lucide/svelte/icons/phone-call";
import PhoneMissed from "@lucide/svelte/icons/phone-missed";
import SendHorizontal from "@lucide/svelte/icons/send-horizontal";
import Snowflake from "@lucide/svelte/icons/snowflake";
import Sun from "@lucide/svelte/icons/sun";
import type { CallOutcome, LeadDelivery, Rating } from "@/host";
import type { IconComponent } from "@/kit/icons";

export const RATING_ICONS: Record<Rating, IconComponent> = { hot: Flame, warm: Sun, cold: Snowflake };
export const UNRATED_ICON: IconComponent = CircleDashed;
export const OUTCOME_ICONS: Record<CallOutcome, IconComponent> = {
	called: PhoneCall,
	no_answer: PhoneMissed,
	appointment: CalendarCheck,
};
export const DELIVERY_ICONS: Record<LeadDelivery, IconComponent> = {
	waiting: Clock,
	sent: SendHorizontal,
	sealed_for_staff: Lock,
	rejected: CircleAlert,
};
