import { columnsOf, fitSpan, type Line, type Span } from "./text-line.ts";
import type { TextStep } from "./text-step.ts";

/** Columns of what the steps of a level read, of their names, and of what they write. */
interface Columns {
  readonly sources: number;
  /** Between the sources and the name: an arrow, with a branch where several sources meet. */
  readonly join: number;
  readonly step: number;
  readonly targets: number;
}

/** After the number of the level: the branch of the tree. */
const branchWidth = 4;
const arrow = " ─▶ ";

/** The steps of one level as a tree after its number, each on one line if it fits, in columns if these fit too. */
export function drawLevel(steps: readonly TextStep[], level: string, fullWidth: number): readonly Line[] {
  const width = fullWidth - level.length - branchWidth;

  const measured = steps.map((step) => ({ step, columns: measure(step) }));
  const fitting = measured.filter(({ columns }) => total(columns) <= width).map(({ columns }) => columns);
  const shared = fitting.reduce(widest, { sources: 0, join: 0, step: 0, targets: 0 });
  const aligned = total(shared) <= width;
  return measured.flatMap(({ step, columns }, index) => {
    const fits = total(columns) <= width;
    const rows = fits ? drawRow(step, aligned ? shared : columns) : drawBlock(step, width);
    const first = index === 0;
    const last = index === measured.length - 1;
    return rows.map((row, at): Line => {
      const number = first && at === 0 ? level : " ".repeat(level.length);
      const branch = at > 0 ? (last ? "    " : " │  ") : last ? (first ? " ── " : " └─ ") : first ? " ┬─ " : " ├─ ";
      return [{ text: number + branch, style: "dim" }, ...row];
    });
  });
}

function measure({ sources, name, executor, targets }: TextStep): Columns {
  const widestOf = (spans: readonly Span[]): number =>
    spans.reduce((most, { text }) => Math.max(most, columnsOf(text)), 0);
  return {
    sources: widestOf(sources),
    join: sources.length === 0 ? 0 : sources.length === 1 ? 4 : 5,
    step: columnsOf(`${name} (${executor})`),
    targets: widestOf(targets),
  };
}

function widest(a: Columns, b: Columns): Columns {
  return {
    sources: Math.max(a.sources, b.sources),
    join: Math.max(a.join, b.join),
    step: Math.max(a.step, b.step),
    targets: Math.max(a.targets, b.targets),
  };
}

function total({ sources, join, step, targets }: Columns): number {
  return sources + join + step + (targets === 0 ? 0 : arrow.length + targets);
}

/** `source ─▶ step (executor) ─▶ target`; further sources and targets stand on lines of their own below. */
function drawRow(step: TextStep, columns: Columns): readonly Line[] {
  const { sources, targets } = step;
  return Array.from({ length: Math.max(1, sources.length, targets.length) }, (_, at): Line => {
    const source = sources[at];
    const target = targets[at];
    const left: Line =
      source === undefined
        ? [{ text: " ".repeat(columns.sources + columns.join) }]
        : [
            source,
            { text: joint(columns.sources - columnsOf(source.text), columns.join, at, sources.length), style: "dim" },
          ];
    const gap = columns.step - columnsOf(`${step.name} (${step.executor})`);
    const middle: Line = at === 0 ? nameOf(step) : [{ text: " ".repeat(columns.step) }];
    if (target === undefined) return [...left, ...middle];
    const lead = at === 0 ? ` ${"─".repeat(gap + 1)}▶ ` : " ".repeat(arrow.length);
    return [...left, ...middle, { text: lead, style: "dim" }, target];
  });
}

/** The line from a source to its step: straight, or a branch of the bracket that gathers several sources. */
function joint(gap: number, columns: number, at: number, count: number): string {
  if (count === 1) return ` ${"─".repeat(gap + columns - 3)}▶ `;
  const bend = at === 0 ? "┬▶ " : at === count - 1 ? "┘  " : "┤  ";
  return ` ${"─".repeat(gap + columns - 4)}${bend}`;
}

/** The step, and below it line by line what it reads and what it writes. */
function drawBlock(step: TextStep, width: number): readonly Line[] {
  const listed = (sign: string, spans: readonly Span[]): readonly Line[] =>
    spans.map((span) => [{ text: sign, style: "dim" }, fitSpan(span, Math.max(0, width - sign.length))]);
  return [blockTitle(step, width), ...listed("◀ ", step.sources), ...listed("▶ ", step.targets)];
}

/** The executor is kept whole as long as it leaves half of the line to the name. */
function blockTitle(step: TextStep, width: number): Line {
  const executor = fitSpan({ text: step.executor }, Math.floor(width / 2)).text;
  const name = fitSpan({ text: step.name }, Math.max(0, width - columnsOf(executor) - 3)).text;
  return nameOf({ name, executor });
}

function nameOf({ name, executor }: Pick<TextStep, "name" | "executor">): Line {
  return [
    { text: name, style: "bold" },
    { text: ` (${executor})`, style: "dim" },
  ];
}
