import type { StorageFace } from "@glacier/core";
import { listFiles } from "./list.ts";
import { stageFile } from "./staging.ts";
import { checkLocation, globOf, isPattern, pathOf, uriOf } from "./uri.ts";

/** Files under a root. */
export function localStorage(root: string): StorageFace {
  return {
    check: checkLocation,
    uri: (location) => uriOf(root, location),
    scan: (location) => {
      const glob = isPattern(location);
      return { uri: glob ? globOf(root, location) : pathOf(root, location), glob };
    },
    list: (location) => listFiles(root, location),
    stage: (target, attempt) => stageFile(root, target, attempt),
  };
}
