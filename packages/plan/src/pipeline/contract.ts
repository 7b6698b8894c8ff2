import { type DagStep, type Finding, didYouMean, label } from "@glacier/core";
import { declaredColumns } from "../declared-schema.ts";
import { sameType, type TableSchema, typeText } from "../model/column-type.ts";

/** Whether what a step gives is what its target declares. */
export function checkContract(node: DagStep, result: TableSchema): readonly Finding[] {
  const { target } = node.step;
  const declared = declaredColumns(target);
  if (declared === undefined) return [];
  const bucket = label(target);
  const types = new Map(result.map(({ name, type }) => [name, type]));
  const wanted = new Set(declared.map(({ name }) => name));
  const extra = result.filter(({ name }) => !wanted.has(name)).map(({ name }) => name);
  const finding = (column: string, message: string, hint: string): Finding => ({
    code: "SCHEMA_MISMATCH",
    severity: "error",
    message,
    hint,
    step: node.name,
    bucket,
    column,
    ...(target.place === undefined ? {} : { place: target.place }),
  });
  const wrong = declared.flatMap(({ name, type }): Finding[] => {
    const found = types.get(name);
    if (found === undefined) {
      return [
        finding(
          name,
          `Step \`${node.name}\` gives no column \`${name}\`, which \`${bucket}\` declares.`,
          `${didYouMean(name, extra)}Make the column, or take it out of the bucket's \`schema\`.`,
        ),
      ];
    }
    if (sameType(found, type) || (found.kind === "Categorical" && type.kind === "Categorical")) return [];
    return [
      finding(
        name,
        `Step \`${node.name}\` gives column \`${name}\` as ${typeText(found)}, and \`${bucket}\` declares ${typeText(type)}.`,
        `Cast it, \`pl.col("${name}").cast(pl.${typeText(type)}, true)\`, or change the bucket's \`schema\`.`,
      ),
    ];
  });
  return [...wrong, ...extra.map((column) => undeclared(node, bucket, column, finding))];
}

function undeclared(
  node: DagStep,
  bucket: string,
  column: string,
  finding: (column: string, message: string, hint: string) => Finding,
): Finding {
  const found = finding(
    column,
    `Step \`${node.name}\` gives a column \`${column}\`, which \`${bucket}\` does not declare.`,
    node.step.target.schema?.strict === true
      ? "Leave it out, or add it to the bucket's `schema`."
      : "It is written, but who reads the bucket does not get it. Leave it out, or add it to the bucket's `schema`.",
  );
  return node.step.target.schema?.strict === true ? found : { ...found, severity: "warning" };
}
