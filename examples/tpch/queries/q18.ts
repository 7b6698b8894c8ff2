import { decimal } from "@glacier/expressions";
import pl from "nodejs-polars";
import { machine } from "../buckets.ts";

const quantity = decimal("300");

/** Which customers placed the orders of the largest quantities? */
export const largeVolumeCustomer = machine.task(
  { name: "q18", sources: ["customer", "orders", "lineitem"] },
  ({ customer, orders, lineitem }) => {
    const large = lineitem
      .groupBy("l_orderkey")
      .agg(pl.col("l_quantity").sum().alias("order_quantity"))
      .filter(pl.col("order_quantity").gt(quantity));
    return customer
      .join(orders, { leftOn: "c_custkey", rightOn: "o_custkey" })
      .join(large, { leftOn: "o_orderkey", rightOn: "l_orderkey", how: "semi" })
      .join(lineitem, { leftOn: "o_orderkey", rightOn: "l_orderkey" })
      .groupBy(["c_name", "c_custkey", "o_orderkey", "o_orderdate", "o_totalprice"])
      .agg(pl.col("l_quantity").sum().alias("sum_quantity"))
      .sort(["o_totalprice", "o_orderdate"], [true, false])
      .limit(100);
  },
);
