import { columnsOf } from "./picture/text-line.ts";

/** How wide a column of these texts is to be, on a terminal. Wider ones stick out. */
export const widthOf = (texts: readonly string[]): number => Math.min(40, Math.max(0, ...texts.map(columnsOf)));

/** The text with spaces after it. */
export const padTo = (width: number, text: string): string => text + " ".repeat(Math.max(0, width - columnsOf(text)));
