/** Which source files import which, and what goes round in circles there. */
import { dirname, posix } from 'node:path';

const isSource = file =>
  /^(plugins|packages)\/[^/]+\/src\/.*\.tsx?$/.test(file) &&
  !/\.test\.tsx?$|\.d\.ts$|generated|\/__testUtils__\/|\/testing\//.test(file);

/**
 * @param texts - of all files of the repository, by their paths
 * @returns the source files that each source file imports, by relative paths
 */
export function importsOf(texts) {
  const sources = [...texts.keys()].filter(isSource).sort();
  const known = new Set(sources);
  const resolve = (from, to) => {
    const base = posix.normalize(posix.join(dirname(from), to));
    return [
      base,
      `${base}.ts`,
      `${base}.tsx`,
      `${base}/index.ts`,
      `${base}/index.tsx`,
    ].find(file => known.has(file));
  };
  const imported = /(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']*|\.{1,2})'/g;
  return new Map(
    sources.map(file => [
      file,
      [...texts.get(file).matchAll(imported)].flatMap(
        ([, to]) => resolve(file, to) ?? [],
      ),
    ]),
  );
}

/** The first folder below `src`; undefined for a file that stands in none. */
function folderOf(file) {
  const [kind, name, src, ...rest] = file.split('/');
  return rest.length > 1 ? [kind, name, src, rest[0]].join('/') : undefined;
}

/** Folders of a package that import each other, as `one <> other`. */
export function mutualFolders(imports) {
  const edges = new Set();
  for (const [file, targets] of imports) {
    for (const target of targets) {
      const [from, to] = [folderOf(file), folderOf(target)];
      if (from && to && from !== to) edges.add(`${from} ${to}`);
    }
  }
  return [...edges].flatMap(edge => {
    const [from, to] = edge.split(' ');
    return from < to && edges.has(`${to} ${from}`)
      ? [`${from} <> ${to.split('/').pop()}`]
      : [];
  });
}

/** Files that import each other, directly or through others (Tarjan). */
export function circlesOfFiles(imports) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const onStack = new Set();
  const circles = [];
  const enter = file => {
    index.set(file, index.size);
    low.set(file, index.get(file));
    stack.push(file);
    onStack.add(file);
  };
  const leave = file => {
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    circle.forEach(member => onStack.delete(member));
    if (circle.length > 1) circles.push(circle.sort());
  };
  const lower = (file, value) => low.set(file, Math.min(low.get(file), value));
  for (const start of imports.keys()) {
    if (index.has(start)) continue;
    enter(start);
    const path = [{ file: start, next: 0 }];
    while (path.length > 0) {
      const here = path[path.length - 1];
      const target = imports.get(here.file)[here.next];
      here.next += 1;
      if (target === undefined) {
        path.pop();
        leave(here.file);
        const above = path[path.length - 1];
        if (above) lower(above.file, low.get(here.file));
      } else if (!index.has(target)) {
        enter(target);
        path.push({ file: target, next: 0 });
      } else if (onStack.has(target)) {
        lower(here.file, index.get(target));
      }
    }
  }
  return circles;
}
