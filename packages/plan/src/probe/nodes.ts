import type { LazyFrame } from "@glacier/core";
import { bottomUp } from "../columns/bottom-up.ts";
import { withInputs } from "../columns/plan-json.ts";
import type { TableSchema } from "../model/column-type.ts";
import { inputsOf, type PlanNode } from "../model/node.ts";
import type { Typing } from "../model/typing.ts";
import type { Decoded } from "../polars/decode.ts";
import { schemaOf } from "../polars/frame-schema.ts";
import type { Polars } from "../polars/load.ts";
import { makesManyRows } from "./cost.ts";
import { type Refusal, refusalOf, type TriedOn } from "./refusal.ts";
import { noRows, oneRow, sampleJson } from "./row.ts";

/** A node that can't work, over inputs of these columns. */
export interface Refused {
  readonly node: PlanNode;
  readonly inputs: readonly TableSchema[];
  readonly refusal: Refusal;
}

/** What came of trying a query. `undefined` for both: it fails, and may work over other data. */
export interface Tried {
  readonly schema?: TableSchema;
  readonly refusal?: Refusal;
}

export function tryQuery(triedOn: TriedOn, query: () => LazyFrame): Tried {
  try {
    return { schema: schemaOf(query().collectSync()) };
  } catch (error) {
    const refusal = refusalOf(error instanceof Error ? error.message : String(error), triedOn);
    return refusal === undefined ? {} : { refusal };
  }
}

const isClear = ({ schema, refusal }: Tried): boolean => schema !== undefined || refusal !== undefined;

/** The columns that Polars expects of a query, which it doesn't run: some types are not what comes in the end. */
export function planned(query: () => LazyFrame): Tried {
  return tryQuery("nothing", () => query().limit(0));
}

/**
 * Tries every node of a plan by itself: so each gets a row, whatever a filter or a join before it would leave, and all
 * nodes that can't work are found and not only the first.
 */
export class NodeTrial {
  readonly refused: readonly Refused[];
  readonly #schemas = new Map<PlanNode, TableSchema | undefined>();
  readonly #polars: Polars;
  readonly #decoded: Decoded;
  readonly #typing: Typing;
  readonly #works: boolean;

  /** @param works Whether the whole query works over sources without rows. */
  constructor(polars: Polars, decoded: Decoded, typing: Typing, works: boolean) {
    this.#polars = polars;
    this.#decoded = decoded;
    this.#typing = typing;
    this.#works = works;
    const refused: Refused[] = [];
    for (const node of bottomUp(decoded.plan)) {
      const inputs = inputsOf(node).map((input) => this.#schemas.get(input));
      if (!inputs.every((input) => input !== undefined)) {
        this.#schemas.set(node, undefined);
        continue;
      }
      const { schema, refusal } = this.#try(node, inputs);
      if (refusal !== undefined) refused.push({ node, inputs, refusal });
      this.#schemas.set(node, refusal?.unlessLists === true ? this.#typing.schemaOf(node) : schema);
    }
    this.refused = refused;
  }

  /** The columns of a node; `undefined` where it, or something below it, does not work over what was tried. */
  schemaOf(node: PlanNode): TableSchema | undefined {
    return this.#schemas.get(node);
  }

  #try(node: PlanNode, inputs: readonly TableSchema[]): Tried {
    if (inputs.length === 0) return withSchema(this.#typing.schemaOf(node));
    if (node.kind === "slice") return withSchema(inputs[0]);
    const query = (make: typeof noRows): LazyFrame => {
      const tables = inputs.map((schema) => sampleJson(make(this.#polars, schema)));
      const json = withInputs(this.#decoded.rawNode(node), tables);
      return this.#polars.LazyDataFrame.deserialize(Buffer.from(json), "json");
    };
    if (makesManyRows(node)) return planned(() => query(noRows));
    const tried = tryQuery("row", () => query(oneRow));
    if (tried.schema !== undefined) return tried;
    const again = tryQuery("nothing", () => query(noRows));
    // Polars plans some columns with types that they don't get in the end. What it then refuses of a node by itself, it
    // lets by in the whole query.
    if (this.#works && again.refusal !== undefined) return withSchema(planned(() => query(noRows)).schema);
    if (tried.refusal !== undefined) return tried;
    return isClear(again) ? again : planned(() => query(noRows));
  }
}

const withSchema = (schema: TableSchema | undefined): Tried => (schema === undefined ? {} : { schema });
