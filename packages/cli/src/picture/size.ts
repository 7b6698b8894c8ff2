import stringWidth from "string-width";

/** Sizes of the picture in pixels of the unscaled drawing. */
export const size = {
  labelFont: 13,
  metaFont: 11,
  padding: 14,
  minNodeWidth: 120,
  maxNodeWidth: 280,
  /** A bucket, with the ellipse of its cylinder. */
  bucketHeight: 56,
  cylinderRadius: 6,
  /** A step without its inputs. */
  stepHeight: 50,
  inputHeight: 20,
  /** Below the last input. */
  inputMargin: 6,
} as const;

/**
 * About how wide a sans-serif font draws the text. There is no font to ask, so this is an estimate after DejaVu Sans
 * Bold, which is among the widest that a system may have.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += character <= "~" ? asciiWidth(character) : stringWidth(character) * 0.7;
  return ems * fontSize;
}

function asciiWidth(character: string): number {
  if (/[ijlI.,:;'|!/\\ ]/.test(character)) return 0.38;
  if (/[ftr()[\]{}"`_-]/.test(character)) return 0.5;
  if (/[mwMW@%]/.test(character)) return 1.02;
  return /[A-Z&]/.test(character) ? 0.79 : 0.7;
}
