/**
 * The part of the page's script that knows how columns hang together: `reach` says what a column comes from and goes
 * into, `linksOf` which lines show it.
 */
export const reachScript: string = String.raw`
  const data = JSON.parse(byId("lineage").textContent);
  const { buckets, lists, influences, direct, geometry } = data;
  const columns = buckets.flatMap((bucket, at) => bucket.columns.map(([name, type, list], row) => ({ name, type, list, bucket: at, row })));
  const firstOf = [];
  for (const { columns: inside } of buckets) firstOf.push((firstOf.at(-1) ?? 0) + (buckets[firstOf.length - 1]?.columns.length ?? 0));
  const isDirect = (influence) => influence < direct;
  const pairsOf = lists.map((list) => list.flatMap((column, at) => (at % 2 === 0 ? [[column, list[at + 1]]] : [])));
  // Who is made of a list: a column, or every row of a bucket.
  const users = lists.map(() => []);
  for (const [number, { list }] of columns.entries()) users[list].push({ column: number });
  for (const [at, { dataset }] of buckets.entries()) users[dataset].push({ bucket: at });
  const usedIn = columns.map(() => []);
  for (const [list, pairs] of pairsOf.entries()) for (const [column, influence] of pairs) usedIn[column].push([list, influence]);

  const datasetOf = (number) => pairsOf[buckets[columns[number].bucket].dataset];
  const entriesOf = (number) => pairsOf[columns[number].list];
  const usesOf = (number) => usedIn[number].flatMap(([list, influence]) => users[list].map((user) => ({ user, influence })));

  // All that is reached from some columns, without them. A list that many share is looked at once.
  const closure = (starts, steps) => {
    const seen = new Set(starts);
    const visited = new Set();
    const visit = (key, numbers) => {
      if (visited.has(key)) return;
      visited.add(key);
      for (const number of numbers()) seen.add(number);
    };
    for (const number of seen) steps(number, visit);
    for (const number of starts) seen.delete(number);
    return seen;
  };
  const all = (at) => buckets[at].columns.map((_, row) => firstOf[at] + row);
  const numbersOf = (user) => (user.column === undefined ? all(user.bucket) : [user.column]);
  const reach = (number) => {
    const up = closure([number], (at, visit) =>
      visit(columns[at].list, () => entriesOf(at).flatMap(([other, influence]) => (isDirect(influence) ? [other] : []))));
    const down = closure([number], (at, visit) => {
      for (const [list, influence] of usedIn[at]) if (isDirect(influence)) visit(list, () => users[list].flatMap(numbersOf));
    });
    const values = new Set([number, ...up]);
    const goals = new Set([number, ...down]);
    const deciders = new Set();
    for (const at of values) {
      for (const [other, influence] of entriesOf(at)) if (!isDirect(influence)) deciders.add(other);
      for (const [other] of datasetOf(at)) deciders.add(other);
    }
    const backwards = (at, visit) => {
      visit(columns[at].list, () => entriesOf(at).map(([other]) => other));
      visit(buckets[columns[at].bucket].dataset, () => datasetOf(at).map(([other]) => other));
    };
    const followers = new Set();
    for (const at of goals) {
      for (const [list, influence] of usedIn[at]) if (!isDirect(influence)) for (const user of users[list]) for (const other of numbersOf(user)) followers.add(other);
    }
    const forwards = (at, visit) => {
      for (const [list] of usedIn[at]) visit(list, () => users[list].flatMap(numbersOf));
    };
    const deciding = new Set([...deciders, ...closure([...deciders], backwards)]);
    const decided = new Set([...followers, ...closure([...followers], forwards)]);
    const without = (reached, known) => new Set([...reached].filter((other) => !known.has(other)));
    return {
      upstream: up,
      downstream: down,
      deciding: without(deciding, values),
      decided: without(decided, goals),
      // A column may do both.
      allDeciding: deciding.size,
      allDecided: decided.size,
    };
  };

  // The lines to draw, by pairs of buckets. Of more than these between two buckets, one wide line is drawn.
  const mostLines = 150;
  const linksOf = (number, { upstream, downstream, deciding, decided }) => {
    const pairs = new Map();
    const add = (source, to, target, isValue) => {
      const from = columns[source].bucket;
      const key = from + " " + to;
      if (!pairs.has(key)) pairs.set(key, { from, to, isMany: false, lines: [] });
      const pair = pairs.get(key);
      if (pair.lines.length < mostLines) pair.lines.push([source, target, isValue]);
      else pair.isMany = true;
    };
    const into = (targets, sources, values) => {
      for (const target of targets) {
        const { bucket } = columns[target];
        for (const [source, influence] of entriesOf(target)) {
          if (sources.has(source)) add(source, bucket, target, isDirect(influence) && values.has(source) && values.has(target));
        }
      }
      for (const bucket of new Set([...targets].map((target) => columns[target].bucket))) {
        for (const [source] of pairsOf[buckets[bucket].dataset]) if (sources.has(source)) add(source, bucket, undefined, false);
      }
    };
    const back = new Set([number, ...upstream]);
    const on = new Set([number, ...downstream]);
    into(new Set([...back, ...deciding]), new Set([...upstream, ...deciding]), back);
    into(new Set([...downstream, ...decided]), new Set([...on, ...decided]), on);
    return pairs.values();
  };
`;
