import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { englishSentences } from './english';
import { sayPart } from './sayPart';
import { sentence } from './sentence';

const messages: { readonly [key: string]: string } = englishSentences;
const keys = Object.keys(messages);
const codeOf = (key: string) => key.replace(/_(one|other)$/, '');
const codes = [...new Set(keys.map(codeOf))];

const placeholdersOf = (key: string) =>
  [...messages[key].matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);

/** What i18next takes for itself. */
const RESERVED = [
  'context',
  'defaultValue',
  'interpolation',
  'lng',
  'ns',
  'ordinal',
  'replace',
];

/** The code of this and the other packages, without tests and messages. */
function sources(): string {
  const plugins = resolve(__dirname, '../../..');
  const filesIn = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return entry.name === 'english' ? [] : filesIn(path);
      return /(?<!\.test)\.tsx?$/.test(entry.name) ? [path] : [];
    });
  return readdirSync(plugins)
    .flatMap(name => filesIn(join(plugins, name, 'src')))
    .map(path => readFileSync(path, 'utf8'))
    .join('\n');
}

describe('the English of sentences', () => {
  it.each(keys)('%s has only placeholders that can be filled', key => {
    const text = messages[key].replace(/\{\{\w+\}\}/g, '');
    expect(text).not.toMatch(/[{}]|\$t\(/);
    expect(placeholdersOf(key).filter(name => RESERVED.includes(name))).toEqual(
      [],
    );
  });

  it.each(codes)('%s can be said', code => {
    const names = [code, `${code}_one`, `${code}_other`].flatMap(key =>
      key in messages ? placeholdersOf(key) : [],
    );
    for (const count of [1, 2]) {
      const values = Object.fromEntries(
        names.map(name => [name, name === 'count' ? count : `<${name}>`]),
      );
      const { text, params = {} } = sentence(code as 'plan.grant', {
        ...(values as { access: string; grantee: string }),
        ...(`${code}_other` in messages && { count }),
      });
      expect(text).not.toMatch(/\{\{|undefined/);
      names.forEach(name => expect(text).toContain(`${values[name]}`));
      const said = sayPart({ code, params }, (key, given) =>
        JSON.stringify([key, given]),
      );
      expect(said).toContain(code);
    }
  });

  it('has each count in both forms, and no form beside it', () => {
    for (const code of codes.filter(one => !(one in messages))) {
      expect(keys).toEqual(
        expect.arrayContaining([`${code}_one`, `${code}_other`]),
      );
    }
    const both = codes.filter(
      code => code in messages && `${code}_other` in messages,
    );
    expect(both).toEqual([]);
  });

  it('is all used', () => {
    const code = sources();
    const unused = codes.filter(
      one =>
        !code.includes(`'${one}'`) &&
        // Some are chosen by a kind.
        !code.includes(`\`${one.slice(0, one.lastIndexOf('.') + 1)}\${`),
    );
    expect(unused).toEqual([]);
  });
});
