import type { LazyFrame } from "@glacier/core";
import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import type { DecodeContext } from "./decode-context.ts";
import { decodeExpression } from "./decode-expressions.ts";
import { decodeNode } from "./decode-nodes.ts";
import { parseExact } from "./exact-json.ts";
import { readFrame } from "./frame-content.ts";
import { pathOfLeaf } from "./leaf.ts";
import type { Polars } from "./load.ts";
import { list, raw } from "./shape.ts";
import { finish, part, parts, type Steps } from "./steps.ts";
import { renameTemporary } from "./temporary-names.ts";
import { unwrittenFloats } from "./unwritten-floats.ts";

/** A plan of Polars in Glacier's own words, and where its parts are from. */
export interface Decoded {
  readonly plan: PlanNode;
  /** A node of the plan as Polars writes it in JSON, parsed. Whole numbers that are too long for numbers are bigints. */
  rawNode(node: PlanNode): unknown;
  rawExpression(expression: Expression): unknown;
}

/**
 * Reads the plan of a query, without running it.
 * @throws Unknown where there is something in it that Glacier does not know
 * @throws OwnRead where it reads other data than those of the step's sources
 * @throws what Polars throws where the plan can't be written down
 */
export function decodePlan(polars: Polars, frame: LazyFrame): Decoded {
  const json = parseExact(frame.serialize("json"));
  renameTemporary(json, () => frame.columns);
  const decoding = new Decoding(
    polars,
    unwrittenFloats(polars, json, () => frame.serialize("bincode")),
  );
  return {
    plan: finish(decoding.node(json)),
    rawNode: (node) => decoding.origins.get(node),
    rawExpression: (expression) => decoding.origins.get(expression),
  };
}

class Decoding implements DecodeContext {
  readonly origins = new WeakMap<PlanNode | Expression, unknown>();
  readonly unwritten: DecodeContext["unwritten"];
  readonly #polars: Polars;
  #scanOfLeaf: unknown;

  constructor(polars: Polars, unwritten: DecodeContext["unwritten"]) {
    this.#polars = polars;
    this.unwritten = unwritten;
  }

  node(json: unknown): Steps<PlanNode> {
    return part(this.#remembered(json, decodeNode(json, this)));
  }

  nodes(json: unknown): Steps<readonly PlanNode[]> {
    return parts(list(raw)(json, "tables").map((each) => this.#remembered(each, decodeNode(each, this))));
  }

  expression(json: unknown): Steps<Expression> {
    return part(this.#remembered(json, decodeExpression(json, this)));
  }

  expressions(json: unknown): Steps<readonly Expression[]> {
    return parts(list(raw)(json, "expressions").map((each) => this.#remembered(each, decodeExpression(each, this))));
  }

  frame(bytes: readonly number[]): ReturnType<DecodeContext["frame"]> {
    return readFrame(this.#polars, bytes);
  }

  scanOfLeaf(): unknown {
    this.#scanOfLeaf ??= parseExact(this.#polars.scanParquet(pathOfLeaf("any"), { glob: false }).serialize("json"));
    return (this.#scanOfLeaf as { readonly Scan?: unknown }).Scan;
  }

  remember(decoded: PlanNode | Expression, json: unknown): void {
    // What is written in other words before it is decoded has these words as its origin.
    if (!this.origins.has(decoded)) this.origins.set(decoded, json);
  }

  *#remembered<Result extends PlanNode | Expression>(json: unknown, work: Steps<Result>): Steps<Result> {
    const decoded = yield* work;
    this.remember(decoded, json);
    return decoded;
  }
}
