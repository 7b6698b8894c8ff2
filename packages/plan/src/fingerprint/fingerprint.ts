import { createHash } from "node:crypto";
import { inputsOf, type PlanNode } from "../model/node.ts";
import { canonicalText } from "./canonical.ts";
import type { SourceForm, StepForms } from "./forms.ts";
import { inNormalForm } from "./normal-form.ts";
import { Unknown } from "../polars/unknown.ts";

/** What beside the plan decides what a step does. */
export interface FingerprintContext extends StepForms {
  /** The version of nodejs-polars: another one may do other things with the same plan. */
  readonly polars: string;
}

/** Of how the fingerprint is made. A change in that is a new one, so that old and new are never taken for the same. */
const scheme = "g1";

/**
 * A text that changes exactly when a step's logic does: `g1-` and the SHA-256 of what the step does, in hexadecimal. It is
 * never shortened, as it decides whether a step has to run; 12 digits are enough to show.
 *
 * It depends on the plan with all names, literals, options and orders in it, the names of the sources, the formats and
 * options of sources and target, and the version of Polars. It does not depend on data, on the columns and types that
 * the sources have, on places, credentials, process or machine, nor on how the code is written that makes the plan.
 * @throws Unknown
 */
export function fingerprint(plan: PlanNode, { polars, sources, target }: FingerprintContext): string {
  const read = [...sourcesOf(plan)].map((name) => [name, formOf(name, sources)] as const);
  const logic = { scheme, polars, plan, sources: Object.fromEntries(read), target };
  return `${scheme}-${createHash("sha256").update(canonicalText(logic, inNormalForm)).digest("hex")}`;
}

function formOf(name: string, sources: StepForms["sources"]): SourceForm {
  const form = sources[name];
  if (form === undefined) throw new Unknown(`how the source \`${name}\` is read`);
  return form;
}

/** What the plan does not read makes no difference. */
function sourcesOf(plan: PlanNode): ReadonlySet<string> {
  const names = new Set<string>();
  const open: PlanNode[] = [plan];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.kind === "source") names.add(node.name);
    open.push(...inputsOf(node));
  }
  return names;
}
