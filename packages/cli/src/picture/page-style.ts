/** The style sheet of the page around the diagram, and of what the reader has selected in it. */
export const pageStyle: string = `
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; background: var(--page); color: var(--text); font-size: 14px; line-height: 1.45; }
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; padding: 12px 20px; background: var(--panel); border-bottom: 1px solid var(--line); }
.name { flex: 1 1 240px; min-width: 0; }
h1 { margin: 0; font-size: 18px; overflow-wrap: anywhere; }
.name p { margin: 0; color: var(--muted); overflow-wrap: anywhere; max-height: 4.4em; overflow: auto; }
h2 { margin: 16px 0 6px; font-size: 11px; letter-spacing: 0.06em; text-transform: uppercase; color: var(--muted); }
h3 { margin: 2px 0 8px; font-size: 15px; overflow-wrap: anywhere; }
button, input { font: inherit; color: var(--text); background: var(--page); border: 1px solid var(--line); border-radius: 7px; padding: 5px 10px; }
button { cursor: pointer; }
button:hover { border-color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#search { width: 240px; max-width: 100%; }
.zoom { display: flex; gap: 4px; }
main { flex: 1; display: flex; min-height: 0; }
#stage { flex: 1; min-width: 0; height: 100%; cursor: grab; touch-action: none; user-select: none; -webkit-user-select: none; }
#stage.is-panning { cursor: grabbing; }
aside { width: 300px; overflow: auto; padding: 4px 20px 20px; background: var(--panel); border-left: 1px solid var(--line); }
.hint, .keys p, .legend { color: var(--muted); }
#facts { min-height: 220px; padding-top: 12px; }
#facts .kind { color: var(--muted); font-size: 12px; }
#facts dl { display: grid; grid-template-columns: auto 1fr; gap: 3px 12px; margin: 0; }
#facts dt { color: var(--muted); }
#facts dd { margin: 0; overflow-wrap: anywhere; }
#facts ul { margin: 0; padding: 0; list-style: none; }
#facts li { display: flex; flex-wrap: wrap; column-gap: 6px; }
#facts li .as { color: var(--muted); overflow-wrap: anywhere; }
.link { padding: 0; border: 0; background: none; color: var(--accent); text-align: start; overflow-wrap: anywhere; }
.link:hover { text-decoration: underline; }
.legend { margin: 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: 10px; }
.legend span { overflow-wrap: anywhere; min-width: 0; }
.legend svg { flex: none; }
kbd { font: inherit; padding: 0 4px; border: 1px solid var(--line); border-radius: 4px; }
details { margin-top: 16px; }
summary { cursor: pointer; }
details button { margin-top: 8px; }
pre { max-height: 320px; overflow: auto; margin: 8px 0 0; padding: 10px; font: 11px/1.5 ui-monospace, Menlo, Consolas, monospace; background: var(--page); border: 1px solid var(--line); border-radius: 7px; }
.glacier-node { cursor: pointer; outline: none; }
.glacier-node:hover .glacier-shape, .glacier-node:focus-visible .glacier-shape { stroke-width: 2.5; }
.glacier-node:focus-visible .glacier-shape { stroke: var(--accent); }
#stage.has-selection .glacier-node:not(.is-lit), #stage.has-selection .glacier-edge:not(.is-lit) { opacity: 0.18; }
#stage.has-selection .glacier-edge.is-lit .glacier-route { stroke: var(--accent); stroke-width: 2; }
#stage.has-selection .glacier-edge.is-lit .glacier-tip { fill: var(--accent); }
#stage .glacier-node.is-selected .glacier-shape { stroke: var(--accent); stroke-width: 3; }
@media (max-width: 720px) {
  main { flex-direction: column; }
  #facts { min-height: 0; }
  aside { width: auto; max-height: 45%; border-left: 0; border-top: 1px solid var(--line); }
}
@media print { aside, .zoom, #search { display: none; } }
`;
