import type { Executor } from "@glacier/core";
import { executeStep } from "@glacier/worker";

/** Steps in this process, one after the other or several at once, as the scheduler submits them. */
export const localExecutor: Executor = {
  submit: executeStep,
};
