/** What OpenLineage calls a place of data. */
export interface Dataset {
  readonly namespace: string;
  readonly name: string;
}

/**
 * A bucket, by its address, as OpenLineage names it: the namespace is that of its storage, the name a path in it.
 * https://openlineage.io/docs/spec/naming
 */
export function datasetOf(uri: string): Dataset {
  const [, scheme = "glacier", authority = "", path = uri] =
    /^([a-z][a-z0-9+.-]*):\/\/([^/]*)\/?(.*)$/i.exec(uri) ?? [];
  return authority === ""
    ? { namespace: scheme, name: `/${path}` }
    : { namespace: `${scheme}://${authority}`, name: path };
}
