/** An identifier in Athena, Trino and Redshift. */
export const sqlName = (name: string): string =>
  `"${name.replaceAll('"', '""')}"`;

/** An identifier in Spark SQL. */
export const sparkName = (name: string): string =>
  `\`${name.replaceAll('`', '``')}\``;

/** A text in any SQL. */
export const sqlText = (text: string): string =>
  `'${text.replaceAll("'", "''")}'`;

/** A text in Python: JSON's escapes are Python's as well. */
export const pythonText = (text: string): string => JSON.stringify(text);

/** Some lines of text in Python. */
export const pythonLines = (text: string): string =>
  `"""\n${text.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"')}\n"""`;
