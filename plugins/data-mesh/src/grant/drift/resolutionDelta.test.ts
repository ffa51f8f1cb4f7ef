import { aDriftItem, aScannedGrant, anUnexplainedGrant } from '../../testing';
import { resolutionDelta } from './resolutionDelta';

const more = aScannedGrant();
const item = aDriftItem({
  grant: {
    ...more,
    because: {
      ...more.because,
      kind: 'approved-and-more',
      more: [
        {
          ...more.grant,
          resource: { ...more.grant.resource, columns: ['segment'] },
        },
      ],
    },
  },
});

it.each([
  [
    'revoke',
    [
      { sign: 'keep', words: '`email`' },
      { sign: 'remove', words: '`segment`' },
    ],
  ],
  [
    'adopt',
    [
      { sign: 'keep', words: '`email`' },
      { sign: 'keep', words: '`segment`' },
    ],
  ],
  ['reapply', []],
] as const)('says what stays and goes by %s', (action, lines) => {
  expect(resolutionDelta(action, item)).toEqual(lines);
});

it('takes all of what nobody approved', () => {
  expect(
    resolutionDelta('revoke', aDriftItem({ grant: anUnexplainedGrant() })),
  ).toEqual([
    {
      sign: 'remove',
      words: 'DESCRIBE, SELECT on all columns of `crm.profiles`',
    },
  ]);
});
