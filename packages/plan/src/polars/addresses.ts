/** A message of Polars with only the last part of every path in it: where the rest leads is nobody's business. */
export function withoutAddresses(text: string): string {
  const last = (path: string): string => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
  return text
    .replaceAll(/(["'`])((?:[a-z][a-z0-9+.-]*:\/|[a-z]:)?[/\\][^"'`\n]*)\1/gi, (_, quote: string, path: string) =>
      [quote, last(path), quote].join(""),
    )
    .replaceAll(
      /(\(os error \d+\): )((?:[a-z][a-z0-9+.-]*:\/|[a-z]:)?[/\\][^\n]*)$/gim,
      (_, start: string, path: string) => start + last(path),
    )
    .replaceAll(/(?<![\w`])(?:[a-z]:)?[/\\](?:[^\s"'`:,;)\]]+[/\\])+([^\s"'`:,;)\]]+)/gi, "$1");
}
