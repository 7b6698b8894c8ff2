// What Glacier can make of a method of nodejs-polars. A bare function makes something whose plan can be read.

const cantBeWritten = "Polars can't write it down.";

/** Makes something whose plan can't be read. */
export const opaque = (make, note = cantBeWritten) => ({ kind: "opaque", make, note });
/** The same, with what to write instead. */
export const opaqueFor = (make, ...substitutes) =>
  opaque(
    make,
    `${cantBeWritten} Use ${substitutes.map((name) => `\`${name}\``).join(" or ")} of @glacier/expressions.`,
  );
/** Can be read, with something to say of it. */
export const read = (make, note) => ({ kind: "read", make, note });
/** Works on data at once. */
export const executes = (note = "It executes the query at once; a step can't know the data then.") => ({
  kind: "executes",
  note,
});
/** Says something, or is a value or a type. */
export const notAQuery = (note) => ({ kind: "not a query", note });
