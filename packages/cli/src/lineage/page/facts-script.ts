/** The part of the page's script that tells in words what is selected. Everything goes through `textContent`. */
export const factsScript: string = String.raw`
  const facts = byId("facts");
  const hint = facts.firstElementChild;
  const mostItems = 60;

  // Columns to go on to. An item has the number of a column or of a bucket, and perhaps a word before it.
  const list = (heading, items, nothing) => {
    if (items.length === 0 && nothing === undefined) return [];
    const container = create("ul");
    for (const { number, bucket, word } of items.slice(0, mostItems)) {
      const item = create("li");
      if (word !== undefined) item.append(create("span", "as", word + ":"));
      if (number === undefined) item.append(create("span", "", bucket));
      else {
        const link = create("button", "link", buckets[columns[number].bucket].key + "." + columns[number].name);
        link.type = "button";
        link.dir = "auto";
        link.addEventListener("click", () => select(number, true));
        item.append(link);
      }
      container.append(item);
    }
    if (items.length > mostItems) container.append(create("li", "", "and " + (items.length - mostItems) + " more"));
    if (items.length === 0) container.append(create("li", "", nothing));
    return [create("h2", "", heading), container];
  };
  const table = (rows) => {
    const container = create("dl");
    for (const [name, value] of rows) container.append(create("dt", "", name), create("dd", "", String(value)));
    return container;
  };
  const title = (text) => {
    const heading = create("h3", "", text);
    heading.dir = "auto";
    return heading;
  };
  const warningOf = ({ step, opaque }) =>
    opaque === undefined ? [] : [create("p", "warning", "The plan of step " + step + " can't be read, so its columns may come from any of these. " + opaque)];
  const asItem = ([number, influence]) => ({ number, word: influences[influence] });
  const asUse = ({ user, influence }) =>
    user.column === undefined
      ? { bucket: "every row of " + buckets[user.bucket].key, word: influences[influence] }
      : { number: user.column, word: influences[influence] };
  const stepsOf = (numbers) => {
    const on = new Set([...numbers].map((number) => columns[number].bucket));
    return buckets.flatMap(({ step }, at) => (on.has(at) && step !== undefined ? [{ bucket: step }] : []));
  };
  const sourcesIn = (numbers) =>
    [...numbers].filter((number) => buckets[columns[number].bucket].role === "source").sort((one, other) => one - other).map((number) => ({ number }));

  const tellColumn = (number, { upstream, downstream, deciding, allDeciding, allDecided }) => {
    const { name, type, bucket } = columns[number];
    const own = buckets[bucket];
    const entries = entriesOf(number);
    const uses = usesOf(number);
    const values = uses.filter(({ influence }) => isDirect(influence));
    const others = uses.filter(({ influence }) => !isDirect(influence));
    facts.replaceChildren(
      create("span", "kind", "Column"),
      title(name),
      table([
        ["Bucket", own.key],
        ["Type", type ?? "not known"],
        ...(own.step === undefined ? [] : [["Written by", own.step]]),
        ["Comes from", upstream.size],
        ["Decided by", allDeciding],
        ["Goes into", downstream.size],
        ["Decides about", allDecided],
      ]),
      ...warningOf(own),
      ...list("Comes from", entries.filter(([, influence]) => isDirect(influence)).map(asItem)),
      ...list("Decided by", [...entries.filter(([, influence]) => !isDirect(influence)), ...datasetOf(number)].map(asItem)),
      ...list("Goes into", values.map(asUse)),
      ...list("Decides about", others.map(asUse)),
      ...list("In the sources", sourcesIn(upstream)),
      ...list("Sources that decide", sourcesIn(deciding)),
      ...list("Steps on the way", stepsOf([...(own.step === undefined ? [] : [number]), ...upstream, ...downstream])),
    );
  };
  const tellBucket = (at) => {
    const { key, provider, role, step, dataset } = buckets[at];
    facts.replaceChildren(
      create("span", "kind", "Bucket"),
      title(key),
      table([["Storage", provider], ["Role", role], ...(step === undefined ? [] : [["Written by", step]])]),
      ...warningOf(buckets[at]),
      ...list("Every row is decided by", pairsOf[dataset].map(asItem)),
      ...list("Columns", all(at).map((number) => ({ number })), "They are not known."),
    );
  };
`;
