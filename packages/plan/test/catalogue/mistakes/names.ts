import pl from "nodejs-polars";
import { type Mistake, missing, refused } from "./mistake.ts";

const { col, lit } = pl;

export const names: Readonly<Record<string, Mistake>> = {
  "misspelt in select": missing("amuont", ({ orders }) => orders.select("amuont")),
  "misspelt in another case": missing("Status", ({ orders }) => orders.select(col("Status"))),
  "misspelt in a filter": missing("stauts", ({ orders }) => orders.filter(col("stauts").eq(lit("paid")))),
  "misspelt in an expression": missing("qantity", ({ orders }) =>
    orders.withColumn(col("amount").mul(col("qantity")).alias("x")),
  ),
  "misspelt as a key of groups": missing("custmer", ({ orders }) => orders.groupBy("custmer").agg(col("amount").sum())),
  "misspelt in an aggregate": missing("amout", ({ orders }) => orders.groupBy("customer").agg(col("amout").sum())),
  "misspelt in an aggregate's filter": missing("payd", ({ orders }) =>
    orders.groupBy("customer").agg(col("amount").filter(col("payd")).sum()),
  ),
  "misspelt in a sort": missing("att", ({ orders }) => orders.sort("att")),
  "misspelt in a sort inside a group": missing("att", ({ orders }) =>
    orders.groupBy("customer").agg(col("status").sortBy("att").first()),
  ),
  "misspelt in a window": missing("costumer", ({ orders }) => orders.select(col("amount").sum().over("costumer"))),
  "misspelt in drop": missing("notes", ({ orders }) => orders.drop("notes")),
  "misspelt in rename": missing("notes", ({ orders }) => orders.rename({ notes: "n" })),
  "misspelt in explode": missing("tag", ({ orders }) => orders.explode("tag")),
  "misspelt in unique": missing("state", ({ orders }) => orders.unique({ subset: ["state"] })),
  "misspelt in dropNulls": missing("amounts", ({ orders }) => orders.dropNulls("amounts")),
  "misspelt in unpivot": missing("cent", ({ orders }) => orders.unpivot(["order"], ["amount", "cent"])),
  "misspelt in unnest": missing("palce", ({ orders }) => orders.unnest("palce")),
  "misspelt in a when": missing("pay", ({ orders }) =>
    orders.select(pl.when(col("pay")).then(lit(1)).otherwise(lit(0))),
  ),
  "misspelt in a list of columns": missing("kid", ({ orders }) => orders.select(col(["order", "kid"]))),
  "misspelt in an exclusion": missing("noting", ({ orders }) => orders.select(pl.all().exclude("noting"))),
  "misspelt field of a struct": missing("town", ({ orders }) => orders.select(col("place").struct.field("town"))),
  "misspelt in a join": missing("cust", ({ orders, customers }) => orders.join(customers, { on: "cust" })),
  "only in the left table of a join": missing("order", ({ orders, customers }) =>
    orders.join(customers, { on: "order" }),
  ),
  "missing as a left key": missing("client", ({ orders, customers }) =>
    orders.join(customers, { leftOn: "client", rightOn: "customer" }),
  ),
  "missing as a right key": missing("id", ({ orders, customers }) =>
    orders.join(customers, { leftOn: "customer", rightOn: "id" }),
  ),
  "missing in an as-of join": missing("time", ({ orders, prices }) =>
    orders.sort("at").joinAsof(prices, { on: "time" }),
  ),
  "missing as the key of an as-of join": missing("product", ({ orders, prices }) =>
    orders.sort("at").joinAsof(prices, { on: "at", by: "product" }),
  ),
  "missing for windows of time": missing("when", ({ prices }) =>
    prices.groupByDynamic({ indexColumn: "when", every: "1d" }).agg(pl.len()),
  ),
  "missing for rolling windows": missing("when", ({ prices }) =>
    prices.groupByRolling({ indexColumn: "when", period: "1d" }).agg(pl.len()),
  ),
  "dropped before": missing("status", ({ orders }) => orders.drop("status").filter(col("status").eq(lit("paid")))),
  "not selected before": missing("amount", ({ orders }) =>
    orders.select("order", "customer").select(col("amount").sum()),
  ),
  "lost by a group-by": missing("status", ({ orders }) =>
    orders.groupBy("customer").agg(col("amount").sum()).filter(col("status").isNotNull()),
  ),
  "renamed before": missing("amount", ({ orders }) => orders.rename({ amount: "sum" }).select(col("amount").mean())),
  "given another name in an aggregate": missing("amount", ({ orders }) =>
    orders.groupBy("customer").agg(col("amount").sum().alias("total")).sort("amount"),
  ),
  "made in the same withColumns": missing("double", ({ orders }) =>
    orders.withColumns(col("amount").mul(2).alias("double"), col("double").add(1).alias("more")),
  ),
  "with the suffix of Python's Polars": missing("status_right", ({ orders, customers }) =>
    orders.join(customers, { on: "customer" }).select("status_right"),
  ),
  "a right key after an inner join": missing("id", ({ customers }) =>
    customers.join(customers.select(col("customer").alias("id")), { leftOn: "boss", rightOn: "id" }).select("id"),
  ),
  "columns of the right after a semi join": missing("name", ({ orders, customers }) =>
    orders.join(customers, { on: "customer", how: "semi" }).select("order", "name"),
  ),
  "unnested, and used whole": missing("place", ({ orders }) => orders.select("place").unnest("place").select("place")),
  "unpivoted, and used apart": missing("amount", ({ orders }) =>
    orders.unpivot(["order"], ["amount", "cents"]).select("amount"),
  ),
  "a text taken for a column": missing("paid!", ({ orders }) => orders.filter(col("status").eq("paid!"))),
  "of the other table": missing("country", ({ orders, customers }) =>
    orders.filter(col("country").eq(lit("AT"))).join(customers, { on: "customer" }),
  ),
  "in one half of a concat": missing("titel", ({ orders, customers }) =>
    pl.concat([orders.select(col("status")), customers.select(col("titel"))]),
  ),
  "of an empty selection": missing("amount", ({ orders }) => orders.select(col("^zzz.*$")).select("amount")),
  "a name with quotes": missing('o"r', ({ orders }) => orders.select('o"r')),
  "two columns of one name": refused(({ orders }) => orders.select(col("order"), col("customer").alias("order"))),
  "two aggregates of one name": refused(({ orders }) =>
    orders.groupBy("customer").agg(col("amount").sum(), col("amount").mean()),
  ),
  "a key's name for an aggregate": refused(({ orders }) =>
    orders.groupBy("customer").agg(col("amount").sum().alias("customer")),
  ),
  "renamed to a name that is there": refused(({ orders }) => orders.rename({ amount: "status" })),
  "a position that is not there": refused(({ customers }) => customers.select(pl.nth(99))),
  "a join that gives a name twice": refused(({ orders, customers }) =>
    orders.withColumn(lit(1).alias("statusright")).join(customers, { on: "customer" }),
  ),
  "an unnest that gives a name twice": refused(({ orders }) => orders.withColumn(lit(1).alias("city")).unnest("place")),
};
