import type { explore as Reference } from "../fr/explore";

export const explore: typeof Reference = {};
