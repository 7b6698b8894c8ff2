/**
 * JSON that can stand inside a script element: `<` would let it end or comment out the element, and U+2028 and U+2029
 * are line breaks to some that read it.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
