/** `1,234,567`. */
export const count = (value: number): string => value.toLocaleString("en-US");

/** `0 B`, `12.3 kB`, `4.1 MB`: powers of 1,000. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let at = 0;
  let scaled = value;
  while (scaled >= 999.5 && at < units.length - 1) {
    scaled /= 1_000;
    at += 1;
  }
  return `${at === 0 ? scaled : scaled.toFixed(1)} ${units[at]}`;
}

/** `12 ms`, `3.4 s`, `2 min 05 s`. From milliseconds. */
export function duration(milliseconds: number): string {
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 59_950) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** `1 step`, `2 steps`. */
export const plural = (number: number, noun: string): string => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;

// oxlint-disable-next-line no-control-regex -- they are what has to go
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** Without what could move the cursor or change colours: names come from users' files. */
export const harmless = (text: string): string => text.replaceAll(controls, "�");
