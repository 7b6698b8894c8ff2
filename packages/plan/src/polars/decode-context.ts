import type { Expression } from "../model/expression.ts";
import type { PlanNode } from "../model/node.ts";
import type { FrameContent } from "./frame-content.ts";
import type { Steps } from "./steps.ts";

/** What a part of a plan needs, beside its JSON, to be decoded. */
export interface DecodeContext {
  node(raw: unknown): Steps<PlanNode>;
  nodes(raw: unknown): Steps<readonly PlanNode[]>;
  expression(raw: unknown): Steps<Expression>;
  expressions(raw: unknown): Steps<readonly Expression[]>;
  /** How the scan of some leaf looks. */
  scanOfLeaf(): unknown;
  /** A frame as bytes. */
  frame(bytes: readonly number[]): FrameContent;
  /** The value of a float that JSON has as null; `undefined` where it can't be told. */
  unwritten(literal: object): string | undefined;
  /** Says from which JSON a node is. */
  remember(node: PlanNode, raw: unknown): void;
}
