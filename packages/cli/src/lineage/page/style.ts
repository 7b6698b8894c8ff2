/** What the page of a lineage has beside the style sheet of all pages. */
export const lineageStyle: string = `
.glacier-body { fill: var(--panel); stroke: var(--line); stroke-width: 1; }
.glacier-name { font-size: 12px; fill: var(--text); }
.glacier-type { font-size: 11px; fill: var(--muted); }
.glacier-column { cursor: pointer; outline: none; }
.glacier-column rect { fill: var(--accent); fill-opacity: 0; }
.glacier-column:hover rect { fill-opacity: 0.08; }
.glacier-column:focus-visible rect { stroke: var(--accent); stroke-width: 2; }
.glacier-column.is-lit rect { fill-opacity: 0.16; }
.glacier-column.is-indirect rect { fill-opacity: 0.05; stroke: var(--accent); stroke-width: 1; stroke-dasharray: 3 3; }
.glacier-column.is-selected rect { fill-opacity: 0.35; stroke: var(--accent); stroke-width: 2; stroke-dasharray: none; }
.glacier-edges .glacier-route { opacity: 0.5; }
#stage.has-selection .glacier-edges { opacity: 0.25; }
#stage.has-selection .glacier-table:not(.is-lit) { opacity: 0.2; }
#stage.has-selection .glacier-column:not(.is-lit) text { opacity: 0.3; }
#links path { fill: none; stroke: var(--accent); stroke-width: 1.5; }
#links .is-indirect { stroke-dasharray: 4 4; stroke-width: 1; }
#links .is-wide { stroke-width: 7; stroke-opacity: 0.35; }
#found:empty { display: none; }
#found ul, #facts ul { margin: 0; padding: 0; list-style: none; }
#found { padding-top: 12px; }
.warning { color: var(--muted); border-inline-start: 3px solid var(--accent); padding-inline-start: 8px; }
.lines { margin: 0; padding: 0; list-style: none; color: var(--muted); }
.lines li { display: flex; align-items: center; gap: 10px; }
.lines path { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.lines .is-indirect { stroke-dasharray: 4 4; stroke-width: 1; }
.lines .is-wide { stroke-width: 7; stroke-opacity: 0.35; }
`;
