/** What can be recognised by a mark. */
export type Brand = "bucket" | "dag" | "nullable" | "pending" | "pipeline" | "provider" | "registry" | "task";

/**
 * Marks that are the same for every installed copy of this package, so that a bucket made with one copy is known to
 * another. `instanceof` can't do that.
 */
const symbolOf = (brand: Brand): symbol => Symbol.for(`glacier.${brand}`);

export function mark(value: object, brand: Brand): void {
  Object.defineProperty(value, symbolOf(brand), { value: true });
}

export function isMarked(value: unknown, brand: Brand): boolean {
  return (
    ((typeof value === "object" && value !== null) || typeof value === "function") &&
    (value as Record<symbol, unknown>)[symbolOf(brand)] === true
  );
}
