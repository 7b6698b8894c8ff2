/** The five regions and their nations, as the specification numbers them: Algeria is 0, the United States are 24. */
export const regions = ["AFRICA", "AMERICA", "ASIA", "EUROPE", "MIDDLE EAST"] as const;
export const nations: readonly (readonly [name: string, region: number])[] = [
  ["ALGERIA", 0],
  ["ARGENTINA", 1],
  ["BRAZIL", 1],
  ["CANADA", 1],
  ["EGYPT", 4],
  ["ETHIOPIA", 0],
  ["FRANCE", 3],
  ["GERMANY", 3],
  ["INDIA", 2],
  ["INDONESIA", 2],
  ["IRAN", 4],
  ["IRAQ", 4],
  ["JAPAN", 2],
  ["JORDAN", 4],
  ["KENYA", 0],
  ["MOROCCO", 0],
  ["MOZAMBIQUE", 0],
  ["PERU", 1],
  ["CHINA", 2],
  ["ROMANIA", 3],
  ["SAUDI ARABIA", 4],
  ["VIETNAM", 2],
  ["RUSSIA", 3],
  ["UNITED KINGDOM", 3],
  ["UNITED STATES", 1],
];

// Fewer than in the specification, so that few rows are enough for what the queries ask for.
export const supplierNations = [2, 3, 6, 7, 8, 14, 18, 19, 20, 23] as const;
export const colors = ["almond", "blue", "cream", "forest", "green", "ivory", "lime", "red"] as const;
export const types = [
  ["ECONOMY", "MEDIUM", "PROMO"],
  ["ANODIZED", "POLISHED"],
  ["BRASS", "STEEL", "TIN"],
] as const;
export const brands = ["Brand#12", "Brand#23", "Brand#34", "Brand#45"] as const;
export const containers = ["SM CASE", "SM PKG", "MED BOX", "MED PACK", "LG BOX", "LG PACK", "JUMBO JAR"] as const;
export const sizes = [1, 3, 5, 6, 9, 10, 11, 14, 15, 16, 19, 23, 36, 45, 49] as const;
export const segments = ["AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY"] as const;
export const priorities = ["1-URGENT", "2-HIGH", "3-MEDIUM", "4-NOT SPECIFIED", "5-LOW"] as const;
export const instructions = ["COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN"] as const;
export const modes = ["AIR", "AIR REG", "FOB", "MAIL", "RAIL", "SHIP", "TRUCK"] as const;
export const comments = ["carefully", "deposits", "express", "final", "ideas", "quickly", "regular", "silent"] as const;
