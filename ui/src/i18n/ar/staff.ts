import type { staff as Reference } from "../fr/staff";

export const staff: typeof Reference = {};
