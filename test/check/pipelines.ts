import { joins } from "./joins.ts";
import { op, operations } from "./operations.ts";
import {
  type Chain,
  type Column,
  type Format,
  name,
  type Pipeline,
  type Source,
  type Step,
  type Target,
} from "./program.ts";
import { Random } from "./random.ts";
import { makeSource } from "./sources.ts";
import * as is from "./types.ts";

export interface PipelineOptions {
  /** Whether steps may read text that another step has written and nobody declares: its types are guesses. */
  readonly guesses: boolean;
}

/** A pipeline that is right: the same one for the same seed. */
export function makePipeline(seed: number, { guesses }: PipelineOptions): Pipeline {
  return new Maker(seed, guesses).pipeline();
}

/** A bucket that a step may read, with the columns that it then gets. */
interface Readable {
  readonly path: string;
  readonly columns: readonly Column[];
}

class Maker {
  readonly #seed: number;
  readonly #random: Random;
  readonly #guesses: boolean;
  #names = 0;

  constructor(seed: number, guesses: boolean) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#guesses = guesses;
  }

  pipeline(): Pipeline {
    const random = this.#random;
    const sources: Source[] = Array.from({ length: 1 + random.below(3) }, (_, at) => makeSource(random, at));
    const readable: Readable[] = [...sources];
    const unread = new Set<Readable>(readable);
    const steps: Step[] = [];
    const count = 2 + random.below(7);
    for (let at = 0; at < count; at++) {
      // Mostly what no step reads yet: so pipelines get long.
      const main = random.chance(0.8) ? (readable.at(-1) as Readable) : random.pick(readable);
      const others = readable.filter((each) => each !== main);
      const read = others.length > 0 && random.chance(0.5) ? [main, random.pick(others)] : [main];
      for (const each of read) unread.delete(each);
      const { step, written } = this.#step(at, read);
      steps.push(step);
      readable.push(written);
    }
    const used = new Set(steps.flatMap(({ inputs }) => inputs.map(({ path }) => path)));
    return { seed: this.#seed, sources: sources.filter(({ path }) => used.has(path)), steps };
  }

  #step(at: number, read: readonly Readable[]): { readonly step: Step; readonly written: Readable } {
    const aliases = read.length === 1 ? [this.#random.chance(0.8) ? "df" : "rows"] : ["left", "right"];
    const inputs = read.map(({ path, columns }, index) => ({ alias: aliases[index] as string, path, columns }));
    const [{ alias, columns }, ...others] = inputs as [(typeof inputs)[number], ...typeof inputs];
    const chain: Chain = { from: alias, ops: [] };
    let now = columns;
    const wanted = 1 + this.#random.below(4);
    for (let tries = 0; chain.ops.length < wanted && tries < 40; tries++) {
      const isJoin = others.length > 0 && !chain.ops.some(({ calls }) => calls.some(({ args }) => args.some(isChain)));
      const make = this.#random.pick(isJoin ? joins : operations);
      const made = make({ random: this.#random, columns: now, fresh: this.#fresh, chain, others });
      if (made === undefined || made.after.length > 14) continue;
      chain.ops.push(made);
      now = made.after;
    }
    const target = this.#target(at, now);
    if (target.format === "csv" || target.format === "ndjson") now = this.#writable(chain, now, target.format);
    const declared = target.schema === undefined ? undefined : this.#declared(now, target.strict);
    const step = { name: `step_${at + 1}`, inputs, body: chain, target: { ...target, schema: declared } };
    return { step, written: { path: target.path, columns: this.#asRead(now, step.target) } };
  }

  readonly #fresh = (stem: string): string => `${stem.replace(/_\d+$/, "")}_${++this.#names}`;

  #target(at: number, columns: readonly Column[]): Target {
    const random = this.#random;
    const isDeclared = random.chance(0.3);
    const texts: readonly Format[] = isDeclared || this.#guesses ? ["csv", "ndjson"] : [];
    const format = random.pick<Format>(["parquet", "parquet", "parquet", "ipc", ...texts]);
    return {
      path: `out/${at + 1}.${format}`,
      format,
      schema: isDeclared ? columns : undefined,
      strict: random.chance(0.5),
    };
  }

  /** Only what the format can hold. */
  #writable(chain: Chain, columns: readonly Column[], format: Format): readonly Column[] {
    const isNested = ({ type }: Column): boolean => is.isList(type) || is.isStruct(type);
    const isWritable = (column: Column): boolean => {
      if (format === "csv") return !isNested(column);
      return !/Decimal|Int8|Int16/.test(column.type);
    };
    const kept = columns.filter(isWritable);
    if (kept.length === columns.length || kept.length === 0) return columns;
    chain.ops.push(op(columns, kept, "select", ...kept.map((column) => name(column.name))));
    return kept;
  }

  #declared(columns: readonly Column[], isStrict: boolean): readonly Column[] {
    return isStrict || columns.length < 3 ? columns : this.#random.exactly(columns, columns.length - 1);
  }

  #asRead(columns: readonly Column[], { schema, format }: Target): readonly Column[] {
    if (schema !== undefined) return schema;
    if (format === "parquet" || format === "ipc") return columns;
    return columns.map((column) => {
      const type = asText(column.type);
      return type === column.type ? column : { name: column.name, type };
    });
  }
}

const isChain = ({ kind }: { readonly kind: string }): boolean => kind === "chain";

/** What a column of text becomes again, mostly. */
function asText(type: string): string {
  if (is.isInteger(type)) return "Int64";
  if (is.isFlag(type) || type === "Float64") return type;
  if (is.isList(type)) return `List(${asText(is.elementOf(type))})`;
  if (is.isStruct(type)) {
    return `Struct(${is
      .fieldsOf(type)
      .map((field) => `${field.name}: ${asText(field.type)}`)
      .join(", ")})`;
  }
  return is.isDecimal(type) ? "Float64" : "String";
}
