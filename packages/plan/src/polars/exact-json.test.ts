import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseExact } from "./exact-json.ts";

const parse = (text: string): unknown => parseExact(Buffer.from(text));

/** As JavaScript writes numbers. */
const written = (value: unknown): string =>
  JSON.stringify(value, (_key, each: unknown) => (typeof each === "bigint" ? Number(each) : each));

describe("reading JSON", () => {
  it("keeps all digits of whole numbers", () => {
    expect(parse("[9007199254740991,9007199254740992,9007199254740993,-9007199254740993]")).toEqual([
      9007199254740991,
      9007199254740992n,
      9007199254740993n,
      -9007199254740993n,
    ]);
    expect(parse('{"a":{"b":[18446744073709551615]}}')).toEqual({ a: { b: [2n ** 64n - 1n] } });
    expect(parse("340282366920938463463374607431768211455")).toBe(2n ** 128n - 1n);
  });

  it("leaves fractions, exponents and -0 as they are", () => {
    const text = "[12345678901234567000.0,0.12345678901234567,1.2345678901234567e+300,-0.0,12345678901234567890e-3]";
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it("leaves digits in texts and names as they are", () => {
    const values = [
      "9007199254740993",
      '"9007199254740993',
      '\\"9007199254740993',
      "\\",
      "\\\\9007199254740993\\",
      "integer 9007199254740993",
      "integer !9007199254740993",
      "\u2028\u0000 9007199254740993,",
      "]}9007199254740993{[",
    ];
    for (const text of values) expect(parse(JSON.stringify(["a", text]))).toEqual(["a", text]);
    expect(parse(`{"12345678901234567890":12345678901234567890,"x":${JSON.stringify(values)}}`)).toEqual({
      "12345678901234567890": 12345678901234567890n,
      x: values,
    });
  });

  it("is the same as JavaScript's, for numbers that JavaScript can hold", () => {
    const digits = fc.string({ unit: fc.constantFrom(..."0123456789\\\"'[]{},: eE.-+integer!☃".split("")) });
    const value = fc.jsonValue({ maxDepth: 6 });
    fc.assert(
      fc.property(value, fc.array(digits), fc.dictionary(digits, fc.maxSafeInteger()), (any, texts, numbers) => {
        const text = JSON.stringify([any, texts, numbers]);
        // The next one after the safe integers stands for two of them.
        fc.pre(!text.includes("9007199254740992"));
        expect(written(parse(text))).toBe(text);
        // With one that it can't hold, so that it has to look at everything.
        expect(written(parse(`[${text},9007199254740993,${text}]`))).toBe(`[${text},9007199254740992,${text}]`);
      }),
      { numRuns: 500 },
    );
  });

  it("keeps every whole number, wherever it stands", () => {
    const integer = fc.bigInt({ min: -(2n ** 127n), max: 2n ** 128n });
    fc.assert(
      fc.property(fc.array(integer), fc.string(), (integers, text) => {
        const json = `{"a":[${integers.join(",")}],${JSON.stringify(text)}:[{"b":${integers[0] ?? 0}}]}`;
        const read = parse(json) as Record<string, unknown[]>;
        const wanted = integers.map((each) => (Number.isSafeInteger(Number(each)) ? Number(each) : each));
        if (text !== "a") expect(read["a"]).toEqual(wanted);
        expect(read[text]).toEqual([{ b: wanted[0] ?? 0 }]);
      }),
    );
  });

  it("can be nested as deep as any plan", () => {
    const depth = 50_000;
    let value = parse("[".repeat(depth) + "9007199254740993" + "]".repeat(depth));
    for (let level = 0; level < depth; level++) value = (value as unknown[])[0];
    expect(value).toBe(9007199254740993n);
  });
});
