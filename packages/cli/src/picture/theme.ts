interface Palette {
  readonly page: string;
  readonly panel: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly edge: string;
  readonly step: string;
  readonly accent: string;
  /** Fill and outline of the buckets of the first, second, … storage; they repeat when there are more. */
  readonly storages: readonly (readonly [fill: string, outline: string])[];
}

const light: Palette = {
  page: "#f8fafc",
  panel: "#ffffff",
  text: "#0f172a",
  muted: "#526176",
  line: "#cbd5e1",
  edge: "#7d8ca1",
  step: "#ffffff",
  accent: "#1d4ed8",
  storages: [
    ["#dbeafe", "#2563eb"],
    ["#fef0c7", "#b45309"],
    ["#d7f5e3", "#15803d"],
    ["#ece5fe", "#7c3aed"],
    ["#ffe0e9", "#be185d"],
    ["#cff5f6", "#0e7490"],
    ["#ffe4d1", "#c2410c"],
    ["#e2e8f0", "#475569"],
  ],
};

const dark: Palette = {
  page: "#0b1220",
  panel: "#131c2e",
  text: "#e6edf6",
  muted: "#9aa9bd",
  line: "#3a4a61",
  edge: "#7688a1",
  step: "#1c2739",
  accent: "#8ab4ff",
  storages: [
    ["#15294d", "#60a5fa"],
    ["#3a2a0c", "#f0b429"],
    ["#0f3020", "#4ade80"],
    ["#2a1f4d", "#a78bfa"],
    ["#42172a", "#f472b6"],
    ["#0c3038", "#3ccfdd"],
    ["#40200f", "#fb923c"],
    ["#222d3d", "#a3b1c4"],
  ],
};

/** How many storages have a colour of their own. */
export const storageColors: number = light.storages.length;

const fonts = `ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif`;

/**
 * The style sheet of a diagram: light, and dark where the reader's system asks for it. No variables, since programs
 * that convert SVG often know none.
 */
export const diagramStyle: string = `
.glacier-diagram { font-family: ${fonts.replaceAll('"', "'")}; }
.glacier-label { font-size: 13px; font-weight: 600; }
.glacier-meta, .glacier-input { font-size: 11px; }
.glacier-heading { font-size: 20px; font-weight: 700; }
.glacier-description { font-size: 13px; }
.glacier-shape { stroke-width: 1.5; }
.glacier-rim, .glacier-route { fill: none; stroke-width: 1.5; }
.glacier-divider { stroke-width: 1; }
${colors(light)}@media (prefers-color-scheme: dark) {
${colors(dark)}}
`;

/** The style sheet of a web page around a diagram, in the same colours. */
export const pageColors: string = `
:root { color-scheme: light dark; ${variables(light)} }
@media (prefers-color-scheme: dark) { :root { ${variables(dark)} } }
body { font-family: ${fonts}; }
`;

function variables(palette: Palette): string {
  const { page, panel, text, muted, line, accent } = palette;
  return `--page: ${page}; --panel: ${panel}; --text: ${text}; --muted: ${muted}; --line: ${line}; --accent: ${accent};`;
}

function colors(palette: Palette): string {
  const rules = [
    `.glacier-page { fill: ${palette.page}; }`,
    `.glacier-label, .glacier-heading { fill: ${palette.text}; }`,
    `.glacier-meta, .glacier-input, .glacier-description { fill: ${palette.muted}; }`,
    `.glacier-step .glacier-shape { fill: ${palette.step}; stroke: ${palette.muted}; }`,
    `.glacier-step .glacier-divider { stroke: ${palette.line}; }`,
    `.glacier-mark { fill: ${palette.muted}; }`,
    `.glacier-route { stroke: ${palette.edge}; }`,
    `.glacier-tip { fill: ${palette.edge}; }`,
    ...palette.storages.flatMap(([fill, outline], index) => [
      `.glacier-storage-${index} .glacier-shape { fill: ${fill}; stroke: ${outline}; }`,
      `.glacier-storage-${index} .glacier-rim { stroke: ${outline}; }`,
    ]),
  ];
  return `${rules.join("\n")}\n`;
}
