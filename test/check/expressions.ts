import { methodsOf, type Typed } from "./methods.ts";
import { call, type Code, col, type Column, fn, lit } from "./program.ts";
import type { Random } from "./random.ts";
import * as is from "./types.ts";

/** Makes expressions over columns, and knows what they give. */
export class Expressions {
  readonly #random: Random;
  readonly #columns: readonly Column[];

  constructor(random: Random, columns: readonly Column[]) {
    this.#random = random;
    this.#columns = columns;
  }

  any(): Typed {
    const dice = this.#random.below(10);
    if (dice < 5) return this.#method();
    if (dice < 7) return this.#calculation() ?? this.#method();
    if (dice < 8) return this.#choice();
    return this.#window() ?? this.#method();
  }

  condition(): Code {
    const random = this.#random;
    const one = this.#simpleCondition();
    if (random.chance(0.7)) return one;
    return call(one, random.pick(["and", "or"]), this.#simpleCondition());
  }

  #simpleCondition(): Code {
    const column = this.#random.pick(this.#columns);
    if (is.isFlag(column.type)) return col(column.name);
    const fitting = this.#methodsOf(column).filter(({ type: of, code }) => is.isFlag(of) && !isAggregate(code));
    return this.#random.pick(fitting).code;
  }

  #method(): Typed {
    return this.#random.pick(this.#methodsOf(this.#random.pick(this.#columns)));
  }

  #methodsOf({ name, type: of }: Column): readonly Typed[] {
    return methodsOf(col(name), of, this.#random);
  }

  /** Of two numbers. */
  #calculation(): Typed | undefined {
    const numbers = this.#columns.filter((column) => is.isNumber(column.type));
    if (numbers.length === 0) return undefined;
    const [one, other] = [this.#random.pick(numbers), this.#random.pick(numbers)];
    const method = this.#random.pick(["add", "sub", "mul"]);
    return { code: call(col(one.name), method, col(other.name)), type: is.together(one.type, other.type) };
  }

  #choice(): Typed {
    const column = this.#random.pick(this.#columns);
    const then = call(fn("when", this.condition()), "then", col(column.name));
    const other = is.isText(column.type) && this.#random.chance(0.5) ? lit("other") : col(column.name);
    return { code: call(then, "otherwise", other), type: column.type };
  }

  #window(): Typed | undefined {
    const keys = this.#columns.filter((column) => is.isPlain(column.type));
    if (keys.length === 0) return undefined;
    const { code, type: of } = this.aggregate(this.#columns, false);
    return { code: call(code, "over", { kind: "name", name: this.#random.pick(keys).name }), type: of };
  }

  /** One figure for each group. */
  aggregate(columns: readonly Column[], mayList = true): Typed {
    const random = this.#random;
    const column = random.pick(columns);
    const { type: of } = column;
    const it = col(column.name);
    const plain: Typed[] = [
      { code: call(it, "first"), type: of },
      { code: call(it, "last"), type: of },
      { code: call(it, "count"), type: "UInt32" },
    ];
    const ranked: Typed[] = [
      { code: call(it, "min"), type: of },
      { code: call(it, "max"), type: of },
      { code: call(it, "nUnique"), type: "UInt32" },
    ];
    const sum = of === "Int8" || of === "Int16" ? "Int64" : of;
    const numeric: Typed[] = [
      { code: call(it, "sum"), type: sum },
      { code: call(it, "mean"), type: "Float64" },
      { code: call(it, "std"), type: "Float64" },
      { code: call(it, "median"), type: "Float64" },
    ];
    const lists: Typed[] = [{ code: it, type: `List(${of})` }];
    const filtered: Typed[] = [{ code: call(call(it, "filter", this.condition()), "first"), type: of }];
    return random.pick([
      ...plain,
      ...(is.isPlain(of) ? ranked : []),
      ...(is.isNumber(of) ? numeric : []),
      ...(is.isFlag(of) ? [{ code: call(it, "sum"), type: "UInt32" }] : []),
      ...(mayList && is.isPlain(of) ? [...lists, ...filtered] : []),
    ]);
  }
}

/** A condition over rows, not over all of them at once, whose answer may be one row. */
const isAggregate = (code: Code): boolean => code.kind === "call" && code.on?.kind !== "column";
