import type { Finding, GlacierError, SourcePlace } from "@glacier/core";

/** An error that ended a command, as a finding: so that who reads findings reads of it too. */
export function findingOf({ code, message, hint, details }: GlacierError): Finding {
  const { place, step } = details;
  return {
    code,
    severity: "error",
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(typeof step === "string" ? { step } : {}),
    ...(isPlace(place) ? { place } : {}),
  };
}

function isPlace(value: unknown): value is SourcePlace {
  if (typeof value !== "object" || value === null) return false;
  const { file, line, column } = value as Partial<SourcePlace>;
  return typeof file === "string" && typeof line === "number" && typeof column === "number";
}
