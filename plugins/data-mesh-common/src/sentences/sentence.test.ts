import { codesOf, sayPart } from './sayPart';
import { quotedNames } from './quotedNames';
import { alternatives } from './alternatives';
import { sentence } from './sentence';
import { storedSentence } from './storedSentence';

describe('sentence', () => {
  it('has its English, and what a translation is made from', () => {
    expect(
      sentence('plan.grant', {
        access: sentence('lake.access.on', {
          rights: ['SELECT', 'DESCRIBE'],
          resources: [
            sentence('lake.resource.table', { table: 'sales.orders' }),
          ],
        }),
        grantee: '`analyst`',
      }),
    ).toEqual({
      text: 'Grant SELECT and DESCRIBE on `sales.orders` to `analyst`',
      code: 'plan.grant',
      params: {
        access: {
          code: 'lake.access.on',
          params: {
            rights: ['SELECT', 'DESCRIBE'],
            resources: [
              {
                code: 'lake.resource.table',
                params: { table: 'sales.orders' },
              },
            ],
          },
        },
        grantee: '`analyst`',
      },
    });
  });

  it.each([
    [1, '1 table'],
    [0, '0 tables'],
    [2, '2 tables'],
  ])('counts %s', (count, text) => {
    expect(sentence('count.table', { count }).text).toBe(text);
  });

  it('takes what has no code as it stands', () => {
    expect(
      sentence('plan.delete', { what: { text: 'the topic' } }),
    ).toMatchObject({
      text: 'Delete the topic',
      params: { what: 'the topic' },
    });
  });

  it('puts in what looks like a placeholder as it is', () => {
    expect(sentence('plan.delete', { what: '{{what}} $& $1' }).text).toBe(
      'Delete {{what}} $& $1',
    );
  });

  it.each([
    [[], ''],
    [['a'], '`a`'],
    [['a', 'b'], '`a` and `b`'],
    [['a', 'b', 'c', 'd'], '`a`, `b` and 2 more'],
  ])('names %j', (names, text) => {
    const { params } = sentence('plan.delete', {
      what: quotedNames(names, 2),
    });
    expect(sentence('plan.delete', { what: quotedNames(names, 2) }).text).toBe(
      `Delete ${text}`,
    );
    expect(params?.what).toHaveLength(Math.min(names.length, 3));
  });

  it('tells alternatives', () => {
    expect(
      sentence('plan.delete', { what: alternatives(['a', 'b', 'c']) }).text,
    ).toBe('Delete a, b or c');
  });
});

describe('sayPart', () => {
  it('says each part, and lists, in the other language', () => {
    const german: { [code: string]: string } = {
      'plan.delete': 'Löscht {{what}}',
      'list.and': '{{before}} und {{last}}',
      'list.more': '{{count}} weitere',
    };
    const part = {
      code: 'plan.delete',
      params: {
        what: ['`a`', '`b`', { code: 'list.more', params: { count: 2 } }],
      },
    };
    expect(
      sayPart(part, (code, params) =>
        german[code].replace(/\{\{(\w+)\}\}/g, (_, name) => `${params[name]}`),
      ),
    ).toBe('Löscht `a`, `b` und 2 weitere');
    expect(codesOf(part)).toEqual(['plan.delete', 'list.more']);
  });
});

describe('storedSentence', () => {
  it('tells a text from before there were codes as it stands', () => {
    expect(storedSentence('Grant SELECT')).toEqual({ text: 'Grant SELECT' });
    const made = sentence('plan.keeps.needed');
    expect(storedSentence(made)).toBe(made);
  });
});
