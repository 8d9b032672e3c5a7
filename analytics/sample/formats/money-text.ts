/**
 * SQL macros that write money the way billing files do. AWS writes up to ten decimals and turns to E-notation for
 * what is small; a share of the other amounts gets it too, so that a reader that cannot read it is found out.
 */
export const moneyMacros: readonly string[] = [
  `CREATE OR REPLACE TEMP MACRO exact(x) AS CAST(x AS DECIMAL(28, 10))`,
  `CREATE OR REPLACE TEMP MACRO plain_text(x) AS rtrim(rtrim(CAST(exact(x) AS VARCHAR), '0'), '.')`,
  `CREATE OR REPLACE TEMP MACRO digits_text(x) AS CAST(CAST(abs(exact(x)) * 10000000000 AS HUGEINT) AS VARCHAR)`,
  `CREATE OR REPLACE TEMP MACRO exponent_text(x) AS CASE WHEN x < 0 THEN '-' ELSE '' END || digits_text(x)[1]
     || CASE WHEN rtrim(digits_text(x)[2:], '0') = '' THEN '' ELSE '.' || rtrim(digits_text(x)[2:], '0') END
     || 'E' || (length(digits_text(x)) - 11)`,
  // Zero in E-notation is what a decimal of ten places without digits is written as.
  `CREATE OR REPLACE TEMP MACRO money_text(x, salt) AS CASE
     WHEN exact(x) = 0 THEN CASE WHEN salt % 2 = 0 THEN '0E-10' ELSE '0.0000000000' END
     WHEN abs(exact(x)) < 0.000001 OR salt % 4 = 0 THEN exponent_text(exact(x))
     ELSE plain_text(x) END`,
  `CREATE OR REPLACE TEMP MACRO long_text(x) AS CAST(CAST(exact(x) AS DECIMAL(38, 15)) AS VARCHAR)`,
]
