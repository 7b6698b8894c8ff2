const unprintable = /[\p{Cc}\p{Cs}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * A label as one line that any output can hold: line breaks and tabs become spaces, and other control characters, lone
 * surrogates and marks that turn the direction of the text become `�`. So a label can neither break a document nor send
 * commands to a terminal.
 */
export function printable(label: string): string {
  return label.replaceAll(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, " ").replaceAll(unprintable, "�");
}

/**
 * The text if it is no wider than `max`, else its start and end with `…` between. The end keeps more, since the end of
 * a path says most. Never cuts through an emoji or an accented letter; what does not even fit alone becomes empty.
 */
export function shorten(text: string, max: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= max) return text;
  const ellipsis = "…";
  let room = max - widthOf(ellipsis);
  if (room < 0) return "";
  const parts = Array.from(graphemes.segment(text), ({ segment }) => segment);
  let head = "";
  let tail = "";
  let first = 0;
  let last = parts.length - 1;
  const headRoom = room * 0.4;
  let headWidth = 0;
  while (first <= last) {
    const next = parts[first] ?? "";
    const width = widthOf(next);
    if (headWidth + width > headRoom) break;
    head += next;
    headWidth += width;
    first++;
  }
  room -= headWidth;
  while (last >= first) {
    const next = parts[last] ?? "";
    const width = widthOf(next);
    if (width > room) break;
    tail = next + tail;
    room -= width;
    last--;
  }
  return head + ellipsis + tail;
}
