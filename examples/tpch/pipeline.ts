import { Pipeline } from "@glacier/core";
import { answer, table } from "./buckets.ts";
import { pricingSummary } from "./queries/q01.ts";
import { minimumCostSupplier } from "./queries/q02.ts";
import { shippingPriority } from "./queries/q03.ts";
import { orderPriority } from "./queries/q04.ts";
import { localSupplierVolume } from "./queries/q05.ts";
import { forecastRevenue } from "./queries/q06.ts";
import { volumeShipping } from "./queries/q07.ts";
import { marketShare } from "./queries/q08.ts";
import { productTypeProfit } from "./queries/q09.ts";
import { returnedItems } from "./queries/q10.ts";
import { importantStock } from "./queries/q11.ts";
import { shippingModes } from "./queries/q12.ts";
import { customerDistribution } from "./queries/q13.ts";
import { promotionEffect } from "./queries/q14.ts";
import { topSupplier } from "./queries/q15.ts";
import { partSuppliers } from "./queries/q16.ts";
import { smallQuantityRevenue } from "./queries/q17.ts";
import { largeVolumeCustomer } from "./queries/q18.ts";
import { discountedRevenue } from "./queries/q19.ts";
import { partPromotion } from "./queries/q20.ts";
import { waitingOrders } from "./queries/q21.ts";
import { salesOpportunity } from "./queries/q22.ts";

const customer = table("customer");
const lineitem = table("lineitem");
const nation = table("nation");
const orders = table("orders");
const part = table("part");
const partsupp = table("partsupp");
const region = table("region");
const supplier = table("supplier");

// Titles are those of the specification.
export const q01 = new Pipeline({ lineitem })
  .transform(pricingSummary)
  .to(answer("q01"))
  .withName("q01", "Pricing summary report");
export const q02 = new Pipeline({ part, supplier, partsupp, nation, region })
  .transform(minimumCostSupplier)
  .to(answer("q02"))
  .withName("q02", "Minimum cost supplier");
export const q03 = new Pipeline({ customer, orders, lineitem })
  .transform(shippingPriority)
  .to(answer("q03"))
  .withName("q03", "Shipping priority");
export const q04 = new Pipeline({ orders, lineitem })
  .transform(orderPriority)
  .to(answer("q04"))
  .withName("q04", "Order priority checking");
export const q05 = new Pipeline({ customer, orders, lineitem, supplier, nation, region })
  .transform(localSupplierVolume)
  .to(answer("q05"))
  .withName("q05", "Local supplier volume");
export const q06 = new Pipeline({ lineitem })
  .transform(forecastRevenue)
  .to(answer("q06"))
  .withName("q06", "Forecasting revenue change");
export const q07 = new Pipeline({ supplier, lineitem, orders, customer, nation })
  .transform(volumeShipping)
  .to(answer("q07"))
  .withName("q07", "Volume shipping");
export const q08 = new Pipeline({ part, supplier, lineitem, orders, customer, nation, region })
  .transform(marketShare)
  .to(answer("q08"))
  .withName("q08", "National market share");
export const q09 = new Pipeline({ part, supplier, lineitem, partsupp, orders, nation })
  .transform(productTypeProfit)
  .to(answer("q09"))
  .withName("q09", "Product type profit measure");
export const q10 = new Pipeline({ customer, orders, lineitem, nation })
  .transform(returnedItems)
  .to(answer("q10"))
  .withName("q10", "Returned item reporting");
export const q11 = new Pipeline({ partsupp, supplier, nation })
  .transform(importantStock)
  .to(answer("q11"))
  .withName("q11", "Important stock identification");
export const q12 = new Pipeline({ orders, lineitem })
  .transform(shippingModes)
  .to(answer("q12"))
  .withName("q12", "Shipping modes and order priority");
export const q13 = new Pipeline({ customer, orders })
  .transform(customerDistribution)
  .to(answer("q13"))
  .withName("q13", "Customer distribution");
export const q14 = new Pipeline({ lineitem, part })
  .transform(promotionEffect)
  .to(answer("q14"))
  .withName("q14", "Promotion effect");
export const q15 = new Pipeline({ supplier, lineitem })
  .transform(topSupplier)
  .to(answer("q15"))
  .withName("q15", "Top supplier");
export const q16 = new Pipeline({ partsupp, part, supplier })
  .transform(partSuppliers)
  .to(answer("q16"))
  .withName("q16", "Parts/supplier relationship");
export const q17 = new Pipeline({ lineitem, part })
  .transform(smallQuantityRevenue)
  .to(answer("q17"))
  .withName("q17", "Small-quantity-order revenue");
export const q18 = new Pipeline({ customer, orders, lineitem })
  .transform(largeVolumeCustomer)
  .to(answer("q18"))
  .withName("q18", "Large volume customer");
export const q19 = new Pipeline({ lineitem, part })
  .transform(discountedRevenue)
  .to(answer("q19"))
  .withName("q19", "Discounted revenue");
export const q20 = new Pipeline({ supplier, nation, partsupp, part, lineitem })
  .transform(partPromotion)
  .to(answer("q20"))
  .withName("q20", "Potential part promotion");
export const q21 = new Pipeline({ supplier, lineitem, orders, nation })
  .transform(waitingOrders)
  .to(answer("q21"))
  .withName("q21", "Suppliers who kept orders waiting");
export const q22 = new Pipeline({ customer, orders })
  .transform(salesOpportunity)
  .to(answer("q22"))
  .withName("q22", "Global sales opportunity");
