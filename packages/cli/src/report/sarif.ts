import { createHash } from "node:crypto";
import type { Finding } from "@glacier/core";
import { meaningOf } from "./codes.ts";
import { asFileUri, asUri, placeBelow } from "./place.ts";
import type { Report } from "./report.ts";

/** What relative addresses in a log begin at; GitHub and others know it by this name. */
const baseId = "%SRCROOT%";

/**
 * The report as a SARIF log, which code scanning services read:
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. The same findings give the same text, on every
 * machine.
 * @param root The folder of the repository.
 * @param version Of Glacier.
 */
export function reportSarif({ file, pipeline, findings }: Report, root: string, version: string): string {
  const codes = [...new Set(findings.map(({ code }) => code))].toSorted();
  const occurrences = new Map<string, number>();
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Glacier", semanticVersion: version, rules: codes.map(ruleOf) } },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { [baseId]: { description: { text: "The folder of the repository." } } },
        results: findings.map((finding) => {
          const identity = identityOf(finding);
          const occurrence = occurrences.get(identity) ?? 0;
          occurrences.set(identity, occurrence + 1);
          return {
            ruleId: finding.code,
            ruleIndex: codes.indexOf(finding.code),
            level: finding.severity,
            message: { text: textOf(finding) },
            locations: [{ physicalLocation: locationOf(finding, file, root), logicalLocations: logical(finding) }],
            partialFingerprints: { "glacierFinding/v1": hash(`${identity}\n${occurrence}`) },
          };
        }),
        ...(pipeline === undefined ? {} : { properties: { pipeline } }),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

const ruleOf = (code: string): object => ({ id: code, shortDescription: { text: meaningOf(code) } });

/** A brace is doubled, as a single one marks the place of an argument; `](` would make a link. */
const textOf = ({ message, hint }: Finding): string =>
  (hint === undefined ? message : `${message} ${hint}`).replaceAll("](", "] (").replaceAll(/[{}]/g, "$&$&");

function locationOf({ place }: Finding, file: string, root: string): object {
  const placed = placeBelow(root, place?.file ?? file);
  return {
    artifactLocation:
      "below" in placed ? { uri: asUri(placed.below), uriBaseId: baseId } : { uri: asFileUri(placed.outside) },
    ...(place === undefined ? {} : { region: { startLine: place.line, startColumn: place.column } }),
  };
}

/** What it is about in the pipeline: a step or bucket, and a column of it. */
function logical({ step, bucket, column }: Finding): readonly object[] {
  const about = (name: string, kind: string, parent?: string): object => ({
    name,
    kind,
    fullyQualifiedName: parent === undefined ? name : `${parent}.${name}`,
  });
  return [
    ...(step === undefined ? [] : [about(step, "step")]),
    ...(bucket === undefined ? [] : [about(bucket, "bucket")]),
    ...(column === undefined ? [] : [about(column, "column", bucket ?? step)]),
  ];
}

/** Stays the same while the code around it changes, so that it is known again. */
const identityOf = ({ code, step, bucket, column, message }: Finding): string =>
  JSON.stringify([code, step ?? "", bucket ?? "", column ?? "", column === undefined ? message : ""]);

const hash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
