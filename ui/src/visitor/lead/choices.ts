/** The answers to choose from. */
import type { Beneficiary, Channel, Desk, Purpose } from "@/host";

/** Maximum budgets in dirhams; the first ones are the thresholds of the housing aid. */
export const BUDGETS = [300_000, 500_000, 700_000, 1_000_000, 1_500_000, 2_000_000, 3_000_000, 5_000_000] as const;
export const PURPOSES: readonly Purpose[] = ["live", "family", "invest", "plot", "business", "other"];
export const DESKS: readonly Desk[] = ["advisor", "bank", "notary", "ministry"];
export const CHANNELS: readonly Channel[] = ["whatsapp", "call", "email"];
export const BENEFICIARIES: readonly Beneficiary[] = ["myself", "family", "other"];
