import type { LazyFrame } from "@glacier/core";
import { bottomUp } from "../columns/bottom-up.ts";
import { planJson, withInputs } from "../columns/plan-json.ts";
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

/** Queries over sources without rows. */
export interface OverNothing {
  of(query: LazyFrame): LazyFrame;
  /** Whether the whole query of the step works. */
  readonly works: boolean;
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
  readonly #overNothing: OverNothing;

  constructor(polars: Polars, decoded: Decoded, typing: Typing, overNothing: OverNothing) {
    this.#polars = polars;
    this.#decoded = decoded;
    this.#typing = typing;
    this.#overNothing = overNothing;
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
    if (again.refusal !== undefined && !this.#isRefused(node)) return withSchema(planned(() => query(noRows)).schema);
    if (tried.refusal !== undefined) return tried;
    return isClear(again) ? again : planned(() => query(noRows));
  }

  /**
   * Whether Polars refuses the query as far as this node. It plans some columns with types that they don't get in the
   * end, and what it refuses of a node by itself it may let by in the query. Nor does it look at what nothing uses.
   */
  #isRefused(node: PlanNode): boolean {
    if (!this.#overNothing.works) return true;
    const query = (): LazyFrame =>
      this.#polars.LazyDataFrame.deserialize(Buffer.from(planJson(this.#decoded.rawNode(node))), "json");
    return tryQuery("nothing", () => this.#overNothing.of(query())).refusal !== undefined;
  }
}

const withSchema = (schema: TableSchema | undefined): Tried => (schema === undefined ? {} : { schema });
