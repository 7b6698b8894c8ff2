import { decodeSelector } from "./decode-selectors.ts";
import { elementwise, type Functions, reshape } from "./function-info.ts";
import { explodeOptions, sortOptions } from "./option-shapes.ts";
import { fields, flag, integer, list, oneOf, text, tuple } from "./shape.ts";
import { finish } from "./steps.ts";

const nullsEqual = fields({ nulls_equal: flag });

export const listFunctions: Functions = {
  ArgMax: elementwise(),
  ArgMin: elementwise(),
  Concat: elementwise(),
  Contains: elementwise(nullsEqual),
  Diff: elementwise(fields({ n: integer, null_behavior: oneOf("Drop", "Ignore") })),
  Get: elementwise(flag),
  Join: elementwise(flag),
  Length: elementwise(),
  Max: elementwise(),
  Mean: elementwise(),
  Median: elementwise(),
  Min: elementwise(),
  Shift: elementwise(),
  Slice: elementwise(),
  Sort: elementwise(sortOptions),
  Std: elementwise(integer),
  Sum: elementwise(),
  ToArray: elementwise(integer),
  Var: elementwise(integer),
};

export const arrayFunctions: Functions = {
  ArgMax: elementwise(),
  ArgMin: elementwise(),
  Concat: elementwise(),
  Contains: elementwise(nullsEqual),
  Explode: reshape(explodeOptions),
  Get: elementwise(flag),
  Join: elementwise(flag),
  Length: elementwise(),
  Max: elementwise(),
  Mean: elementwise(),
  Median: elementwise(),
  Min: elementwise(),
  Shift: elementwise(),
  Slice: elementwise(tuple(integer, integer)),
  Sort: elementwise(sortOptions),
  Std: elementwise(integer),
  Sum: elementwise(),
  ToList: elementwise(),
  Var: elementwise(integer),
};

export const structFunctions: Functions = {
  FieldByName: elementwise(text),
  JsonEncode: elementwise(),
  PrefixFields: elementwise(text),
  RenameFields: elementwise(list(text)),
  SelectFields: elementwise((raw) => finish(decodeSelector(raw))),
  SuffixFields: elementwise(text),
};

export const binaryFunctions: Functions = {
  Base64Decode: elementwise(flag),
  Base64Encode: elementwise(),
  Contains: elementwise(),
  EndsWith: elementwise(),
  HexDecode: elementwise(flag),
  HexEncode: elementwise(),
  Size: elementwise(),
  StartsWith: elementwise(),
};

export const categoricalFunctions: Functions = {
  EndsWith: elementwise(text),
  GetCategories: reshape(),
  LenBytes: elementwise(),
  LenChars: elementwise(),
  StartsWith: elementwise(text),
};
