import { randomUUID } from "node:crypto";

/** Begins what stands in the text of a plan until something else is put there. Nobody has it in a plan of theirs. */
const place = `glacier ${randomUUID()} `;
const placeOf = (input: number): string => `${place}input ${input}`;

/** A whole number that is too long for a number of JavaScript's. */
const long = new RegExp(`"${place}(-?\\d+)"`, "g");
const floats: ReadonlySet<string> = new Set(["Float", "Float16", "Float32", "Float64"]);

/** A plan or an expression in Polars' own form as JSON again. Its types are the same; values may differ. */
export function planJson(plan: unknown): string {
  const json = JSON.stringify(plan, (key, value: unknown) => {
    // Polars writes floats that are not finite as null, and can't read that.
    if (value === null && floats.has(key)) return 0;
    return typeof value === "bigint" ? place + String(value) : value;
  });
  return json.replaceAll(long, "$1");
}

/**
 * A node with other inputs, which are JSON as well. They are put in as text: read and written again by JavaScript,
 * columns whose names are whole numbers would come first.
 * @throws where the node has another number of inputs
 */
export function withInputs(node: unknown, inputs: readonly string[]): string {
  let json = planJson(inPlaces(node, inputs.length));
  for (const [index, input] of inputs.entries()) json = json.replace(JSON.stringify(placeOf(index)), () => input);
  return json;
}

function inPlaces(node: unknown, count: number): unknown {
  const [[kind, body] = [], ...more] = Object.entries(node as Readonly<Record<string, object>>);
  if (kind === undefined || body === undefined || more.length > 0) throw new Error("This is no node.");
  const places = Array.from({ length: count }, (_, index) => placeOf(index));
  if ("inputs" in body) return { [kind]: { ...body, inputs: places } };
  const keys = ["input", "input_left", "input_right"].filter((key) => key in body);
  if (keys.length !== count) throw new Error(`The node has ${keys.length} inputs, not ${count}.`);
  return { [kind]: { ...body, ...Object.fromEntries(keys.map((key, index) => [key, places[index]])) } };
}
