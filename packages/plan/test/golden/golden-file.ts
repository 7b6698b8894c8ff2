/** A plan as Polars writes it, and what it decodes to. */
export interface Golden {
  readonly polars: string;
  readonly plan: string;
}

export const goldenText = ({ polars, plan }: Golden): string =>
  `{\n"polars":\n${pretty(withoutChance(polars))},\n"plan":\n${pretty(plan)}\n}\n`;

export function readGolden(text: string): Golden {
  const [, polars, plan] = /^\{\n"polars":\n([^]*),\n"plan":\n([^]*)\n\}\n$/.exec(text) ?? [];
  if (polars === undefined || plan === undefined) throw new Error("This is no golden file.");
  return { polars, plan };
}

/** What Polars writes in another way each time. */
const withoutChance = (json: string): string =>
  json
    .replaceAll(/"id":"[0-9a-f]{8}-[0-9a-f-]{27}"/g, '"id":"00000000-0000-0000-0000-000000000000"')
    .replaceAll(/"version":\d+\}/g, '"version":0}')
    .replaceAll(/_POLARS_TMP_\d+/g, "_POLARS_TMP_0");

type Part = string | { readonly open: string; readonly close: string; readonly items: readonly Part[] };

/** JSON in lines that are not too long. Numbers stay as they are written, which JavaScript would not do. */
function pretty(json: string): string {
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g) ?? [];
  let at = 0;
  const part = (): Part => {
    const token = tokens[at++] as string;
    if (token !== "{" && token !== "[") return token;
    const [items, close]: [Part[], string] = [[], token === "{" ? "}" : "]"];
    while (tokens[at] !== close) {
      if (tokens[at] === ",") at += 1;
      const first = part();
      if (tokens[at] !== ":" || typeof first !== "string") items.push(first);
      else {
        at += 1;
        const value = part();
        const name = `${first}: `;
        items.push(typeof value === "string" ? name + value : { ...value, open: name + value.open });
      }
    }
    at += 1;
    return { open: token, close, items };
  };
  return inLines(part(), "");
}

function inLines(part: Part, indent: string): string {
  if (typeof part === "string") return part;
  const short = inLine(part);
  const isBytes = part.items.length > 20 && part.items.every((item) => typeof item === "string" && /^\d+$/.test(item));
  if (isBytes || indent.length + short.length <= 120) return short;
  const items = part.items.map((item) => `\n${indent}  ${inLines(item, `${indent}  `)}`);
  return `${part.open}${items.join(",")}\n${indent}${part.close}`;
}

const inLine = (part: Part): string =>
  typeof part === "string" ? part : part.open + part.items.map(inLine).join(", ") + part.close;
