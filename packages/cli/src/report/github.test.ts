import { describe, expect, test } from "vitest";
import { hostileNames } from "../sample-traces.test-d.ts";
import { reportGithub } from "./github.ts";
import { hostile, report, root } from "./sample-reports.test-d.ts";

/** A workflow command as GitHub's runner reads it: actions/runner, ActionCommand.cs. */
function parseCommand(line: string): { name: string; properties: Record<string, string>; data: string } | undefined {
  const [, name = "", given = "", data = ""] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? [];
  if (name === "") return undefined;
  const unescapeData = (text: string): string =>
    text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const unescape = (text: string): string => unescapeData(text.replaceAll("%3A", ":").replaceAll("%2C", ","));
  const properties = given.split(",").map((pair): [string, string] => {
    const at = pair.indexOf("=");
    return [pair.slice(0, at), unescape(pair.slice(at + 1))];
  });
  return { name, properties: Object.fromEntries(properties), data: unescapeData(data) };
}

describe("a report for GitHub Actions", () => {
  test("is a workflow command for each finding, with paths from the root of the repository", () => {
    const lines = reportGithub(report, root).trim().split("\n");
    expect(lines).toHaveLength(7);
    expect(lines[3]).toBe(
      "::error file=jobs/etl.ts,line=31,col=9,title=COLUMN_NOT_FOUND in report::Step `report` asks for column `delya`, which it has not got.%0ADid you mean `delay`?",
    );
    expect(lines.slice(0, -1).map((line) => parseCommand(line)?.name)).toEqual([
      "warning",
      "error",
      "error",
      "error",
      "warning",
      "notice",
    ]);
    expect(lines.at(-1)).toBe("3 errors, 2 warnings, 1 note in 4 steps, checked in 41 ms");
  });

  test("names the module where a finding has no place, and a file outside of the repository by its whole path", () => {
    const [first] = reportGithub(report, process.cwd()).split("\n");
    expect(parseCommand(first ?? "")?.properties).toEqual({ file: "jobs/etl.ts", title: "ENGINE_OLD" });
    expect(reportGithub(report, "/elsewhere")).toContain(`file=${root}/jobs/etl.ts,line=31`);
  });

  test("escapes what ends a command or a property, so that each finding is one line and reads as it was", () => {
    const lines = reportGithub(hostile, root).trim().split("\n");
    expect(lines).toHaveLength(hostileNames.length + 1);
    const visible = (text: string): string =>
      // oxlint-disable-next-line no-control-regex -- what a log must not get
      text.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, "�");
    const read = lines.slice(0, -1).map((line) => parseCommand(line));
    expect(read.map((command) => command?.data)).toEqual(
      hostile.findings.map(({ message }) => visible(`${message}\n${message}`)),
    );
    expect(read.map((command) => command?.properties["title"])).toEqual(
      hostile.findings.map(({ message }) => visible(`TASK_FAILED in ${message}`)),
    );
  });
});
