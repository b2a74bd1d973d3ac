/** The kind of value `Icon` takes; icons themselves are imported one by one from `@lucide/svelte/icons/…`. */
import type { LucideIcon } from "@lucide/svelte";

export type IconComponent = LucideIcon;
