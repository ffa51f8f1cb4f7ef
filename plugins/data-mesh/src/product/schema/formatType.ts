/**
 * A nested type as Glue writes it, one field a line:
 * `struct<a:int,b:array<string>>` becomes five lines with indentation. Types
 * without fields stay as they are; parameters like `decimal(10,2)` are kept
 * together.
 */
export function formatType(type: string): string {
  if (!type.includes('<')) return type;
  let depth = 0;
  let inParameters = false;
  let out = '';
  const newLine = () => `\n${'  '.repeat(depth)}`;
  for (const char of type.replace(/\s+/g, '')) {
    if (char === '(') inParameters = true;
    if (char === ')') inParameters = false;
    if (char === '<') {
      depth += 1;
      out += `<${newLine()}`;
    } else if (char === '>') {
      depth = Math.max(0, depth - 1);
      out += `${newLine()}>`;
    } else if (char === ',' && !inParameters) {
      out += `,${newLine()}`;
    } else if (char === ':') {
      out += ': ';
    } else {
      out += char;
    }
  }
  return out;
}
