import type { PolicyStage } from '../client/types.generated';
import { mergeContributions } from './mergeContributions';

function aStage(
  name: string,
  approvers: string[],
  columns?: string[],
): PolicyStage {
  return {
    name,
    approvers,
    because: { text: `${name} says so` },
    ...(columns && { columns }),
  };
}

const refusal = (field: string) => ({ field, reason: { text: 'no' } });

describe('mergeContributions', () => {
  it('keeps stages in order, and the same approvers once', () => {
    const { stages } = mergeContributions(
      [
        { stages: [aStage('owner', ['a', 'b'])] },
        { stages: [aStage('legal', ['c']), aStage('again', ['b', 'a'])] },
      ],
      365,
    );
    expect(stages).toEqual([
      {
        name: 'owner',
        approvers: ['a', 'b'],
        because: expect.objectContaining({
          text: 'owner says so; again says so',
        }),
      },
      aStage('legal', ['c']),
    ]);
  });

  it.each<[string, string[] | undefined, string[] | undefined, unknown]>([
    ['both are there for columns', ['x'], ['y'], ['x', 'y']],
    ['the first is there anyway', undefined, ['y'], undefined],
    ['the second is there anyway', ['x'], undefined, undefined],
  ])('joins the columns of a stage where %s', (_, first, second, columns) => {
    const { stages } = mergeContributions(
      [
        { stages: [aStage('a', ['s'], first)] },
        { stages: [aStage('b', ['s'], second)] },
      ],
      365,
    );
    expect(stages[0].columns).toEqual(columns);
  });

  it('adds up refusals and takes the shortest limit', () => {
    expect(
      mergeContributions(
        [
          { refusals: [refusal('a')], maxDurationDays: 90 },
          { refusals: [refusal('b')], maxDurationDays: 30 },
          {},
        ],
        365,
      ),
    ).toMatchObject({
      refusals: [refusal('a'), refusal('b')],
      maxDurationDays: 30,
    });
    expect(
      mergeContributions([{ maxDurationDays: 900 }], 365).maxDurationDays,
    ).toBe(365);
  });

  it('is approved by rule only where one says so and none adds a stage', () => {
    const approve = { autoApprove: { because: { text: 'it is public' } } };
    expect(mergeContributions([approve, {}], 365)).toMatchObject({
      autoApproved: true,
      autoApprovedBecause: { text: 'it is public' },
    });
    const vetoed = mergeContributions(
      [approve, { stages: [aStage('legal', ['c'])] }],
      365,
    );
    expect(vetoed.autoApproved).toBe(false);
    expect(vetoed.autoApprovedBecause).toBeUndefined();
    expect(mergeContributions([{}], 365).autoApproved).toBe(false);
  });
});
