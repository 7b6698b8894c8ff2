// `pnpm write-docs`: writes the pages that follow from the code. With --check: fails where a page is not what it should be.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { errorCodes, formats } from "@glacier/core";

const isCheck = process.argv.includes("--check");
const banner = "<!-- Written by `pnpm write-docs` from the code. Change it there. -->\n\n";

function errorsPage() {
  const rows = Object.entries(errorCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`);
  return `${banner}# Errors

Whatever you can cause ends in a \`GlacierError\`: a stable \`code\`, one sentence with your own names in it, a \`hint\` that says
what to do, and the \`cause\` underneath. Recognise it with \`GlacierError.is(error)\`, which works across two installed copies of
the package. The command prints it without a stack trace; its exit codes are on the page of [the command](cli.md#exit-codes).

A run that does not succeed rejects with a \`RunError\` (\`RUN_FAILED\` or \`RUN_CANCELLED\`); its \`result\` says how each step ended.

Codes are never renamed or reused. Plugins add their own, prefixed with their name.

| code | meaning |
| --- | --- |
${rows.join("\n")}
`;
}

const pages = { "docs/errors.md": errorsPage() };
let wrong = 0;
for (const [page, text] of Object.entries(pages)) {
  const path = fileURLToPath(new URL(`../${page}`, import.meta.url));
  if (isCheck) {
    const now = readFileSync(path, "utf8");
    if (now !== text) {
      wrong += 1;
      console.error(`${page} is out of date: run \`pnpm docs\`.`);
    }
  } else writeFileSync(path, text);
}
void formats;
console.log(`generated docs: ${Object.keys(pages).length} pages, ${wrong} problems`);
process.exitCode = wrong > 0 ? 1 : 0;
