import type { LazyFrame } from "@glacier/core";
import * as fc from "fast-check";
import { type ColumnType, isNumeric, type TableSchema } from "../../src/model/column-type.ts";
import { schemaOf } from "../../src/polars/frame-schema.ts";
import { inOrder, makeRows, pl, sourceRows, tables, withRows } from "./tables.ts";

const { col, lit } = pl;
type Expr = ReturnType<typeof lit>;
type Kind = "number" | "text" | "flag" | "time" | "list" | "struct" | "other";

const rows = sourceRows(makeRows(7));

/**
 * Queries that Polars takes, can execute, and gives the same rows in the same order each time; made of thrown dice, so that one that fails a test can be
 * made smaller.
 */
export const queries: fc.Arbitrary<LazyFrame> = fc
  .array(fc.nat({ max: 9_999 }), { minLength: 4, maxLength: 160 })
  .map((thrown) => new Maker(thrown).query());

/** Throws dice; what Polars does not take, or what has no columns, is left out. */
class Maker {
  readonly #thrown: readonly number[];
  #at = 0;
  #schema: TableSchema = [];
  #frame: LazyFrame;

  constructor(thrown: readonly number[]) {
    this.#thrown = thrown;
    this.#frame = this.#pick([tables.orders, tables.customers]);
    this.#take(this.#frame);
  }

  query(): LazyFrame {
    for (let steps = 0; steps < 7 && this.#at < this.#thrown.length; steps++) {
      try {
        this.#take(inOrder(this.#step(this.#frame)));
      } catch {
        // Polars says no.
      }
    }
    return this.#frame;
  }

  #take(frame: LazyFrame): void {
    const table = withRows(frame, rows).collectSync();
    if (table.columns.length === 0 || table.height > 2_000) return;
    this.#schema = schemaOf(table);
    this.#frame = frame;
  }

  /** 0 when all dice are thrown. */
  #throw(sides: number): number {
    return (this.#thrown[this.#at++] ?? 0) % sides;
  }

  #pick<Value>(values: readonly Value[]): Value {
    if (values.length === 0) throw new Error("There is nothing to pick from.");
    return values[this.#throw(values.length)] as Value;
  }

  #some<Value>(values: readonly Value[]): Value[] {
    return values.filter((_value, at) => at === 0 || this.#throw(3) > 0);
  }

  #names(...kinds: readonly Kind[]): readonly string[] {
    return this.#schema
      .filter(({ type }) => kinds.length === 0 || kinds.includes(kindOf(type)))
      .map(({ name }) => name);
  }

  #name(...kinds: readonly Kind[]): string {
    return this.#pick(this.#names(...kinds));
  }

  #step(frame: LazyFrame): LazyFrame {
    const steps: readonly (() => LazyFrame)[] = [
      () => frame.select(...this.#named(1 + this.#throw(4))),
      () => frame.withColumns(...this.#named(1 + this.#throw(3))),
      () => frame.withColumns(this.#selected()),
      () => frame.select(this.#selected(), ...this.#named(1)),
      () => frame.filter(this.#flag(2)),
      () => this.#groups(frame),
      () => this.#join(frame),
      () => frame.sort(this.#some([this.#number(1), col(this.#name("text", "time", "flag"))]), this.#throw(2) === 0),
      () => frame.slice(this.#throw(3), 1 + this.#throw(9)),
      () =>
        frame.unique({
          subset: this.#some(this.#names("number", "text", "flag")),
          keep: this.#pick(["first", "last"] as const),
          maintainOrder: true,
        }),
      () => pl.concat([frame, this.#throw(2) === 0 ? frame.filter(this.#flag(1)) : frame]),
      () =>
        pl.concat([frame, this.#pick([tables.orders, tables.customers]).select("id", "status")], { how: "diagonal" }),
      () => pl.concat([frame, tables.customers.select(pl.all().prefix(`h${this.#at}_`))], { how: "horizontal" }),
      () => frame.explode(this.#name("list")),
      () =>
        frame.unpivot(this.#some(this.#names("text")), this.#some(this.#names("number")), {
          variableName: "what",
          valueName: "much",
        }),
      () => frame.rename({ [this.#name()]: this.#name(), [this.#name()]: `r${this.#at}` }),
      () => frame.withRowIndex(`row${this.#at}`),
      () => frame.unnest(this.#name("struct")),
      () => frame.drop(this.#name()),
      () => frame.select(pl.exclude(this.#name(), this.#name())),
      () => frame.select(this.#names("number", "flag") as string[]).sum(),
      () => frame.reverse(),
      () => this.#windows(frame),
      () =>
        frame.joinAsof(this.#other(), {
          leftOn: this.#name("time"),
          rightOn: "since",
          strategy: this.#pick(["backward", "forward"]),
        }),
      () => frame.select(col(this.#name("text")).filter(this.#flag(1)), lit(1).alias("one")),
      () =>
        frame.select(
          this.#pick([
            col(this.#name("number")).unique(true),
            col(this.#name("list")).explode(),
            col(this.#name()).dropNulls(),
            col(this.#name()).head(2),
          ]),
        ),
    ];
    return this.#pick(steps)();
  }

  #groups(frame: LazyFrame): LazyFrame {
    const keys = this.#some([col(this.#name("text")), this.#number(1).alias("key")]);
    const aggregates = Array.from({ length: 1 + this.#throw(3) }, (_, at) => this.#aggregate().alias(`g${at}`));
    const all = this.#throw(3) === 0 ? [pl.all().first().suffix("_first")] : [];
    return frame.groupBy(keys).agg(...aggregates, ...all);
  }

  #windows(frame: LazyFrame): LazyFrame {
    const indexColumn = this.#name("time");
    const by = this.#throw(2) === 0 ? {} : { by: this.#name("text") };
    const windows =
      this.#throw(2) === 0
        ? frame.groupByRolling({ indexColumn, period: "3d", ...by })
        : frame.groupByDynamic({ indexColumn, every: "2d", includeBoundaries: this.#throw(2) === 0, ...by });
    return windows.agg(this.#aggregate().alias("in window"), pl.len());
  }

  #join(frame: LazyFrame): LazyFrame {
    const other = this.#other();
    const how = this.#pick(["inner", "left", "right", "full", "semi", "anti", "cross"] as const);
    if (how === "cross") return frame.join(other, { how, suffix: `_x${this.#at}` });
    const suffix = `_j${this.#at}`;
    const coalesce = this.#pick([{}, { coalesce: true }, { coalesce: false }]);
    const options = this.#pick([
      { on: "id" },
      { on: ["id", "status"] },
      { leftOn: this.#name("text"), rightOn: "name" },
      { leftOn: [this.#number(1)], rightOn: [col("2024")] },
    ]);
    return frame.join(other, { ...options, how, suffix, ...coalesce } as unknown as { on: "id" });
  }

  #other(): LazyFrame {
    return this.#pick([
      tables.customers,
      tables.customers.filter(col("2024").gt(1)),
      tables.customers.unique({ subset: ["id"], maintainOrder: true }),
    ]);
  }

  #named(count: number): Expr[] {
    return Array.from({ length: count }, () => {
      const expression = this.#any(2);
      return this.#throw(3) === 0 ? expression : expression.alias(this.#pick(["a", "b", "c", this.#name()]));
    });
  }

  #selected(): Expr {
    const numbers = col(this.#names("number") as string[]);
    return this.#pick([
      () => numbers.mul(2).suffix(this.#pick(["_2", ""])),
      () => numbers.sum().over(this.#name("text")).prefix("sum_"),
      () => col("^.*s.*$").first().prefix("first_"),
      () => numbers.add(numbers),
      () => pl.all().isNull().suffix("?"),
      () => pl.sumHorizontal([numbers]),
      () => pl.nth(this.#throw(4)),
      () => numbers.fillNull(this.#number(0)),
    ])();
  }

  #any(depth: number): Expr {
    return this.#pick([
      () => this.#number(depth),
      () => this.#text(depth),
      () => this.#flag(depth),
      () => col(this.#name()),
      () => this.#aggregate(),
      () => this.#aggregate().over(col(this.#name("text")), this.#number(0)),
      () => this.#aggregate().over(this.#name("text", "flag")),
      () => pl.struct([this.#number(0), this.#text(0)]),
    ])();
  }

  #number(depth: number): Expr {
    const leaf = [() => col(this.#name("number")), () => lit(this.#throw(5)), () => pl.len()];
    const deeper = [
      () => this.#number(depth - 1).add(this.#number(depth - 1)),
      () =>
        pl
          .when(this.#flag(depth - 1))
          .then(this.#number(depth - 1))
          .otherwise(this.#number(depth - 1)),
      () => col(this.#name("number")).fillNull(this.#number(depth - 1)),
      () => col(this.#name("number")).cumSum(),
      () => col(this.#name("number")).shift(1).over(this.#name("text")),
      () => col(this.#name("number")).rank("ordinal"),
      () => col(this.#name("number")).sort(),
      () => col(this.#name("number")).sortBy([this.#number(depth - 1)]),
      () => col(this.#name("number")).cast(pl.Int32),
      () => col(this.#name("struct")).struct.field("zip"),
      () => col(this.#name("list")).lst.lengths(),
      () => this.#number(depth - 1).keepName(),
      () => this.#number(depth - 1).prefix("p_"),
      () => col(this.#name("time")).dt.day(),
    ];
    return this.#pick(depth > 0 ? [...leaf, ...deeper, ...deeper] : leaf)();
  }

  #text(depth: number): Expr {
    const leaf = [() => col(this.#name("text")), () => lit(this.#pick(["open", "", "x"]))];
    const deeper = [
      () => pl.concatString([this.#text(depth - 1), col(this.#name("text"))], "-"),
      () => col(this.#name("text")).str.slice(0, 2),
      () =>
        pl
          .when(this.#flag(depth - 1))
          .then(this.#text(depth - 1))
          .otherwise(this.#text(depth - 1)),
      () => this.#number(depth - 1).cast(pl.String),
    ];
    return this.#pick(depth > 0 ? [...leaf, ...deeper] : leaf)();
  }

  #flag(depth: number): Expr {
    return this.#pick([
      () => this.#number(depth - 1).gt(this.#number(depth - 1)),
      () => col(this.#name()).isNull(),
      () => this.#text(depth - 1).eq(this.#text(0)),
      () => col(this.#name("text")).isIn(["open", "Ada"]),
      () => col(this.#name("text")).str.contains("a"),
      () => (depth > 0 ? this.#flag(depth - 1).and(this.#flag(depth - 1)) : lit(true)),
      () => (depth > 0 ? this.#flag(depth - 1).or(this.#flag(depth - 1)) : lit(true)),
      () => col(this.#name("number", "text")).isUnique(),
    ])();
  }

  #aggregate(): Expr {
    return this.#pick([
      () => this.#number(1).sum(),
      () => this.#number(1).mean(),
      () => col(this.#name()).first(),
      () => col(this.#name("number", "text")).max(),
      () => col(this.#name()).count(),
      () => col(this.#name("number", "text")).nUnique(),
      () => this.#number(1).filter(this.#flag(1)).sum(),
      () =>
        col(this.#name())
          .sortBy([this.#number(1)])
          .last(),
      () => pl.len(),
      () => this.#number(1).quantile(0.5),
      () => this.#flag(1).any(),
    ])();
  }
}

const kinds: Readonly<Partial<Record<ColumnType["kind"], Kind>>> = {
  String: "text",
  Boolean: "flag",
  Datetime: "time",
  List: "list",
  Struct: "struct",
};

const kindOf = (type: ColumnType): Kind => (isNumeric(type) ? "number" : (kinds[type.kind] ?? "other"));
