/** The icon of each kind of partner. */
import Building from "@lucide/svelte/icons/building";
import Landmark from "@lucide/svelte/icons/landmark";
import Scale from "@lucide/svelte/icons/scale";
import Wallet from "@lucide/svelte/icons/wallet";
import type { PartnerKind } from "@/host";
import type { IconComponent } from "@/kit/icons";

export const PARTNER_ICONS: Record<PartnerKind, IconComponent> = {
	group: Building,
	bank: Wallet,
	notary: Scale,
	ministry: Landmark,
};
