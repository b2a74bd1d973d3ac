export { common } from "./common";
export { explore } from "./explore";
export { keyboard } from "./keyboard";
export { lead } from "./lead";
export { project } from "./project";
export { shortlist } from "./shortlist";
export { staff } from "./staff";
export { supply } from "./supply";
