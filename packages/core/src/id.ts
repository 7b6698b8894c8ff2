/**
 * Ids that are safe in every drawing language, readable, and the same on every machine: the kind, the letters and digits
 * of the name, and a hash of the whole name, since `a/b` and `a_b` have the same letters.
 */
export class IdMaker {
  readonly #taken = new Map<string, number>();

  make(kind: string, name: string): string {
    const letters = name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "_")
      .slice(0, 40);
    const id = `${kind}_${letters}_${hash(name)}`;
    const count = this.#taken.get(id) ?? 0;
    this.#taken.set(id, count + 1);
    return count === 0 ? id : `${id}_${count}`;
  }
}

/** FNV-1a, 32 bits, in base 36. http://www.isthe.com/chongo/tech/comp/fnv/ */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return (value >>> 0).toString(36);
}
