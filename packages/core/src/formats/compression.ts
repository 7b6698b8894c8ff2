import { GlacierError } from "../errors.ts";
import { aWholeNumber, oneOf, type OptionTable } from "../options.ts";
import { quoted } from "../suggest.ts";

/** How text is compressed as a whole. */
export interface TextCompressionOptions {
  /**
   * Default: by the ending of the path, `gzip` for `.gz` and `zstd` for `.zst`; else `uncompressed`. When the file is
   * read, it is its content that tells.
   */
  readonly compression?: "uncompressed" | "gzip" | "zstd";
  /** How hard to try: 0 to 9 for gzip (default 6), 1 to 22 for zstd (default 3). Needs `compression`. */
  readonly compressionLevel?: number;
}

/** The lowest and the highest level of a codec. */
export type LevelRanges = Readonly<Record<string, readonly [min: number, max: number]>>;

export const textLevels: LevelRanges = { gzip: [0, 9], zstd: [1, 22] };

export const textCompression: OptionTable<TextCompressionOptions> = {
  compression: oneOf("uncompressed", "gzip", "zstd"),
  compressionLevel: aWholeNumber(0, 22),
};

/**
 * Outside of its range a level is a panic (gzip), taken for another (zstd), or ignored (codecs without levels).
 * @throws OPTION_INVALID
 */
export function checkLevel(codec: string, level: number | undefined, ranges: LevelRanges, subject: string): void {
  if (level === undefined) return;
  const range = Object.hasOwn(ranges, codec) ? ranges[codec] : undefined;
  const details = { option: "compressionLevel" };
  if (range === undefined) {
    throw new GlacierError(
      "OPTION_INVALID",
      `${subject}: option \`compressionLevel\` has no meaning for \`${codec}\`.`,
      {
        hint: `Leave it out, or set \`compression\` to ${quoted(Object.keys(ranges), "or")}.`,
        details,
      },
    );
  }
  if (level < range[0] || level > range[1]) {
    throw new GlacierError(
      "OPTION_INVALID",
      `${subject}: option \`compressionLevel\` must be a whole number from ${range[0]} to ${range[1]} for \`${codec}\`, not ${level}.`,
      { details },
    );
  }
}

/** What compressed text ends with, after the ending of its format. */
export const compressionEndings = { ".gz": "gzip", ".zst": "zstd" } as const;

/**
 * The codec of a file of text that is to be written: what is asked for, or what the path says. The path is not looked
 * at where it is not known.
 * @throws OPTION_INVALID where the two disagree
 */
export function textCodec(
  options: TextCompressionOptions,
  path: string | undefined,
  endings: readonly string[],
  subject: string,
): "uncompressed" | "gzip" | "zstd" {
  const name = path?.toLowerCase() ?? "";
  const ending = Object.entries(compressionEndings).find(([end]) => name.endsWith(end));
  const asked = options.compression;
  const refuse = (message: string, hint: string): never => {
    throw new GlacierError("OPTION_INVALID", `${subject}: ${message}.`, { hint, details: { option: "compression" } });
  };
  if (ending !== undefined) {
    if (asked === undefined || asked === ending[1]) return ending[1];
    return refuse(
      `option \`compression\` is \`${asked}\`, and the path ends with \`${ending[0]}\``,
      `Leave \`compression\` out, or give the path another ending: other programs go by it.`,
    );
  }
  if (asked !== undefined && asked !== "uncompressed" && endings.some((end) => name.endsWith(end))) {
    const end = asked === "gzip" ? ".gz" : ".zst";
    return refuse(
      `option \`compression\` is \`${asked}\`, and the path does not end with \`${end}\``,
      `Add \`${end}\` to the path: other programs go by it.`,
    );
  }
  return asked ?? "uncompressed";
}
