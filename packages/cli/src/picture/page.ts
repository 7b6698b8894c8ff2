import { createHash } from "node:crypto";
import { printable } from "./label.ts";
import { escapeXml } from "./xml.ts";

/** What is different from page to page. All of it is HTML, but for the texts that say otherwise. */
export interface Page {
  /** Text. */
  readonly title: string;
  /** Text. */
  readonly description?: string | undefined;
  readonly style: string;
  readonly script: string;
  /** What stands in the header beside the name and the zoom. */
  readonly search: string;
  readonly main: string;
  /** What the script reads: elements that aren't shown. */
  readonly data: string;
}

/**
 * A page that needs no other file and no network. Its security policy allows nothing but the one style sheet and the one
 * script that are in it.
 */
export function drawPage(page: Page): string {
  const title = escapeXml(page.title);
  const description = printable(page.description ?? "");
  const policy = [
    "default-src 'none'",
    `style-src '${hash(page.style)}'`,
    `script-src '${hash(page.script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${page.style}</style>
</head>
<body>
<header>
<div class="name"><h1 dir="auto">${title}</h1>${description === "" ? "" : `<p dir="auto">${escapeXml(description)}</p>`}</div>
${page.search}
<div class="zoom" role="group" aria-label="Zoom">
<button type="button" id="zoom-out" aria-label="Zoom out">−</button>
<button type="button" id="zoom-in" aria-label="Zoom in">+</button>
<button type="button" id="zoom-fit">Fit</button>
</div>
</header>
<main>
${page.main}
</main>
${page.data}
<script>${page.script}</script>
</body>
</html>
`;
}

function hash(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
