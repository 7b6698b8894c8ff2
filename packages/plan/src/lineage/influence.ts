import type { DirectInfluence, Influence } from "../model/lineage.ts";

/** Several influences at once, a bit for each: lineage is put together many times over, and most of it is this. */
export type Influences = number;

/** From the weakest to the strongest, then the indirect ones. Whatever is listed comes in this order. */
const order: readonly Influence[] = [
  "identity",
  "transformation",
  "aggregation",
  "join",
  "group-by",
  "filter",
  "sort",
  "window",
  "conditional",
];

export const isDirect = (influence: Influence): influence is DirectInfluence => order.indexOf(influence) < 3;

const bits: ReadonlyMap<Influence, Influences> = new Map(order.map((influence, at) => [influence, 1 << at]));

export const bitOf = (influence: Influence): Influences => bits.get(influence) as Influences;

const identity = bitOf("identity");
const transformation = bitOf("transformation");
const aggregation = bitOf("aggregation");
const direct = identity | transformation | aggregation;

const lists: (readonly Influence[])[] = [];

export function influencesOf(influences: Influences): readonly Influence[] {
  return (lists[influences] ??= order.filter((influence) => (influences & bitOf(influence)) !== 0));
}

/**
 * What `inner` becomes where its column is used in another way again. Of two direct influences the stronger one remains.
 * What only decides about values does so whatever comes before it, and however its effect is used.
 */
export function after(inner: Influences, outer: Influence): Influences {
  switch (outer) {
    case "identity":
      return inner;
    case "transformation":
      return atLeast(inner, transformation);
    case "aggregation":
      return atLeast(inner, aggregation);
    case "join":
    case "group-by":
    case "filter":
    case "sort":
    case "window":
    case "conditional":
      return inner === 0 ? 0 : bitOf(outer);
  }
}

function atLeast(influences: Influences, least: Influences): Influences {
  const weaker = influences & direct & (least - 1);
  return weaker === 0 ? influences : (influences & ~weaker) | least;
}

/** The same with several outer ones. */
export function afterAll(inner: Influences, outer: Influences): Influences {
  if (inner === 0) return 0;
  let all = outer & ~direct;
  if ((outer & identity) !== 0) all |= inner;
  if ((outer & transformation) !== 0) all |= atLeast(inner, transformation);
  if ((outer & aggregation) !== 0) all |= atLeast(inner, aggregation);
  return all;
}

/** Things that influence something, and how. */
export type Influenced<Key> = Map<Key, Influences>;

export function add<Key>(to: Influenced<Key>, key: Key, influences: Influences): void {
  if (influences !== 0) to.set(key, (to.get(key) ?? 0) | influences);
}

export function addAll<Key>(to: Influenced<Key>, from: ReadonlyMap<Key, Influences>, outer: Influence): void {
  for (const [key, influences] of from) add(to, key, after(influences, outer));
}
