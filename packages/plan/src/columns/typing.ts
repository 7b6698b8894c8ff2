import type { ColumnType, TableSchema } from "../model/column-type.ts";
import type { Expression, Selector } from "../model/expression.ts";
import { inputsOf, type PlanNode } from "../model/node.ts";
import type { NamedExpression, Typing } from "../model/typing.ts";
import type { Decoded } from "../polars/decode.ts";
import type { Leaf } from "../polars/leaf.ts";
import type { Polars } from "../polars/load.ts";
import { Unknown } from "../polars/unknown.ts";
import { Ask } from "./ask.ts";
import { bottomUp, notTooDeep } from "./bottom-up.ts";
import { expand, type Expansion } from "./expand.ts";
import { knownType } from "./known-type.ts";
import { namesOf } from "./names.ts";
import { outputName } from "./output-name.ts";
import { schemaWithoutAsking } from "./schema.ts";
import { choose, type Choice } from "./selector.ts";

export function makeTyping(polars: Polars, decoded: Decoded, leaves: readonly Leaf[]): Typing {
  return new PlanTyping(new Ask(polars), decoded, leaves);
}

/** What an expression whose selectors are written out comes from. */
interface Origin {
  /** An expression of the plan, with selectors. */
  readonly of: Expression;
  /** All that is made of it. */
  readonly expanded: readonly Expression[];
  readonly except: readonly string[];
}

interface Expanded {
  /** As text. */
  readonly except: string;
  readonly named: readonly NamedExpression[];
}

class PlanTyping implements Typing {
  readonly #ask: Ask;
  readonly #decoded: Decoded;
  readonly #sources: ReadonlyMap<string, TableSchema>;
  readonly #names = new WeakMap<PlanNode, readonly string[]>();
  readonly #schemas = new WeakMap<PlanNode, TableSchema | undefined>();
  /** These two by the node that they are over. */
  readonly #expanded = new WeakMap<PlanNode, WeakMap<Expression, Expanded>>();
  readonly #types = new WeakMap<PlanNode, WeakMap<Expression, readonly (ColumnType | undefined)[]>>();
  readonly #origins = new WeakMap<Expression, Origin>();

  constructor(ask: Ask, decoded: Decoded, leaves: readonly Leaf[]) {
    this.#ask = ask;
    this.#decoded = decoded;
    this.#sources = new Map(leaves.map(({ name, schema }) => [name, schema]));
  }

  columnsOf(node: PlanNode): readonly string[] {
    const known = this.#names.get(node);
    if (known !== undefined) return known;
    for (const each of bottomUp(node, (done) => this.#names.has(done))) this.#names.set(each, this.#findNames(each));
    return this.#names.get(node) as readonly string[];
  }

  schemaOf(node: PlanNode): TableSchema | undefined {
    if (this.#schemas.has(node)) return this.#schemas.get(node);
    for (const each of bottomUp(node, (done) => this.#schemas.has(done))) {
      this.#schemas.set(
        each,
        whereKnown(() => this.#findSchema(each)),
      );
    }
    return this.#schemas.get(node);
  }

  typeOf(expression: Expression, over: PlanNode): ColumnType | undefined {
    return whereKnown(() => {
      const known = knownType(expression, (name) => this.#typeOfColumn(name, over));
      if (known !== undefined) return known;
      const origin = this.#origins.get(expression) ?? { of: expression, expanded: [expression], except: [] };
      return this.#askedTypes(origin, over)[origin.expanded.indexOf(expression)];
    });
  }

  expand(
    expressions: readonly Expression[],
    over: PlanNode,
    except: readonly string[] = [],
  ): readonly NamedExpression[] {
    return notTooDeep(() => expressions.flatMap((expression) => this.#expand(expression, over, except)));
  }

  /** The very same ones each time, so that all that is known of them is found again. */
  #expand(expression: Expression, over: PlanNode, except: readonly string[]): readonly NamedExpression[] {
    let expanded = this.#expanded.get(over);
    if (expanded === undefined) this.#expanded.set(over, (expanded = new WeakMap()));
    const key = except.length === 0 ? "" : JSON.stringify(except);
    let known = expanded.get(expression);
    if (known?.except !== key) {
      const made = expand(expression, this.#expansion(over, except));
      known = { except: key, named: made.map((one) => ({ name: this.#nameOf(one), expression: one })) };
      expanded.set(expression, known);
    }
    return known.named;
  }

  #nameOf(expression: Expression): string {
    return outputName(expression, (literal) => {
      const name = this.#ask.nameOfSeries(this.#decoded.rawExpression(literal));
      if (name === undefined) throw new Unknown("the name of a series");
      return name;
    });
  }

  #expansion(over: PlanNode, except: readonly string[]): Expansion {
    const from = this.#choice(this.columnsOf(over), () => this.schemaOf(over), except);
    return {
      choose: (selector) => choose(selector, from),
      chooseFields: (selector, struct) => this.#fieldsOf(selector, struct, over),
      made: (all, of) => {
        for (const one of all) this.#origins.set(one, { of, expanded: all, except });
      },
    };
  }

  #fieldsOf(selector: Selector, struct: Expression, over: PlanNode): readonly string[] {
    const type = this.typeOf(struct, over);
    if (type?.kind !== "Struct") throw new Unknown("the fields of a struct whose type is not known");
    const names = type.fields.map(({ name }) => name);
    return choose(
      selector,
      this.#choice(names, () => type.fields),
    );
  }

  #choice(names: readonly string[], schema: Choice["schema"], except: readonly string[] = []): Choice {
    return {
      names,
      schema,
      matching: (pattern, of) => this.#ask.matching(pattern, of),
      except: new Set(except),
    };
  }

  #given(node: PlanNode & { kind: "source" | "values" }): TableSchema {
    if (node.kind === "values") return node.schema;
    const schema = this.#sources.get(node.name);
    if (schema === undefined) throw new Unknown(`the columns of \`${node.name}\``);
    return schema;
  }

  #findNames(node: PlanNode): readonly string[] {
    if (node.kind === "source" || node.kind === "values") return this.#given(node).map(({ name }) => name);
    return namesOf(node, this);
  }

  #findSchema(node: PlanNode): TableSchema | undefined {
    if (node.kind === "source" || node.kind === "values") return this.#given(node);
    const known = schemaWithoutAsking(node, this);
    if (known !== undefined) return known;
    const names = this.columnsOf(node);
    const inputs = inputsOf(node).map((input) => this.schemaOf(input));
    if (!inputs.every((input) => input !== undefined)) return undefined;
    return this.#ask.node(this.#decoded.rawNode(node), inputs, names);
  }

  #typeOfColumn(name: string, over: PlanNode): ColumnType | undefined {
    return this.schemaOf(over)?.find((column) => column.name === name)?.type;
  }

  #askedTypes({ of, expanded, except }: Origin, over: PlanNode): readonly (ColumnType | undefined)[] {
    let asked = this.#types.get(over);
    if (asked === undefined) this.#types.set(over, (asked = new WeakMap()));
    let types = asked.get(of);
    if (types === undefined) {
      types = this.#askTypes({ of, expanded, except }, over) ?? [];
      asked.set(of, types);
    }
    return types;
  }

  #askTypes({ of, expanded, except }: Origin, over: PlanNode): readonly ColumnType[] | undefined {
    const schema = this.schemaOf(over);
    const polars = this.#decoded.rawExpression(of);
    if (schema === undefined || polars === undefined) return undefined;
    const names = expanded.map((one) => this.#nameOf(one));
    const asked = this.#ask.expression(polars, schema, names);
    if (asked !== undefined || except.length === 0) return asked?.map(({ type }) => type);
    // A selector is about fewer columns than there are, and gives others over all of them.
    const others = schema.filter(({ name }) => !except.includes(name));
    return this.#ask.expression(polars, others, names)?.map(({ type }) => type);
  }
}

function whereKnown<Value>(find: () => Value | undefined): Value | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof Unknown || error instanceof RangeError) return undefined;
    throw error;
  }
}
