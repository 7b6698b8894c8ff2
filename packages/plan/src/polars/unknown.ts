/**
 * Something in a plan of Polars that Glacier does not know. Whoever reads the plan makes it opaque: what is not known
 * is never guessed.
 */
export class Unknown extends Error {
  override readonly name = "Unknown";
  /** What it is, as in "Glacier does not know …". */
  readonly what: string;

  constructor(what: string) {
    super(`Glacier does not know ${what}`);
    this.what = what;
  }
}
