import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/**
 * What Polars writes to stderr while `code` runs in a process of its own, with `pl` and `input` at hand. Polars writes
 * from Rust, which nothing in this process could catch.
 */
export function stderrOf(code: string, input: Buffer = Buffer.alloc(0)): string {
  const script = `
    import pl from "nodejs-polars";
    import { readFileSync } from "node:fs";
    const input = readFileSync(0);
    ${code}`;
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    env: { ...process.env, POLARS_VERBOSE: "1", NODE_OPTIONS: "" },
    input,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the process ended with ${status}:\n${stderr}`);
  return stderr;
}
