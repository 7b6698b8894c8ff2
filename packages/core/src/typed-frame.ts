import type { DataType, LazyDataFrame } from "nodejs-polars";
import type { Bucket } from "./bucket.ts";
import type { SchemaColumns } from "./bucket-schema.ts";
import type { Frame, LazyFrame } from "./frame.ts";
import type { Nullable } from "./nullable.ts";
import type { Task } from "./task.ts";

/** No columns are known: of a bucket without a schema, or whose schema is only known when it runs. */
type AreUnknown<Columns> = 0 extends 1 & Columns ? true : string extends keyof Columns ? true : false;

type TypeOf<Column extends DataType | Nullable> =
  Column extends Nullable<infer Type> ? SameText<Type> : Column extends DataType ? SameText<Column> : never;

/** Polars has two names for text. */
type SameText<Type extends DataType> = Type extends DataType.Utf8 ? DataType.String : Type;

/** The columns of a bucket as nodejs-polars has them in the type of a frame. */
export type PolarsColumns<Columns extends SchemaColumns> =
  AreUnknown<Columns> extends true
    ? // oxlint-disable-next-line typescript/no-explicit-any -- Polars' own default for frames without a known schema
      any
    : { -readonly [Name in keyof Columns]: TypeOf<Columns[Name]> };

/** A frame with these columns. */
export type FrameWith<Columns extends SchemaColumns> = LazyDataFrame<PolarsColumns<Columns>>;

type ColumnsOf<Source extends Bucket> = Source extends Bucket<infer Columns> ? Columns : never;

/**
 * The frame that a task gets from a bucket, typed by its `schema`: to annotate the task's argument.
 *
 * nodejs-polars uses such a type for the keys of joins and for what comes out of `collect`. It takes any text for the
 * name of a column in `select` and in expressions, so these are not checked by the compiler.
 *
 * @example here.task("clean", (df: FrameOf<typeof orders>) => df.filter(pl.col("amount").gt(0)))
 */
export type FrameOf<Source extends Bucket> = FrameWith<ColumnsOf<Source>>;

interface JsTypes {
  readonly Bool: boolean;
  readonly Int8: number;
  readonly Int16: number;
  readonly Int32: number;
  readonly Int64: number;
  readonly UInt8: number;
  readonly UInt16: number;
  readonly UInt32: number;
  readonly UInt64: bigint;
  readonly Float32: number;
  readonly Float64: number;
  readonly String: string;
  readonly Categorical: string;
  readonly Date: Date;
  readonly Datetime: Date;
  readonly Time: string;
  readonly Duration: number;
  readonly List: unknown[];
  readonly FixedSizeList: unknown[];
  /** nodejs-polars refuses to give decimals. */
  readonly Decimal: never;
}

type JsOf<Type> = Type extends { readonly variant: keyof JsTypes } ? JsTypes[Type["variant"]] : unknown;

type ValueOf<Column extends DataType | Nullable> = JsOf<TypeOf<Column>> | (Column extends Nullable ? null : never);

/**
 * A row of a bucket as `collect` and `toRecords` give it, typed by its `schema`. (nodejs-polars' own type says `bigint` of
 * Int64, and that everything may be null.) Numbers of Int64 are rounded above 2^53.
 */
export type RowOf<Source extends Bucket> =
  AreUnknown<ColumnsOf<Source>> extends true
    ? // oxlint-disable-next-line typescript/no-explicit-any -- as Polars has it
      Record<string, any>
    : { -readonly [Name in keyof ColumnsOf<Source>]: ValueOf<ColumnsOf<Source>[Name]> };

/** What the compiler shows where a task needs columns that its source has not got, or has with another type. */
export interface ColumnsMissing<Names> {
  readonly "the source's schema lacks these columns, or has them with other types": Names;
}

type FrameColumns<Given> = Given extends LazyDataFrame<infer Columns> ? Columns : never;

type MissingOf<Given, Needed> =
  AreUnknown<Given> extends true
    ? never
    : AreUnknown<Needed> extends true
      ? never
      : {
          [Name in keyof Needed]: Name extends keyof Given ? (Given[Name] extends Needed[Name] ? never : Name) : Name;
        }[keyof Needed];

type MissingIn<Given, Needed> = {
  [Source in keyof Needed]: Source extends keyof Given
    ? MissingOf<FrameColumns<Given[Source]>, FrameColumns<Needed[Source]>>
    : never;
}[keyof Needed];

type NeededBy<T> = T extends Task<infer In, Frame> ? In : never;

/** `unknown` where the frames that are given have all the columns that the task's own frames are typed with. */
export type Fits<Given extends { readonly [Name in keyof Given]: LazyFrame }, T> = [
  MissingIn<Given, NeededBy<T>>,
] extends [never]
  ? unknown
  : ColumnsMissing<MissingIn<Given, NeededBy<T>>>;
