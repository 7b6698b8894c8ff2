import type pl from "nodejs-polars";
import { frameOf, type Row } from "./frame.ts";
import { Random } from "./random.ts";
import type { TableName } from "./schema.ts";
import * as words from "./words.ts";

const count = { supplier: 60, part: 300, customer: 600, orders: 4_000 };

interface Line {
  readonly row: Row;
  readonly shipDay: number;
  readonly cost: number;
}

const toDays = (day: string): number => Date.parse(day) / 86_400_000;
const [firstOrder, lastOrder] = [toDays("1992-01-01"), toDays("1998-08-02")];
/** The day on which the data are looked at: what is received later is not returned, what is shipped later is open. */
const today = toDays("1995-06-17");

const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
/** Of cents, or hundredths. */
const decimalText = (hundredths: number): string => (hundredths / 100).toFixed(2);
const named = (what: string, key: number): string => `${what}#${String(key).padStart(9, "0")}`;

/** A small TPC-H, the same every time, in which each of the 22 queries finds something and leaves something out. */
export function generate(seed = 22): Record<TableName, pl.DataFrame> {
  const random = new Random(seed);
  const comment = (...between: readonly string[]): string =>
    [random.one(words.comments), ...between, random.one(words.comments)].join(" ");
  const money = (least: number, most: number): string => decimalText(random.whole(least * 100, most * 100));
  const phone = (nation: number): string => `${nation + 10}-${random.whole(100, 999)}-${random.whole(100, 999)}`;
  const address = (): string => `${random.whole(1, 999)} ${random.one(words.colors)} street`;

  const supplier = keys(count.supplier).map((key): Row => {
    const nation = words.supplierNations[key % words.supplierNations.length] as number;
    const complaint = random.onceIn(8) ? ["Customer", random.one(words.comments), "Complaints"] : [];
    return [key, named("Supplier", key), address(), nation, phone(nation), money(-999, 9999), comment(...complaint)];
  });

  const prices = new Map<number, number>();
  const part = keys(count.part).map((key): Row => {
    const name = random.some(words.colors, 3).join(" ");
    const type = words.types.map((syllables) => random.one<string>(syllables)).join(" ");
    const price = random.whole(900_00, 2_000_00);
    prices.set(key, price);
    return [
      key,
      name,
      `Manufacturer#${random.whole(1, 5)}`,
      random.one(words.brands),
      type,
      random.one(words.sizes),
      random.one(words.containers),
      decimalText(price),
      comment(),
    ];
  });

  const suppliersOf = new Map(keys(count.part).map((key) => [key, random.some(keys(count.supplier), 4)]));
  const partsupp = [...suppliersOf].flatMap(([key, suppliers]) =>
    suppliers.map((of): Row => [
      key,
      of,
      random.whole(1, 50),
      random.onceIn(8) ? money(1, 2) : money(1, 1_000),
      comment(),
    ]),
  );

  const customer = keys(count.customer).map((key): Row => {
    const nation = random.whole(0, words.nations.length - 1);
    const name = named("Customer", key);
    return [key, name, address(), nation, phone(nation), money(-999, 9999), random.one(words.segments), comment()];
  });

  /** Often a day on which a month begins, ends or is half over: the queries' limits are such days. */
  function notable(day: number, after: number): number {
    const month = toDays(`${dayText(day).slice(0, 7)}-01`);
    const moved = month + random.one([-1, 0, 14]);
    return random.onceIn(2) && moved > after ? moved : day;
  }

  function lineOf(order: number, number: number, orderDay: number, isLarge: boolean): Line {
    const key = random.whole(1, count.part);
    const quantity = isLarge ? random.whole(41, 46) : random.whole(1, 50);
    const price = quantity * (prices.get(key) as number);
    const [discount, tax] = [random.whole(0, 10), random.whole(0, 8)];
    const shipDay = notable(orderDay + random.whole(1, 121), orderDay);
    const receiptDay = notable(shipDay + random.whole(1, 30), shipDay);
    const commitDay = random.onceIn(8) ? receiptDay : orderDay + random.whole(30, 90);
    const row: Row = [
      order,
      key,
      random.one(suppliersOf.get(key) as number[]),
      number,
      decimalText(quantity * 100),
      decimalText(price),
      decimalText(discount),
      decimalText(tax),
      receiptDay <= today ? random.one(["A", "R"]) : "N",
      shipDay > today ? "O" : "F",
      dayText(shipDay),
      dayText(commitDay),
      dayText(receiptDay),
      random.one(words.instructions),
      random.one(words.modes),
      comment(),
    ];
    return { row, shipDay, cost: Math.round((price * (100 - discount) * (100 + tax)) / 10_000) };
  }

  // As in the specification, every third customer has no orders.
  const buyers = keys(count.customer).filter((key) => key % 3 !== 0);
  const ordered = keys(count.orders).map((key) => {
    const day = notable(random.whole(firstOrder, lastOrder), firstOrder);
    const isLarge = random.onceIn(80);
    const numbers = keys(isLarge ? 7 : random.whole(1, 7));
    const lines = numbers.map((number) => lineOf(key, number, day, isLarge));
    const open = lines.filter(({ shipDay }) => shipDay > today).length;
    const special = random.onceIn(8) ? ["special", random.one(words.comments), "requests"] : [];
    const row: Row = [
      key,
      random.one(buyers),
      open === 0 ? "F" : open === lines.length ? "O" : "P",
      decimalText(lines.reduce((sum, { cost }) => sum + cost, 0)),
      dayText(day),
      random.one(words.priorities),
      named("Clerk", random.whole(1, 9)),
      0,
      comment(...special),
    ];
    return { row, lines };
  });

  return {
    region: frameOf(
      "region",
      words.regions.map((name, key): Row => [key, name, comment()]),
    ),
    nation: frameOf(
      "nation",
      words.nations.map(([name, region], key): Row => [key, name, region, comment()]),
    ),
    supplier: frameOf("supplier", supplier),
    part: frameOf("part", part),
    partsupp: frameOf("partsupp", partsupp),
    customer: frameOf("customer", customer),
    orders: frameOf(
      "orders",
      ordered.map(({ row }) => row),
    ),
    lineitem: frameOf(
      "lineitem",
      ordered.flatMap(({ lines }) => lines.map(({ row }) => row)),
    ),
  };
}

/** 1, 2, 3, … */
const keys = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);
