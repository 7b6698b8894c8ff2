import { mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pl from "nodejs-polars";

const rows = 40_000_000;

/** A file of 40 million rows: an id, a key of 53,000 values, an amount, a day, and a text. Made once. */
export async function makeBigFile() {
  const path = fileURLToPath(new URL("../data/big/rows.parquet", import.meta.url));
  const size = () => statSync(path, { throwIfNoEntry: false })?.size;
  if (size() === undefined) {
    mkdirSync(fileURLToPath(new URL("../data/big", import.meta.url)), { recursive: true });
    const int = (value) => pl.lit(BigInt(value)).cast(pl.Int64);
    const chunks = [];
    // In parts, so that making it does not need the memory that is to be measured.
    for (let start = 0; start < rows; start += 4_000_000) {
      const part = `${path}.${start}.part`;
      const id = pl.DataFrame({ id: pl.intRange({ start, end: start + 4_000_000, dtype: pl.Int64, eager: true }) });
      await id
        .lazy()
        .withColumns(
          pl.col("id").mul(int(2_654_435_761)).modulo(int(53_000)).alias("key"),
          pl.col("id").mul(int(40_503)).modulo(int(100_000)).cast(pl.Float64).div(pl.lit(100)).alias("amount"),
          pl.col("id").mul(int(7)).modulo(int(365)).cast(pl.Int32).alias("day"),
          pl.col("id").mul(int(48_271)).modulo(int(1_000_003)).cast(pl.String).alias("note"),
        )
        .sinkParquet(part)
        .collect();
      chunks.push(part);
    }
    const glob = `${path}.*.part`;
    await pl.scanParquet(glob).sinkParquet(`${path}.tmp`).collect();
    renameSync(`${path}.tmp`, path);
    for (const part of chunks) rmSync(part);
  }
  return { rows, megabytes: size() / 1e6 };
}
