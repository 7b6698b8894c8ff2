import { errorCodes } from "@glacier/core";
import { findingCodes } from "@glacier/plan";

const meanings: ReadonlyMap<string, string> = new Map(Object.entries({ ...errorCodes, ...findingCodes }));

/** Glacier's own codes. Plugins may have others. */
export const knownCodes: readonly string[] = [...meanings.keys()];

/** What a code stands for, in a sentence. */
export const meaningOf = (code: string): string => meanings.get(code) ?? inWords(code);

/** `ACME_QUOTA_EXCEEDED` as `Acme quota exceeded.` */
const inWords = (code: string): string => `${code.charAt(0)}${code.slice(1).toLowerCase().replaceAll("_", " ")}.`;
