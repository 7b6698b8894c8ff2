// Imports one package in a fresh process, and says how long that took.
import { report } from "../lib/pairs.mjs";

await report(async () => {
  await import(process.argv[2]);
});
