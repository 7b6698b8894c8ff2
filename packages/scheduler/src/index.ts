export type { Clock, Timer } from "./clock.ts";
export { schedule } from "./schedule.ts";
export type { ScheduleOptions, ScheduleResult } from "./schedule.ts";
