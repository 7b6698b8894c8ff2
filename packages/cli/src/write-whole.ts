import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { GlacierError } from "@glacier/core";

/**
 * All or nothing: a file that exists is replaced in one move. Makes the folder for it.
 * @throws OUTPUT_FAILED
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const staged = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(staged, text);
    await rename(staged, file);
  } catch (cause) {
    await rm(staged, { force: true }).catch(() => {});
    throw new GlacierError(
      "OUTPUT_FAILED",
      `\`${file}\` can't be written: ${cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : String(cause)}.`,
      {
        hint: "Check that the folder exists and that it may be written to.",
        cause,
      },
    );
  }
}
