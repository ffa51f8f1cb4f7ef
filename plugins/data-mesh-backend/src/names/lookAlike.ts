/** Characters that people read for each other. */
const ALIKE: Array<[RegExp, string]> = [
  [/[-_.]/g, ''],
  [/0/g, 'o'],
  [/[1|i]/g, 'l'],
  [/5/g, 's'],
  [/rn/g, 'm'],
  [/vv/g, 'w'],
];

/** Names with the same shape are easily taken for each other. */
function shapeOf(name: string): string {
  return ALIKE.reduce(
    (shape, [from, to]) => shape.replace(from, to),
    name.normalize('NFKC').toLocaleLowerCase('en-US'),
  );
}

/** The name among others that a new name could be taken for. */
export function lookAlike(
  name: string,
  others: readonly string[],
): string | undefined {
  const shape = shapeOf(name);
  return others.find(other => other !== name && shapeOf(other) === shape);
}
