import { GlacierError } from "../errors.ts";

/**
 * For two options of which Polars would ignore one.
 * @throws OPTION_INVALID
 */
export function refuseBoth<Options extends object>(
  options: Options,
  one: keyof Options & string,
  other: keyof Options & string,
  subject: string,
): void {
  if (options[one] === undefined || options[other] === undefined) return;
  throw new GlacierError("OPTION_INVALID", `${subject}: options \`${one}\` and \`${other}\` can't be used together.`, {
    hint: "Leave one of them out.",
    details: { option: other },
  });
}
