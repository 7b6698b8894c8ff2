/** First in, first out. Both ends in constant time, which an array's `shift` is not. */
export class Queue<Item extends object> {
  #items: Item[];
  #first = 0;

  constructor(items: Iterable<Item> = []) {
    this.#items = [...items];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first];
    if (item === undefined) return undefined;
    this.#first += 1;
    // What was taken is let go of once it is the larger half: each item is moved once on average.
    if (this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}
