import { size } from "./size.ts";
import { storageColors } from "./theme.ts";

/** The class that gives a bucket the colour of the graph's storage of this index. */
export function storageClass(index: number): string {
  return `glacier-storage-${index % storageColors}`;
}

/** A cylinder. */
export function bucketShape(width: number, height: number, radius: number = size.cylinderRadius): string {
  const arc = `a${width / 2} ${radius} 0 0`;
  return (
    `<path class="glacier-shape" d="M0 ${radius}${arc} 1 ${width} 0v${height - 2 * radius}` +
    `${arc} 1 ${-width} 0z"/><path class="glacier-rim" d="M0 ${radius}${arc} 0 ${width} 0"/>`
  );
}

/** A box with round corners, and a line above its inputs if it has some. */
export function stepShape(width: number, height: number, divided = false): string {
  const divider = divided
    ? `<line class="glacier-divider" x1="0" y1="${size.stepHeight}" x2="${width}" y2="${size.stepHeight}"/>`
    : "";
  const radius = Math.min(8, height / 4);
  return `<rect class="glacier-shape" width="${width}" height="${height}" rx="${radius}"/>${divider}`;
}
