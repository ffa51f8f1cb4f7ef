import { evaluateCondition } from './evaluateCondition';
import { parseCondition } from './parseCondition';

const TAGS = 'context.iam.principalTags';
const has = (key: string) => `${TAGS}.hasTag("${key}")`;
const get = (key: string) => `${TAGS}.getTag("${key}")`;

const holds = (text: string, tags: Record<string, string> = {}) =>
  evaluateCondition(parseCondition(text), tags);

describe('conditions on grants', () => {
  it.each<[string, Record<string, string>, boolean]>([
    [`${has('team')} && ${get('team')} == "sales"`, { team: 'sales' }, true],
    [`${has('team')} && ${get('team')} == "sales"`, { team: 'hr' }, false],
    [`${has('team')} && ${get('team')} == "sales"`, {}, false],
    [`${get('team')} != "sales"`, { team: 'hr' }, true],
    [`!${has('team')} || ${get('team')} == "hr"`, {}, true],
    [`!(${get('team')} == "hr")`, { team: 'sales' }, true],
    [`"sales" == ${get('team')}`, { team: 'sales' }, true],
    [`["sales", "hr"].contains(${get('team')})`, { team: 'hr' }, true],
    [`[].contains(${get('team')})`, { team: 'hr' }, false],
    [`${get('team')} like "sa*s"`, { team: 'sales' }, true],
    [`${get('team')} like "sa.*"`, { team: 'sales' }, false],
    [`${get('a')} == ${get('b')}`, { a: '1', b: '1' }, true],
    ['true', {}, true],
    ['false || !true', {}, false],
    [`${get('q')} == "a \\"b\\" \\\\ c"`, { q: 'a "b" \\ c' }, true],
    [has('toString'), {}, false],
  ])('%s for %j is %s', (text, tags, expected) => {
    expect(holds(text, tags)).toBe(expected);
  });

  it('binds && tighter than ||', () => {
    expect(holds('true || false && false')).toBe(true);
    expect(holds('(true || false) && false')).toBe(false);
  });

  it('does not hold where a tag is missing that is read, even under a not', () => {
    expect(holds(`${get('team')} != "x"`)).toBe(false);
    expect(holds(`!(${get('team')} == "x")`)).toBe(false);
  });

  it.each([
    ['', 'it is empty'],
    [`${get('team')}`, 'expected ==, != or like, found its end'],
    [`${get('team')} ==`, 'expected a term, found its end'],
    [`${get('team')} == true`, 'a text is compared with a text'],
    [`${has('team')} ${has('x')}`, 'expected && or ||'],
    [`(${has('team')}`, 'expected ), found its end'],
    [`${TAGS}.getTag(team) == "x"`, 'expected the key of a tag, found team'],
    [`${get('team')} = "x"`, "unexpected '=' at position"],
    ['"open', `unexpected '"' at position 1`],
    [`${has('x'.repeat(3000))}`, 'up to 3000 characters'],
  ])('refuses %s', (text, problem) => {
    expect(() => parseCondition(text)).toThrow(
      'Condition expression is invalid',
    );
    expect(() => parseCondition(text)).toThrow(problem);
  });

  it.each([
    ['principal.department == "x"', 'principal.department in conditions'],
    [`${get('n')} > "5"`, 'the operator > in conditions'],
    [`[${get('n')}].containsAll("5")`, '.containsAll of a set in conditions'],
    ['context.time.hour == "5"', 'context.time.hour in conditions'],
    ['5 == 5', 'numbers in conditions'],
  ])('refuses %s by name', (text, name) => {
    expect(() => parseCondition(text)).toThrow(
      `The Lake Formation emulator does not implement ${name}`,
    );
  });
});
