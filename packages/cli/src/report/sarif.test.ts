import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Finding } from "@glacier/core";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { flights, hostileNames } from "../sample-traces.test-d.ts";
import { failedReport, type Report, reportOf } from "./report.ts";
import { about, findings, hostile, nothing, place, report, root } from "./sample-reports.test-d.ts";
import { reportSarif } from "./sarif.ts";

interface Sarif {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly { readonly physicalLocation: object }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
    }[];
  }[];
}

describe("a report as SARIF", () => {
  const schemaFile = new URL("../../test/schemas/sarif-2.1.0-rtm.5.json", import.meta.url);
  // Of draft 4, from which it uses nothing that later drafts have otherwise, but for the name of its own address.
  const { $schema, id, ...schema } = JSON.parse(readFileSync(fileURLToPath(schemaFile), "utf8")) as Record<
    string,
    unknown
  >;
  const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(
    schema,
  );
  const sarif = (given: Report): Sarif => JSON.parse(reportSarif(given, root, "1.2.3")) as Sarif;

  test.each(Object.entries({ report, nothing, hostile, unloaded: failedReport("etl.ts", findings[0] as Finding) }))(
    "of %s is valid by the schema of OASIS",
    (_, given) => {
      expect([$schema, id]).toEqual([expect.stringContaining("draft-04"), expect.stringContaining("sarif-2.1.0")]);
      expect(validate({ version: "2.1.0", runs: [{}] })).toBe(false);
      const isValid = validate(sarif(given));
      expect(validate.errors ?? []).toEqual([]);
      expect(isValid).toBe(true);
    },
  );

  test("has a rule for each code, and for each finding a result with level, message and place", () => {
    const [run] = sarif(report).runs;
    const rules = run?.tool.driver.rules.map(({ id: code }) => code) ?? [];
    expect(rules).toEqual([...new Set(findings.map(({ code }) => code))].toSorted());
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual(
      report.findings.map(({ code, severity }) => [code, severity]),
    );
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]).toBe(ruleId);
    expect(run?.results[3]?.message.text).toBe(
      "Step `report` asks for column `delya`, which it has not got. Did you mean `delay`?",
    );
    expect(run?.results[3]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "jobs/etl.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 31, startColumn: 9 },
    });
  });

  test("names the module where a finding has no place, and encodes paths", () => {
    const first = JSON.parse(reportSarif(report, process.cwd(), "1.2.3")) as Sarif;
    expect(first.runs[0]?.results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "jobs/etl.ts", uriBaseId: "%SRCROOT%" },
    });
    const odd = { ...(findings[3] as Finding), place: { file: `${root}/a b/#ü%.ts`, line: 1, column: 1 } };
    const text = reportSarif(failedReport("etl.ts", odd), root, "1.2.3");
    expect(text).toContain('"uri": "a%20b/%23%C3%BC%25.ts"');
    expect(reportSarif(failedReport("etl.ts", odd), "/elsewhere", "1.2.3")).toContain(
      `"uri": "file://${root}/a%20b/%23%C3%BC%25.ts"`,
    );
  });

  test("is the same text again, and knows a finding again when the code around it has moved", () => {
    expect(reportSarif(structuredClone(report), root, "1.2.3")).toBe(reportSarif(report, root, "1.2.3"));
    const prints = (given: Report) => sarif(given).runs[0]?.results.map((result) => result.partialFingerprints) ?? [];
    const moved = findings.map((finding) =>
      finding.place === undefined ? finding : { ...finding, place: place(99, 1) },
    );
    expect(prints(reportOf(about, { ...flights, findings: moved }))).toEqual(expect.arrayContaining(prints(report)));
    const values = prints(reportOf(about, { ...flights, findings: [...findings, ...findings] })).map((print) =>
      JSON.stringify(print),
    );
    expect(new Set(values).size).toBe(2 * findings.length);
  });

  test("has neither places for arguments nor links in its messages", () => {
    const texts = sarif(hostile).runs[0]?.results.map(({ message }) => message.text) ?? [];
    expect(texts).toHaveLength(hostileNames.length);
    for (const text of texts) expect(text.replaceAll(/\{\{|\}\}/g, "")).not.toMatch(/[{}]|\]\(/);
  });
});
