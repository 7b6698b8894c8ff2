import type { OptionRule } from "./options.ts";

/** A length of time: a number of seconds, or a number with its unit. `90`, `"90s"` and `"1.5m"` are the same. */
export type Duration = number | `${number}${"ms" | "s" | "m" | "h"}`;

const pattern = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/;
const units = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** The longest time that a timer of Node.js can wait: 2^31 - 1 ms, almost 25 days. */
export const longestDuration: number = 2 ** 31 - 1;

/** In milliseconds; `undefined` for what is no duration. */
function parseDuration(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value * units.s : undefined;
  if (typeof value !== "string") return undefined;
  const match = pattern.exec(value);
  return match === null ? undefined : Number(match[1]) * units[match[2] as keyof typeof units];
}

/** In milliseconds, for a value that {@link aDuration} has let through. */
export function milliseconds(duration: Duration): number {
  return parseDuration(duration) ?? Number.NaN;
}

export const aDuration: OptionRule = {
  check: (value) => {
    const parsed = parseDuration(value);
    return parsed !== undefined && parsed > 0 && parsed <= longestDuration
      ? undefined
      : 'a number of seconds above 0, or a text such as "500ms", "30s", "5m" or "2h" (24 days at most)';
  },
};
