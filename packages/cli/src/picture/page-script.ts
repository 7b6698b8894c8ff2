import { asPageScript } from "./stage-script.ts";

/**
 * The script of the page, on its stage: selection by setting classes, facts from the graph
 * that stands in the page as JSON. Everything that a label could be goes through `textContent`.
 *
 * It is text, since it runs in a browser and is compared with its hash there; a compiler must not change it.
 */
export const pageScript: string = asPageScript(String.raw`
  const graph = JSON.parse(byId("graph").textContent);
  const facts = byId("facts");
  const hint = facts.firstElementChild;
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

  // Everything that can be reached from a node, itself included; "next" gives the ids one edge on.
  const reach = (id, next) => {
    const seen = new Set([id]);
    for (const at of seen) for (const other of next(nodes.get(at))) seen.add(other);
    return seen;
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

  stage.addEventListener("click", (event) => {
    // The click that ends a drag selects nothing.
    if (dragged) return;
    const element = nodeAt(event.target);
    if (element === null) clear();
    else select(element.dataset.id, false);
  });
  stage.addEventListener("keydown", (event) => {
    const element = nodeAt(event.target);
    const isModified = event.ctrlKey || event.metaKey || event.altKey;
    if (!isModified && (event.key === "Enter" || event.key === " ") && element !== null) select(element.dataset.id, true);
    else if (!moveStage(event)) return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
  });
  stage.addEventListener("focusin", (event) => {
    const element = nodeAt(event.target);
    if (element !== null && element.matches(":focus-visible")) reveal(element);
  });

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
  fit(0.3);
`);
