import { GlacierError } from "@glacier/core";

/**
 * The promise, unless the signal is aborted first. The work behind it goes on, and what becomes of it is ignored.
 * @throws the signal's reason
 */
export function abortable<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((resolve, reject) => {
    const abort = (): void => reject(reasonOf(signal));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Why the signal was aborted, as an error for the user. */
export function reasonOf(signal: AbortSignal): GlacierError {
  if (GlacierError.is(signal.reason)) return signal.reason;
  return new GlacierError("RUN_CANCELLED", "The run was cancelled.", { cause: signal.reason });
}
