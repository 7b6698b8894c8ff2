import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Queue } from "./queue.ts";

describe("a queue", () => {
  it("gives what an array would, in the same order", () => {
    const item = fc.record({ id: fc.integer() });
    const action = fc.record({ push: fc.array(item, { maxLength: 5 }), take: fc.nat({ max: 6 }) });
    fc.assert(
      fc.property(fc.array(item), fc.array(action), (first, actions) => {
        const queue = new Queue(first);
        const array = [...first];
        for (const { push, take } of actions) {
          for (const each of push) queue.push(each);
          array.push(...push);
          for (let count = 0; count < take; count++) expect(queue.shift()).toBe(array.shift());
        }
        while (array.length > 0) expect(queue.shift()).toBe(array.shift());
        expect(queue.shift()).toBeUndefined();
      }),
    );
  });
});
