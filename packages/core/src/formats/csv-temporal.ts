import { GlacierError } from "../errors.ts";
import { show } from "../options.ts";

// What stands for what: https://docs.rs/chrono/0.4/chrono/format/strftime/
const date = "YCyqmbBhdeaAwuUWGgVjDxFv";
const time = "HklIPpMSfRTXr";
const zone = "Zz";
const both = "cs";

/** The options that say how dates and times are written. */
type TemporalOption = "dateFormat" | "timeFormat" | "datetimeFormat";

const fieldsOf = { dateFormat: date, timeFormat: time, datetimeFormat: date + time + zone + both } as const;
const needed = { dateFormat: "%d.%m.%Y", timeFormat: "%H:%M:%S", datetimeFormat: "%d.%m.%Y %H:%M:%S" } as const;

/** A field with an optional way of padding; a fraction of a second; an offset; a percent sign. */
const field = /%(?:(?<padded>[-_0]?)(?<letter>[A-Za-z])|(?<fraction>\.f|\.?[369]f)|(?<offset>:{1,3}z)|(?<percent>%))/g;

/** What fields write beside digits, letters and what can't be a separator anyway. */
const writes: readonly { readonly character: string; readonly by: RegExp }[] = [
  { character: " ", by: /%_|%[-0]?[cveklr]/ },
  { character: "/", by: /%[-_0]?[Dx]/ },
];

interface TemporalFormat {
  readonly option: TemporalOption;
  /** What it must not write, for it is not put in quotes. */
  readonly forbidden: readonly string[];
  readonly subject: string;
}

/**
 * Polars notices a wrong format at the first row that it writes, and writes a separator in a date as it stands.
 * @throws OPTION_INVALID
 */
export function checkTemporalFormat(format: string, { option, forbidden, subject }: TemporalFormat): void {
  const refuse = (message: string, hint: string): never => {
    throw new GlacierError("OPTION_INVALID", `${subject}: option \`${option}\` ${message}, in ${show(format)}.`, {
      hint,
      details: { option },
    });
  };
  const example = `A format is a text such as "${needed[option]}".`;
  let fields = 0;
  const rest = format.replaceAll(field, (text, ...groups) => {
    const { letter, fraction, offset, percent } = groups.at(-1) as Record<string, string | undefined>;
    const known = knows(option, { letter, fraction, offset, percent });
    if (!known) return refuse(`has the unknown field \`${text}\``, example);
    if (percent === undefined) fields++;
    return "";
  });
  if (rest.includes("%")) refuse("has a `%` without a field", `${example} A percent sign is \`%%\`.`);
  if (fields === 0) refuse("has no field", example);
  for (const character of [...forbidden, "\n", "\r"]) {
    const isWritten = writes.some((one) => one.character === character && one.by.test(format));
    if (isWritten || rest.includes(character)) {
      refuse(
        `writes the character ${JSON.stringify(character)}`,
        'It is the separator, a quote or a line break, and would break the row. With `quoteStyle: "non_numeric"` dates and times are in quotes, and may have separators in them.',
      );
    }
  }
}

function knows(
  option: TemporalOption,
  { letter, fraction, offset, percent }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (letter !== undefined) return fieldsOf[option].includes(letter);
  if (fraction !== undefined) return option !== "dateFormat";
  if (offset !== undefined) return option === "datetimeFormat";
  return percent !== undefined;
}
