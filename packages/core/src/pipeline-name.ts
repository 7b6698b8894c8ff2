import { GlacierError } from "./errors.ts";
import { show } from "./options.ts";

/** What a pipeline is called. */
export interface PipelineName {
  readonly name: string;
  readonly description: string | undefined;
}

// oxlint-disable-next-line no-control-regex -- control characters are just what is looked for
const unusable = /^\s*$|[\u0000-\u001f\u007f]/;

/** @throws PIPELINE_NAME_INVALID */
export function checkPipelineName(name: unknown, description: unknown): PipelineName {
  if (typeof name !== "string" || unusable.test(name)) {
    throw new GlacierError("PIPELINE_NAME_INVALID", `A pipeline can't be called ${show(name)}.`, {
      hint: 'Give it a name of one line, such as "etl".',
    });
  }
  if (description !== undefined && typeof description !== "string") {
    throw new GlacierError(
      "PIPELINE_NAME_INVALID",
      `The description of pipeline \`${name}\` is ${show(description)}, which is no text.`,
    );
  }
  return { name, description };
}
