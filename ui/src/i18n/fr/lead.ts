export const lead = {};
