import { asPageScript } from "../../picture/stage-script.ts";
import { factsScript } from "./facts-script.ts";
import { reachScript } from "./reach-script.ts";

/**
 * The script of the page: what a click, a key or a search selects. Which columns that lights is in `reach-script.ts`,
 * what is told of them in `facts-script.ts`.
 */
export const lineageScript: string = asPageScript(String.raw`${reachScript}${factsScript}
  const rows = columns.map((_, number) => byId("c" + number));
  const tables = buckets.map((_, at) => byId("t" + at));
  const links = byId("links");

  const clear = () => {
    stage.classList.remove("has-selection");
    for (const element of stage.querySelectorAll(".is-lit")) element.classList.remove("is-lit", "is-selected", "is-upstream", "is-downstream", "is-indirect");
    for (const element of stage.querySelectorAll('[aria-pressed="true"]')) element.setAttribute("aria-pressed", "false");
    links.replaceChildren();
    facts.replaceChildren(hint);
  };
  const light = (numbers, ...names) => {
    for (const number of numbers) {
      rows[number].classList.add("is-lit", ...names);
      tables[columns[number].bucket].classList.add("is-lit");
    }
  };
  const select = (number, moveThere) => {
    clear();
    const reached = reach(number);
    light(reached.upstream, "is-upstream");
    light(reached.downstream, "is-downstream");
    light(reached.deciding, "is-upstream", "is-indirect");
    light(reached.decided, "is-downstream", "is-indirect");
    light([number], "is-selected");
    rows[number].setAttribute("aria-pressed", "true");
    stage.classList.add("has-selection");
    draw(linksOf(number, reached));
    tellColumn(number, reached);
    if (moveThere) reveal(rows[number]);
  };

  // Where a table is: its upper left corner and its size.
  const places = tables.map((table) => {
    const [x, y] = table.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const body = table.querySelector(".glacier-body");
    return { x, y, width: Number(body.getAttribute("width")), height: Number(body.getAttribute("height")) };
  });
  const rowAt = (number) => places[columns[number].bucket].y + geometry.header + (columns[number].row + 0.5) * geometry.row - 2;
  const curve = (from, fromY, to, toY) => {
    const x = places[from].x + places[from].width;
    const end = places[to].x;
    const bend = Math.max(30, Math.abs(end - x) / 2);
    return ["M", x, fromY, "C", x + bend, fromY, end - bend, toY, end, toY].join(" ");
  };
  // One path for all lines of a kind: a thousand lines are drawn as fast as one.
  const draw = (pairs) => {
    const parts = { direct: [], indirect: [], wide: [] };
    for (const { from, to, isMany, lines } of pairs) {
      if (isMany) {
        parts.wide.push(curve(from, places[from].y + places[from].height / 2, to, places[to].y + places[to].height / 2));
        continue;
      }
      for (const [source, target, direct] of lines) {
        const end = target === undefined ? places[to].y + geometry.header / 2 : rowAt(target);
        parts[direct ? "direct" : "indirect"].push(curve(from, rowAt(source), to, end));
      }
    }
    for (const [name, curves] of Object.entries(parts)) {
      if (curves.length === 0) continue;
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", "is-" + name);
      path.setAttribute("d", curves.join(""));
      path.setAttribute("data-lines", String(curves.length));
      links.append(path);
    }
  };

  for (const [number, row] of rows.entries()) {
    const { name, type, bucket } = columns[number];
    row.setAttribute("tabindex", columns[number].row === 0 ? "0" : "-1");
    row.setAttribute("role", "button");
    row.setAttribute("aria-pressed", "false");
    row.setAttribute("aria-label", "column " + name + " of " + buckets[bucket].key + (type === null ? "" : ", " + type));
  }
  // Tab goes from table to table, the arrows go within one, and along the lineage.
  const focus = (number) => {
    if (number === undefined || rows[number] === undefined) return;
    const { bucket } = columns[number];
    for (const row of tables[bucket].querySelectorAll('.glacier-column[tabindex="0"]')) row.setAttribute("tabindex", "-1");
    rows[number].setAttribute("tabindex", "0");
    rows[number].focus();
    reveal(rows[number]);
  };
  const beside = (number, by) => (columns[number + by]?.bucket === columns[number].bucket ? number + by : undefined);
  const moves = {
    ArrowUp: (number) => focus(beside(number, -1)),
    ArrowDown: (number) => focus(beside(number, 1)),
    ArrowLeft: (number) => focus(entriesOf(number)[0]?.[0]),
    ArrowRight: (number) => focus(usesOf(number).map(({ user }) => user.column ?? firstOf[user.bucket])[0]),
    Enter: (number) => select(number, true),
    " ": (number) => select(number, true),
  };
  const numberAt = (target) => {
    const row = target.closest(".glacier-column");
    return row === null ? undefined : Number(row.dataset.column);
  };
  stage.addEventListener("click", (event) => {
    // The click that ends a drag selects nothing.
    if (dragged) return;
    const number = numberAt(event.target);
    const table = event.target.closest(".glacier-table");
    if (number !== undefined) select(number, false);
    else clear();
    if (number === undefined && table !== null) tellBucket(Number(table.dataset.bucket));
  });
  stage.addEventListener("keydown", (event) => {
    const number = numberAt(event.target);
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    if (number !== undefined && !isModified && Object.hasOwn(moves, event.key)) moves[event.key](number);
    else if (!moveStage(event)) return;
    event.preventDefault();
  });
  stage.addEventListener("focusin", (event) => {
    const number = numberAt(event.target);
    if (number !== undefined && rows[number].matches(":focus-visible")) reveal(rows[number]);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });

  const plain = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
  const texts = columns.map(({ name, bucket }) => plain(buckets[bucket].key + "." + name));
  const matches = (wanted) => {
    const words = plain(wanted).split(" ").filter((word) => word !== "");
    if (words.length === 0) return [];
    const all = texts.flatMap((text, number) => (words.every((word) => text.includes(word)) ? [number] : []));
    const exact = (number) => plain(columns[number].name) === words.join(" ");
    return [...all.filter(exact), ...all.filter((number) => !exact(number))];
  };
  const search = byId("search");
  const found = byId("found");
  search.addEventListener("input", () => {
    const numbers = matches(search.value);
    found.replaceChildren(...(search.value.trim() === "" ? [] : list("Found", numbers.map((number) => ({ number })), "Nothing.")));
  });
  search.addEventListener("keydown", (event) => {
    const [first] = matches(search.value);
    if (event.key === "Enter" && first !== undefined) select(first, true);
  });

  fit(0.3);
  if (data.selected !== undefined) select(data.selected, true);
`);
