/** What `glacier check --format` takes. */
export const checkFormats = ["text", "json", "github", "sarif"] as const;
export type CheckFormat = (typeof checkFormats)[number];

/** What `glacier lineage --format` takes. */
export const lineageFormats = ["text", "mermaid", "html", "openlineage", "json"] as const;
export type LineageFormat = (typeof lineageFormats)[number];
