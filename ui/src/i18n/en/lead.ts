import type { lead as Reference } from "../fr/lead";

export const lead: typeof Reference = {};
