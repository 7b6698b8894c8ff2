import type { Finding, Severity } from "@glacier/core";
import { painter } from "../progress/line.ts";
import { harmless } from "../text.ts";
import { placeBelow } from "./place.ts";
import type { Report } from "./report.ts";
import { summaryText } from "./text.ts";

const commands = { error: "error", warning: "warning", note: "notice" } as const satisfies Record<Severity, string>;

/**
 * The findings as workflow commands, which GitHub Actions shows beside the code:
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands. The last line is for who reads the
 * log.
 * @param root The folder of the repository.
 */
export function reportGithub(report: Report, root: string): string {
  const lines = report.findings.map((finding) => command(finding, report.file, root));
  return [...lines, summaryText(report.summary, painter(false)), ""].join("\n");
}

function command(finding: Finding, file: string, root: string): string {
  const { severity, code, message, hint, step, bucket, place } = finding;
  const placed = placeBelow(root, place?.file ?? file);
  const about = step ?? bucket;
  const properties = {
    file: "below" in placed ? placed.below : placed.outside,
    ...(place === undefined ? {} : { line: String(place.line), col: String(place.column) }),
    title: about === undefined ? code : `${code} in ${about}`,
  };
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(value)}`);
  return `::${commands[severity]} ${given.join(",")}::${escapeData(hint === undefined ? message : `${message}\n${hint}`)}`;
}

/** Line breaks end a command, and `%` begins what stands for one. */
const escapeData = (text: string): string =>
  harmless(text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A"));

const escapeProperty = (text: string): string => escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
