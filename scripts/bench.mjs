// `pnpm bench [name] [rounds]`: runs one of the measurements of bench/, or all.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../bench", import.meta.url));
const known = readdirSync(folder).flatMap((file) => (file.endsWith(".mjs") ? [file.slice(0, -4)] : []));
const [name, ...args] = process.argv.slice(2);
if (name !== undefined && !existsSync(`${folder}/${name}.mjs`)) {
  console.error(`There is no bench "${name}". There are: ${known.join(", ")}.`);
  process.exit(2);
}
for (const each of name === undefined ? known : [name]) {
  const { status } = spawnSync(process.execPath, [`${folder}/${each}.mjs`, ...args], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
