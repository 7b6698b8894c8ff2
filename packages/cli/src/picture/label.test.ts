import { expect, test } from "vitest";
import { printable, shorten } from "./label.ts";

const length = (text: string): number => Array.from(text).length;

test("a label becomes one line without anything that commands a terminal or turns the text", () => {
  expect(printable("a\r\nb\tc\u2028d")).toBe("a b c d");
  expect(printable("\u001b[31mred\u0000\u009b\u202Eturned\ud800")).toBe("�[31mred���turned�");
  expect(printable("Ærøskøbing 🚀 👨‍👩‍👧 漢字 שלום")).toBe("Ærøskøbing 🚀 👨‍👩‍👧 漢字 שלום");
});

test("a text that fits stays as it is", () => {
  expect(shorten("flights/raw.csv", 15, length)).toBe("flights/raw.csv");
});

test("a text that is too wide keeps its start and more of its end", () => {
  expect(shorten("warehouse/2024/flights/by_day.parquet", 20, length)).toBe("warehou…_day.parquet");
});

test("shortening never cuts through an emoji or an accented letter", () => {
  const family = "👨‍👩‍👧‍👦";
  for (let max = 0; max < 30; max++) {
    const rest = shorten(`${family}e\u0301${family}e\u0301${family}`, max, length).replaceAll(family, "");
    expect(rest.replaceAll("e\u0301", "")).toMatch(/^…?$/);
  }
});

test("nothing is ever wider than asked for", () => {
  for (let max = 0; max < 12; max++) {
    expect(length(shorten("abcdefghijkl", max, length))).toBeLessThanOrEqual(max);
  }
});
