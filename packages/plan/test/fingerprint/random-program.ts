import * as fc from "fast-check";
import {
  type AggregateMethod,
  aggregates,
  calculations,
  castTypes,
  comparisons,
  connectives,
  type Expr,
  type Kind,
  type Output,
  type Program,
  scopes,
  type Step,
} from "./program.ts";

/** Programs that Polars takes, made of thrown dice, so that one that fails a test can be made smaller. */
export const programs: fc.Arbitrary<Program> = fc
  .array(fc.nat({ max: 9_999 }), { minLength: 1, maxLength: 120, size: "max" })
  .map((thrown) => new Maker(thrown).program());

const numbers = [0, 1, 2, 5, -3, 1.5, 0.1, 100, 9007199254740991, 1e300, "NaN", "Infinity", "-Infinity", "-0"] as const;
const wholes = ["0", "1", "2", "7", "9007199254740993"];
const texts = ["paid", "open", "", "ä ☃", "a.c", '"', "id"];
const days = ["2024-02-29", "1969-12-31"];
const names = ["a", "b", "total", "10", "2", "status", "id"];

/** Follows which columns there are, and of what kind. */
class Maker {
  readonly #thrown: readonly number[];
  #at = 0;
  #scope: Map<string, Kind> = new Map();

  constructor(thrown: readonly number[]) {
    this.#thrown = thrown;
  }

  program(): Program {
    const source = this.#pick(["orders", "archive"] as const);
    this.#scope = new Map(scopes[source]);
    const steps: Step[] = [];
    while (this.#at < this.#thrown.length && steps.length < 8) steps.push(this.#step());
    return { source, steps };
  }

  /** 0 when all dice are thrown. */
  #throw(sides: number): number {
    return (this.#thrown[this.#at++] ?? 0) % sides;
  }

  #pick<Value>(values: readonly Value[]): Value {
    return values[this.#throw(values.length)] as Value;
  }

  #flag(): boolean {
    return this.#throw(2) === 1;
  }

  #names(kind?: Kind): string[] {
    return [...this.#scope].filter(([, of]) => kind === undefined || of === kind).map(([name]) => name);
  }

  #some(from: readonly string[], most = 3): string[] {
    const count = 1 + this.#throw(Math.min(most, from.length));
    const chosen = new Set<string>();
    for (let at = 0; at < count; at++) chosen.add(this.#pick(from));
    return [...chosen];
  }

  #step(): Step {
    const all = this.#names();
    switch (this.#throw(13)) {
      case 0:
      case 1:
        return { do: "filter", predicate: this.#condition(2) };
      case 2:
      case 3:
        return { do: "withColumns", columns: this.#outputs() };
      case 4: {
        const columns = this.#outputs();
        this.#scope = new Map(columns.map(({ name }) => [name, this.#scope.get(name) as Kind]));
        return { do: "select", columns };
      }
      case 5:
        return this.#rename(all);
      case 6: {
        if (all.length < 2) return { do: "tail", length: this.#throw(9) };
        const dropped = this.#some(all, all.length - 1).slice(0, all.length - 1);
        for (const name of dropped) this.#scope.delete(name);
        return { do: "drop", names: dropped };
      }
      case 7: {
        const by = this.#some(all).map((name) => ({ name, descending: this.#flag() }));
        return { do: "sort", by, nullsLast: this.#flag() };
      }
      case 8:
        return this.#groupBy(all);
      case 9:
        return this.#join();
      case 10: {
        const keep = this.#pick(["first", "last", "any", "none"] as const);
        return { do: "unique", subset: this.#some(all), keep, stable: this.#flag() };
      }
      case 11:
        return this.#flag()
          ? { do: "slice", offset: this.#throw(5), length: 1 + this.#throw(50) }
          : { do: "dropNulls", names: this.#some(all) };
      default: {
        const name = this.#fresh("row");
        this.#scope = new Map([[name, "number"], ...this.#scope]);
        return { do: "rowIndex", name, offset: this.#throw(3) };
      }
    }
  }

  #fresh(stem: string): string {
    let name = stem;
    for (let at = 2; this.#scope.has(name); at++) name = stem + at;
    return name;
  }

  #rename(all: readonly string[]): Step {
    const entries = this.#some(all).map((name) => [name, this.#fresh(`${name}_${this.#throw(3)}`)] as const);
    const renamed = new Map(entries);
    this.#scope = new Map([...this.#scope].map(([name, kind]) => [renamed.get(name) ?? name, kind]));
    return { do: "rename", names: Object.fromEntries(entries) };
  }

  #groupBy(all: readonly string[]): Step {
    const keys = this.#some(all, 2);
    const columns: Output[] = [];
    const after = new Map(keys.map((key) => [key, this.#scope.get(key) as Kind]));
    for (let count = this.#throw(3); count >= 0; count--) {
      const of = this.#pick(all);
      const method = this.#pick(
        this.#scope.get(of) === "number" ? aggregates : (["first", "last", "count", "nUnique"] as const),
      );
      const name = this.#fresh(`${of}_${method}`);
      if (after.has(name)) continue;
      columns.push({ name, expr: { of: "aggregate", method, input: { of: "column", name: of } } });
      after.set(name, method === "first" || method === "last" ? (this.#scope.get(of) as Kind) : "number");
    }
    this.#scope = after;
    return { do: "groupBy", keys, columns, stable: this.#flag() };
  }

  #join(): Step {
    const on = "customer";
    if (this.#scope.get(on) !== "number") return { do: "slice", offset: 1, length: 10 };
    const source = this.#pick(["customers", "contacts"] as const);
    const how = this.#pick(["inner", "left", "semi", "anti", "full"] as const);
    const suffix = this.#pick(["right", "_right", "_of"]);
    if (how !== "semi" && how !== "anti") {
      const added = [...scopes[source]].filter(([name]) => name !== on || how === "full");
      // A name that is taken even with the suffix would be refused.
      const clashes = added.some(([name]) => this.#scope.has(name) && this.#scope.has(name + suffix));
      if (clashes) return { do: "tail", length: 3 };
      for (const [name, kind] of added) this.#scope.set(this.#scope.has(name) ? name + suffix : name, kind);
    }
    return { do: "join", source, on, how, suffix };
  }

  #outputs(): Output[] {
    const made = new Map<string, readonly [Kind, Expr]>();
    for (let count = this.#throw(3); count >= 0; count--) {
      const kind = this.#pick(["number", "text", "flag", "day"] as const);
      const expr = this.#flag() ? this.#value(kind, 2) : this.#column(kind);
      made.set(expr.of === "column" && this.#flag() ? expr.name : this.#pick(names), [kind, expr]);
    }
    for (const [name, [kind]] of made) this.#scope.set(name, kind);
    return [...made].map(([name, [, expr]]) => ({ name, expr }));
  }

  /** A column of the kind, or a literal if there is none. */
  #column(kind: Kind): Expr {
    const known = this.#names(kind);
    return known.length === 0 ? this.#literal(kind) : { of: "column", name: this.#pick(known) };
  }

  #literal(kind: Kind): Expr {
    switch (kind) {
      case "number": {
        if (this.#flag()) return { of: this.#pick(["bigint", "int"] as const), value: this.#pick(wholes) };
        return { of: "number", value: this.#pick(numbers) };
      }
      case "text":
        return { of: "text", value: this.#pick(texts) };
      case "flag":
        return { of: "flag", value: this.#flag() };
      case "day":
        return { of: "day", value: this.#pick(days) };
    }
  }

  #condition(depth: number): Expr {
    if (depth > 0 && this.#throw(3) === 0) {
      const method = this.#pick(connectives);
      return { of: "binary", method, left: this.#condition(depth - 1), right: this.#condition(depth - 1) };
    }
    const kind = this.#pick(["number", "text", "flag", "day"] as const);
    switch (this.#throw(6)) {
      case 0:
        return { of: "test", method: this.#pick(["isNull", "isNotNull"] as const), input: this.#column(kind) };
      case 1:
        return { of: "test", method: "not", input: this.#condition(0) };
      case 2: {
        const input = this.#column("text");
        return { of: this.#pick(["contains", "startsWith"] as const), input, text: this.#pick(texts) };
      }
      case 3:
        return { of: "isIn", input: this.#column("text"), values: [this.#pick(texts), this.#pick(texts)] };
      default:
        return {
          of: "binary",
          method: this.#pick(comparisons),
          left: this.#value(kind, 1),
          right: this.#literal(kind),
        };
    }
  }

  #value(kind: Kind, depth: number): Expr {
    if (depth === 0 || this.#throw(3) === 0) return this.#column(kind);
    switch (kind) {
      case "flag":
        return this.#condition(depth - 1);
      case "day":
        return { of: "fillNull", input: this.#column("day"), value: this.#literal("day") };
      case "text":
        return this.#flag()
          ? { of: "cast", input: this.#column("number"), type: "String", strict: this.#flag() }
          : {
              of: "when",
              condition: this.#condition(0),
              value: this.#column("text"),
              otherwise: this.#literal("text"),
            };
      case "number":
        return this.#number(depth);
    }
  }

  #number(depth: number): Expr {
    const input = (): Expr => this.#value("number", depth - 1);
    switch (this.#throw(9)) {
      case 0:
        return { of: "cast", input: input(), type: this.#pick(castTypes.slice(0, 3)), strict: this.#flag() };
      case 1:
        return { of: "fillNull", input: input(), value: this.#literal("number") };
      case 2:
        return {
          of: "round",
          input: { of: "cast", input: input(), type: "Float64", strict: false },
          count: this.#throw(4),
        };
      case 3:
        return { of: "shift", input: input(), count: 1 + this.#throw(3) };
      case 4: {
        const method: AggregateMethod = this.#pick(aggregates);
        const inner: Expr = { of: "aggregate", method, input: this.#column("number") };
        return { of: "over", input: inner, by: this.#some(this.#names(), 2) };
      }
      case 5: {
        const float: Expr = { of: "cast", input: this.#column("number"), type: "Float64", strict: false };
        return { of: "rollingMean", input: float, windowSize: 2 + this.#throw(3), center: this.#flag() };
      }
      case 6: {
        const days = this.#names("day");
        if (days.length === 0) return this.#literal("number");
        const day: Expr = { of: "column", name: this.#pick(days) };
        return { of: "dayPart", method: this.#pick(["year", "month", "day"] as const), input: day };
      }
      default:
        return {
          of: "binary",
          method: this.#pick(calculations),
          left: input(),
          right: this.#value("number", depth - 1),
        };
    }
  }
}
