import type { LucideIcon } from "@lucide/svelte";

/** An icon component. Import icons one by one from `@lucide/svelte/icons/…`. */
export type IconComponent = LucideIcon;
