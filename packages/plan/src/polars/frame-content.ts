import { createHash } from "node:crypto";
import type { TableSchema } from "../model/column-type.ts";
import { schemaOf } from "./frame-schema.ts";
import type { Polars } from "./load.ts";
import { schemaJson } from "./types.ts";
import { Unknown } from "./unknown.ts";

type Frame = ReturnType<Polars["DataFrame"]>;

/** A frame that stands in a plan, as bytes of Arrow IPC. */
export interface FrameContent {
  readonly schema: TableSchema;
  /** The same for frames that are equal, in every process. */
  readonly hash: string;
}

/** @throws Unknown */
export function readFrame(polars: Polars, bytes: readonly number[]): FrameContent {
  const ipc = Buffer.from(bytes);
  let frame: Frame;
  try {
    frame = polars.readIPCStream(ipc);
  } catch {
    throw new Unknown("the form of a frame in a plan");
  }
  const schema = schemaOf(frame);
  const hash = createHash("sha256").update(schemaJson(schema)).update(` ${frame.height} `);
  return { schema, hash: hash.update(canonical(polars, frame) ?? ipc).digest("hex") };
}

/**
 * Arrow keeps more than values: how they are split into chunks, what is below nulls, in which order categories came,
 * whether somebody has sorted them. Parquet keeps only the values, and writes the same ones in the same way.
 */
function canonical(polars: Polars, frame: Frame): Buffer | undefined {
  try {
    const plain = frame.withColumns(polars.col(polars.Categorical).cast(polars.String)).rechunk();
    return plain.writeParquet({ compression: "uncompressed" });
  } catch {
    // Structs without fields and 128-bit integers have no form in Parquet. Their bytes are exact, if not the same always.
    return undefined;
  }
}
