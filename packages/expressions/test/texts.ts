import * as fc from "fast-check";
import pl from "nodejs-polars";

/** Texts that are hard: null, empty, white space of several kinds, letters that change their length with their case. */
export const texts: pl.DataFrame = pl.DataFrame({
  text: [
    "Hello",
    null,
    "",
    "  padded\t\n",
    "\u00A0no-break\u2003",
    "Straße",
    "İstanbul",
    "日本語",
    "👍🏽 é",
    "-_x_-",
    "ΣΊΣΥΦΟΣ",
  ],
});

/** A frame of one text column, with anything in it that a text can hold. */
export const anyTexts: fc.Arbitrary<pl.DataFrame> = fc
  .array(fc.option(fc.string({ unit: "grapheme" }), { freq: 5 }), { minLength: 1, maxLength: 20 })
  .map((values) => pl.DataFrame([pl.Series("text", values, pl.String)]));

/** An expression that can't be written down. */
export const opaqueText: pl.Expr = pl.col("text").str.replace("x", "y").str.strip();
