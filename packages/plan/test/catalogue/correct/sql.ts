import type { LazyFrame } from "@glacier/core";
import pl from "nodejs-polars";
import type { Step, TableName, Tables } from "../tables.ts";

const query =
  (text: string): Step =>
  (tables) =>
    run(text, tables);

export function run(text: string, tables: Tables): LazyFrame {
  const context = pl.SQLContext();
  for (const name of ["orders", "customers", "lines", "prices", "calendar"] satisfies TableName[]) {
    context.register(name, tables[name]);
  }
  return context.execute(text, { eager: false });
}

export const sql: Readonly<Record<string, Step>> = {
  selects: query('select "order", amount * 2 as double from orders where amount > 10'),
  groups: query(
    "select customer, sum(amount) as total, count(*) as n from orders group by customer having sum(amount) > 1",
  ),
  joins: query('select o."order", c.name from orders o join customers c on o.customer = c.customer'),
  "left joins": query(
    'select o."order", c.name from orders o left join customers c on o.customer = c.customer order by o."order"',
  ),
  texts: query("select upper(status) as s, length(note) as n, trim(note) as t from orders where status like 'p%'"),
  dates: query("select extract(year from day) as y, at from orders where day > DATE '2024-01-05'"),
  cases: query("select case when amount > 10 then 'big' else status end as size from orders"),
  casts: query("select cast(code as bigint) as n, quantity::double as q from orders"),
  "common tables": query(
    "with big as (select * from orders where amount > 5) select customer, max(amount) as m from big group by customer",
  ),
  unions: query("select customer from orders union select customer from customers"),
  windows: query('select "order", sum(amount) over (partition by customer) as total from orders'),
  "all but some": query("select * exclude (tags, scores) from orders limit 3"),
  distinct: query("select distinct status from orders"),
  "in a list": query("select \"order\" from orders where status in ('paid', 'open') and quantity between 1 and 5"),
  nulls: query("select coalesce(note, 'none') as note from orders where amount is not null"),
};
