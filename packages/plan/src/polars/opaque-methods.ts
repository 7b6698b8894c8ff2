/** A method of nodejs-polars that makes an expression which Polars can't write down. */
export interface OpaqueMethod {
  /** As users write it. */
  readonly expression: string;
  /** What @glacier/expressions has for it. */
  readonly substitute?: string;
}

/** By the names of Polars' own functions below them. */
export const opaqueMethods: Readonly<Record<string, OpaqueMethod>> = {
  extendConstant: { expression: "extendConstant" },
  hash: { expression: "hash", substitute: "hash" },
  reinterpret: { expression: "reinterpret", substitute: "reinterpret" },
  strBase64Decode: { expression: "str.decode" },
  strBase64Encode: { expression: "str.encode" },
  strHexDecode: { expression: "str.decode" },
  strHexEncode: { expression: "str.encode" },
  strJsonPathMatch: { expression: "str.jsonPathMatch", substitute: "jsonPathMatch" },
  strLengths: { expression: "str.lengths", substitute: "lengthChars" },
  strLstrip: { expression: "str.lstrip", substitute: "trimStart" },
  strRstrip: { expression: "str.rstrip", substitute: "trimEnd" },
  strStrip: { expression: "str.strip", substitute: "trim" },
  strToLowercase: { expression: "str.toLowerCase", substitute: "lower" },
  strToUppercase: { expression: "str.toUpperCase", substitute: "upper" },
  toPhysical: { expression: "toPhysical" },
};
