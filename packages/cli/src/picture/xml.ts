const invalid = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])[\p{Cc}]/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Text as it stands in the content or in a quoted attribute of XML and of HTML. Characters that XML 1.0 cannot hold
 * (https://www.w3.org/TR/xml/#charsets) become `�`.
 */
export function escapeXml(text: string): string {
  return text.replaceAll(invalid, "�").replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
