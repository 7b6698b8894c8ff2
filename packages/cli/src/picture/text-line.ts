import { styleText } from "node:util";
import stringWidth from "string-width";
import { shorten } from "./label.ts";

/** How a part of a line looks in a terminal with colours. */
export type Style = "bold" | "dim" | "cyan" | "yellow" | "green" | "magenta" | "blue" | "red";

/** A part of a line, without line breaks or control characters. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

/** A line of a picture in text, from left to right. */
export type Line = readonly Span[];

/** What a picture is made of apart from unusual names: one column each. Counting these is much the faster way. */
const simple = /^[ -~─│├└┬┤┘▶◀…]*$/;

/** In columns of a terminal. */
export function columnsOf(text: string): number {
  return simple.test(text) ? text.length : stringWidth(text);
}

/** The part, shortened in its middle if it takes more columns than there are. */
export function fitSpan(span: Span, columns: number): Span {
  return { ...span, text: shorten(span.text, columns, columnsOf) };
}

/** The line as a terminal shows it: cut at the width, without spaces at its end, and with colours only if wanted. */
export function paintLine(line: Line, width: number, color: boolean): string {
  let room = width;
  let painted = "";
  const filled = line.findLastIndex(({ text }) => text.trim() !== "");
  for (const [index, span] of line.slice(0, filled + 1).entries()) {
    const { text, style } = fitSpan(span, room);
    const shown = index === filled ? text.trimEnd() : text;
    room -= columnsOf(shown);
    // Whether there are colours is for the caller to say, not for the stream that happens to be the output.
    painted += color && style !== undefined ? styleText(style, shown, { validateStream: false }) : shown;
  }
  return painted;
}
