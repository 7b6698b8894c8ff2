export { localExecutor } from "./executor.ts";
export { mode } from "./mode.ts";
