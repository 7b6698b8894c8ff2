// `pnpm check`: everything that must not break, one check after the other. `pnpm check types lint` runs only those.
// Each check is a command; what it prints is shown when it fails. The last line counts them.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** @type {Record<string, { command: string[], looked?: RegExp }>} `looked`: what shows that it looked at something. */
const checks = {
  format: { command: ["oxfmt", "--check", "."], looked: /on [1-9]\d* files/ },
  types: { command: ["tsc", "-b"] },
  lint: { command: ["oxlint", "--type-aware"], looked: /on [1-9]\d* files/ },
  imports: { command: ["node", "scripts/import-rule.mjs"], looked: /[1-9]\d* files/ },
  unused: { command: ["knip"] },
  shape: { command: ["turbo", "run", "shape", "--output-logs=errors-only"], looked: /[1-9]\d* successful/ },
  "generated docs": { command: ["node", "scripts/generate-docs.mjs", "--check"], looked: /[1-9]\d* pages/ },
  links: { command: ["node", "scripts/links.mjs"], looked: /[1-9]\d* links/ },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length > 0) {
  console.error(`There is no check "${unknown.join('", "')}". There are: ${Object.keys(checks).join(", ")}.`);
  process.exit(2);
}

let failed = 0;
let passed = 0;
for (const [name, { command, looked }] of Object.entries(checks)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = performance.now();
  const [program, ...args] = command;
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  const output = `${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`;
  const blind = looked !== undefined && !looked.test(output);
  const isGood = status === 0 && !blind;
  if (isGood) passed += 1;
  else failed += 1;
  console.log(`${isGood ? "✔" : "✖"} ${name}  ${((performance.now() - started) / 1_000).toFixed(1)} s`);
  if (!isGood) console.log(blind && status === 0 ? `It says nothing of having looked at anything:\n${output}` : output);
}
console.log(`checks: ${passed} passed, ${failed} failed, 0 skipped`);
process.exitCode = failed > 0 ? 1 : 0;
