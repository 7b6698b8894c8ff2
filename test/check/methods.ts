import { array, call, type Code, fn, lit, type, type Type, value, whole } from "./program.ts";
import type { Random } from "./random.ts";
import * as is from "./types.ts";

/** An expression, and the type that it gives. */
export interface Typed {
  readonly code: Code;
  readonly type: Type;
}

const aDay = new Date("2024-01-03T00:00:00.000Z");

type Method = (of: Code, type: Type, random: Random) => Typed;

const gives =
  (result: Type, method: string, ...args: readonly Code[]): Method =>
  (of) => ({ code: call(of, method, ...args), type: result });
const keeps =
  (method: string, ...args: readonly Code[]): Method =>
  (of, same) => ({ code: call(of, method, ...args), type: same });

/** What can be done with one column, by its type. */
const methods: readonly (readonly [(type: Type) => boolean, readonly Method[]])[] = [
  [
    is.isInteger,
    [
      (of, same) => ({ code: call(of, "add", whole(2, same)), type: same }),
      (of, same) => ({ code: call(of, "mul", whole(3, same)), type: same }),
      gives("Float64", "mul", value(1.5)),
      gives("Float64", "div", value(2)),
      gives("Float64", "cast", type("Float64"), value(true)),
      gives("Int64", "cast", type("Int64"), value(true)),
      keeps("shift", value(1)),
      keeps("max"),
    ],
  ],
  [(of) => of === "Int64" || of === "Int32" || of === "Float64", [keeps("abs"), keeps("cumSum"), keeps("sum")]],
  [
    (of) => of === "Float64",
    [
      keeps("round", value(1)),
      keeps("floor"),
      keeps("mul", value(1.1)),
      keeps("sub", value(1)),
      keeps("fillNull", value(0)),
      gives("Float64", "mean"),
      gives("Bool", "isNan"),
    ],
  ],
  [
    (of) => is.isNumber(of),
    [gives("Bool", "gt", value(2)), gives("Bool", "eq", value(3)), gives("String", "cast", type("String"))],
  ],
  [
    is.isDecimal,
    [
      gives("Float64", "cast", type("Float64"), value(true)),
      gives("Decimal(38, 2)", "sum"),
      (of) => ({ code: call(of, "add", of), type: "Decimal(38, 2)" }),
      keeps("max"),
    ],
  ],
  [
    is.isText,
    [
      gives("Bool", "str.contains", value("a")),
      gives("Bool", "str.startsWith", value("p")),
      gives("Bool", "eq", lit("paid")),
      gives("Bool", "isIn", array([value("open"), value("paid")])),
      gives("String", "str.slice", value(0), value(2)),
      // Plans with these can't be read.
      gives("String", "str.toUpperCase"),
      (of) => ({ code: call(call(of, "str.lengths"), "cast", type("UInt32")), type: "UInt32" }),
      gives("String", "str.replace", value("a"), value("b")),
      gives("String", "str.padStart", value(8), value("_")),
      gives("List(String)", "str.split", value("-")),
      (of) => ({ code: fn("concatString", array([of, lit("x")]), value("-")), type: "String" }),
      gives("UInt32", "nUnique"),
      gives("String", "fillNull", lit("none")),
    ],
  ],
  [
    (of) => is.isDay(of) || is.isTime(of),
    [
      gives("Int32", "dt.year"),
      gives("Int8", "dt.month"),
      gives("Int8", "dt.day"),
      gives("String", "dt.strftime", value("day %Y/%m")),
      gives("Bool", "gt", lit(aDay)),
      keeps("dt.truncate", value("1mo")),
      keeps("min"),
    ],
  ],
  [is.isTime, [gives("Int8", "dt.hour"), gives("Date", "cast", type("Date"), value(true))]],
  [is.isDay, [gives("Datetime(us)", "cast", type("Datetime(us)"), value(true))]],
  [is.isFlag, [gives("Bool", "not"), gives("UInt32", "sum"), gives("Bool", "and", lit(true))]],
  [
    is.isList,
    [
      gives("UInt32", "lst.lengths"),
      (of, list) => ({ code: call(of, "lst.first"), type: is.elementOf(list) }),
      (of, list) => ({ code: call(of, "lst.get", value(0)), type: is.elementOf(list) }),
      keeps("lst.sort"),
      keeps("lst.unique"),
    ],
  ],
  [(of) => of === "List(String)", [gives("String", "lst.join", value("+"))]],
  [(of) => of === "List(Int64)", [gives("Int64", "lst.sum"), gives("Int64", "lst.max")]],
  [
    is.isStruct,
    [
      (of, struct, random) => {
        const field = random.pick(is.fieldsOf(struct));
        return { code: call(of, "struct.field", value(field.name)), type: field.type };
      },
    ],
  ],
  [() => true, [gives("Bool", "isNull"), gives("Bool", "isNotNull"), gives("UInt32", "count")]],
];

/** All that can be done with a column. */
export const methodsOf = (of: Code, columnType: Type, random: Random): readonly Typed[] =>
  methods
    .filter(([fits]) => fits(columnType))
    .flatMap(([, them]) => them)
    .map((method) => method(of, columnType, random));
