import type { project as Reference } from "../fr/project";

export const project: typeof Reference = {};
