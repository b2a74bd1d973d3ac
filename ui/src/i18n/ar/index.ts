export { common } from "./common";
export { explore } from "./explore";
export { keyboard } from "./keyboard";
export { lead } from "./lead";
export { project } from "./project";
export { staff } from "./staff";
