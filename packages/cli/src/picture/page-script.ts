/**
 * The script of the page: pan and zoom by changing the `viewBox`, selection by setting classes, facts from the graph
 * that stands in the page as JSON. Everything that a label could be goes through `textContent`.
 *
 * It is text, since it runs in a browser and is compared with its hash there; a compiler must not change it.
 */
export const pageScript: string = String.raw`
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const graph = JSON.parse(byId("graph").textContent);
  const stage = byId("stage");
  const facts = byId("facts");
  const hint = facts.firstElementChild;
  const whole = stage.viewBox.baseVal;
  const full = { width: Math.max(whole.width, 1), height: Math.max(whole.height, 1) };
  const nodes = new Map(
    [...graph.steps.map((step) => ({ ...step, kind: "step" })), ...graph.buckets.map((bucket) => ({ ...bucket, kind: "bucket" }))]
      .map((node) => [node.id, { ...node, element: byId("glacier-" + node.id), incoming: [], outgoing: [] }]),
  );
  for (const edge of graph.edges) {
    nodes.get(edge.from).outgoing.push(edge);
    nodes.get(edge.to).incoming.push(edge);
  }
  const edges = [...stage.querySelectorAll(".glacier-edge")];
  const storages = new Map(graph.storages.map((storage) => [storage.id, storage.label]));

  // The part of the diagram that is in view: its upper left corner, and how many screen pixels one of its pixels takes.
  const view = { x: 0, y: 0, scale: 1 };
  const size = () => ({ width: Math.max(stage.clientWidth, 1), height: Math.max(stage.clientHeight, 1) });
  const show = () => {
    const { width, height } = size();
    stage.setAttribute("viewBox", [view.x, view.y, width / view.scale, height / view.scale].join(" "));
  };
  const fit = (smallest) => {
    const { width, height } = size();
    const margin = 32;
    const scale = Math.min((width - 2 * margin) / full.width, (height - 2 * margin) / full.height, 1.5);
    view.scale = Math.max(scale, smallest);
    const room = width / view.scale;
    view.x = full.width > room ? -margin / view.scale : (full.width - room) / 2;
    if (scale >= smallest) view.x = (full.width - room) / 2;
    view.y = (full.height - height / view.scale) / 2;
    show();
  };
  const zoom = (factor, x = size().width / 2, y = size().height / 2) => {
    const next = Math.min(4, Math.max(0.01, view.scale * factor));
    view.x += x / view.scale - x / next;
    view.y += y / view.scale - y / next;
    view.scale = next;
    show();
  };
  const pan = (x, y) => {
    view.x += x / view.scale;
    view.y += y / view.scale;
    show();
  };
  const reveal = (element) => {
    const box = element.getBoundingClientRect();
    const frame = stage.getBoundingClientRect();
    if (view.scale < 0.5) zoom(0.9 / view.scale);
    const inside = box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
    if (inside && box.width > 40) return;
    const moved = element.getBoundingClientRect();
    pan(moved.left + moved.width / 2 - frame.left - frame.width / 2, moved.top + moved.height / 2 - frame.top - frame.height / 2);
  };

  // Everything that can be reached from a node, itself included; "next" gives the ids one edge on.
  const reach = (id, next) => {
    const seen = new Set([id]);
    for (const at of seen) for (const other of next(nodes.get(at))) seen.add(other);
    return seen;
  };
  const create = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const list = (heading, entries, otherEnd) => {
    if (entries.length === 0) return [];
    const items = entries.map((edge) => {
      const item = create("li");
      const link = create("button", "link", nodes.get(edge[otherEnd]).label || "(no name)");
      link.type = "button";
      link.dir = "auto";
      link.addEventListener("click", () => select(edge[otherEnd], true));
      if (edge.label !== undefined) item.append(create("span", "as", edge.label + ":"));
      item.append(link);
      return item;
    });
    const container = create("ul");
    container.append(...items);
    return [create("h2", "", heading), container];
  };
  const describe = (node, upstream, downstream) => {
    const table = create("dl");
    const row = (name, value) => table.append(create("dt", "", name), create("dd", "", String(value)));
    if (node.kind === "step") {
      row("Runs on", node.executor);
      row("Level", node.level);
    } else {
      row("Storage", storages.get(node.storage) || "(no name)");
      row("Format", node.format);
      row("Role", node.role);
    }
    row("Upstream", upstream.size - 1);
    row("Downstream", downstream.size - 1);
    const heading = create("h3", "", node.label);
    heading.dir = "auto";
    facts.replaceChildren(
      create("span", "kind", node.kind === "step" ? "Step" : "Bucket"),
      heading,
      table,
      ...list(node.kind === "step" ? "Reads" : "Written by", node.incoming, "from"),
      ...list(node.kind === "step" ? "Writes" : "Read by", node.outgoing, "to"),
    );
  };
  const clear = () => {
    stage.classList.remove("has-selection");
    for (const element of stage.querySelectorAll(".is-lit")) {
      element.classList.remove("is-lit", "is-selected", "is-upstream", "is-downstream");
    }
    for (const element of stage.querySelectorAll('[aria-pressed="true"]')) element.setAttribute("aria-pressed", "false");
    facts.replaceChildren(hint);
  };
  const select = (id, moveThere) => {
    const node = nodes.get(id);
    clear();
    const upstream = reach(id, (at) => at.incoming.map((edge) => edge.from));
    const downstream = reach(id, (at) => at.outgoing.map((edge) => edge.to));
    for (const [ids, name] of [[upstream, "is-upstream"], [downstream, "is-downstream"]]) {
      for (const other of ids) nodes.get(other).element.classList.add("is-lit", ...(other === id ? [] : [name]));
    }
    for (const element of edges) {
      const { from, to } = element.dataset;
      const lit = (upstream.has(from) && upstream.has(to)) || (downstream.has(from) && downstream.has(to));
      if (lit) element.classList.add("is-lit");
    }
    node.element.classList.add("is-selected");
    node.element.setAttribute("aria-pressed", "true");
    stage.classList.add("has-selection");
    describe(node, upstream, downstream);
    if (moveThere) reveal(node.element);
  };

  for (const node of nodes.values()) {
    node.element.setAttribute("tabindex", "0");
    node.element.setAttribute("role", "button");
    node.element.setAttribute("aria-pressed", "false");
    node.element.setAttribute("aria-label", node.kind + " " + node.label);
  }
  const nodeAt = (target) => target.closest(".glacier-node");

  let drag;
  let dragged = false;
  stage.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.button === 0) drag = { id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  stage.addEventListener("pointermove", (event) => {
    if (drag === undefined || drag.id !== event.pointerId) return;
    const x = drag.x - event.clientX;
    const y = drag.y - event.clientY;
    if (!dragged && Math.hypot(x, y) < 4) return;
    if (!dragged) stage.setPointerCapture(event.pointerId);
    dragged = true;
    drag = { ...drag, x: event.clientX, y: event.clientY };
    stage.classList.add("is-panning");
    pan(x, y);
  });
  const drop = () => {
    stage.classList.remove("is-panning");
    drag = undefined;
  };
  stage.addEventListener("pointerup", drop);
  stage.addEventListener("pointercancel", drop);
  stage.addEventListener("click", (event) => {
    // The click that ends a drag selects nothing.
    if (dragged) return;
    const element = nodeAt(event.target);
    if (element === null) clear();
    else select(element.dataset.id, false);
  });
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const frame = stage.getBoundingClientRect();
    const unit = event.deltaMode === 1 ? 16 : 1;
    zoom(Math.exp(-event.deltaY * unit * (event.ctrlKey ? 0.01 : 0.0015)), event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });
  const keys = {
    "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), "0": () => fit(0),
    ArrowLeft: () => pan(-80, 0), ArrowRight: () => pan(80, 0), ArrowUp: () => pan(0, -80), ArrowDown: () => pan(0, 80),
  };
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const element = nodeAt(event.target);
    if ((event.key === "Enter" || event.key === " ") && element !== null) select(element.dataset.id, true);
    else if (Object.hasOwn(keys, event.key)) keys[event.key]();
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  stage.addEventListener("focusin", (event) => {
    const element = nodeAt(event.target);
    if (element !== null && element.matches(":focus-visible")) reveal(element);
  });

  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("zoom-fit").addEventListener("click", () => fit(0));
  byId("search").addEventListener("change", (event) => {
    const plain = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
    const wanted = plain(event.target.value);
    if (wanted === "") return;
    const all = [...nodes.values()];
    const found = all.find(({ label }) => plain(label) === wanted) ?? all.find(({ label }) => plain(label).includes(wanted));
    if (found !== undefined) select(found.id, true);
  });
  byId("copy").addEventListener("click", async (event) => {
    const source = byId("mermaid");
    try {
      await navigator.clipboard.writeText(source.textContent);
      event.target.textContent = "Copied";
      setTimeout(() => { event.target.textContent = "Copy"; }, 1500);
    } catch {
      // A browser that allows no access to the clipboard: the reader copies what is selected.
      getSelection().selectAllChildren(source);
    }
  });
  addEventListener("resize", show);
  fit(0.3);
})();
`;
