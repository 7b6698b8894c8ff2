type JsonObject = Record<string, unknown>;

/**
 * The objects and lists in a JSON value, in the order in which they are written. Plans nest deeper than JavaScript can
 * call, so that it keeps its own stack. What is in an object is looked at after the object has been given out.
 */
export function* objectsIn(root: unknown): Generator<JsonObject> {
  const stack: unknown[] = [root];
  while (stack.length > 0) {
    const value = stack.pop();
    if (typeof value !== "object" || value === null) continue;
    yield value as JsonObject;
    // Frames are lists of many bytes.
    if (Array.isArray(value) && typeof value[0] === "number") continue;
    const children = Object.values(value);
    for (let index = children.length - 1; index >= 0; index--) stack.push(children[index]);
  }
}
