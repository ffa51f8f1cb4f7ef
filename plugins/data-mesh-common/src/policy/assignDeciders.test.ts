import type { MergedPolicy } from './mergeContributions';
import { assignDeciders, type Deciders } from './assignDeciders';
import type { ContributedStage } from './types';

const stage = (name: string, ...approvers: string[]): ContributedStage => ({
  name,
  approvers,
  because: { text: `${name} decides` },
});

const evaluation = (...stages: ContributedStage[]): MergedPolicy => ({
  stages,
  refusals: [],
  maxDurationDays: 365,
  autoApproved: false,
});

const deciders = (change: Partial<Deciders> = {}): Deciders => ({
  members: new Map([
    ['group:g/one', ['user:u/ana']],
    ['group:g/two', ['user:u/ana', 'user:u/omar']],
    ['group:g/domain', ['user:u/dora']],
    ['group:g/board', ['user:u/boss']],
    ['group:g/empty', []],
    ['user:u/ana', ['user:u/ana']],
  ]),
  excluded: ['user:u/ana'],
  standIns: [
    { approvers: ['group:g/domain'], because: { text: 'the domain decides' } },
  ],
  fallbacks: [
    { approvers: ['group:g/board'], because: { text: 'the board decides' } },
  ],
  ...change,
});

describe('assignDeciders', () => {
  it('leaves a stage that somebody else can decide', () => {
    const given = evaluation(stage('owner', 'group:g/two'));
    expect(assignDeciders(given, deciders())).toEqual(given);
  });

  it('says where an approver is not in the catalog', () => {
    const { stages } = assignDeciders(
      evaluation(stage('steward', 'group:g/unknown')),
      deciders(),
    );
    expect(stages[0]).toMatchObject({
      approvers: ['group:g/domain'],
      because: expect.objectContaining({
        text: 'steward decides; group:g/unknown is not in the catalog, so the domain decides',
      }),
    });
  });

  it('takes no fallback that decides another stage, so that two people look', () => {
    const { stages } = assignDeciders(
      evaluation(
        stage('owner', 'group:g/domain'),
        stage('steward', 'group:g/unknown'),
      ),
      deciders(),
    );
    expect(stages.map(one => one.approvers)).toEqual([
      ['group:g/domain'],
      ['group:g/board'],
    ]);
  });

  it('refuses where only who decides another stage is left', () => {
    const { refusals } = assignDeciders(
      evaluation(
        stage('owner', 'group:g/domain'),
        stage('steward', 'group:g/unknown'),
      ),
      deciders({
        fallbacks: [
          {
            approvers: ['group:g/domain'],
            because: { text: 'the domain decides' },
          },
        ],
      }),
    );
    expect(refusals).toEqual([
      {
        field: 'productRef',
        reason: expect.objectContaining({
          text: expect.stringMatching(
            /group:g\/unknown is not in the catalog, and no fallback approver/,
          ),
        }),
      },
    ]);
  });

  it.each(['group:g/one', 'group:g/empty', 'user:u/ana'])(
    'puts the first fallback in the place of %s',
    approver => {
      const { stages, refusals } = assignDeciders(
        evaluation(stage('owner', approver)),
        deciders(),
      );
      expect(stages).toEqual([
        {
          name: 'fallback',
          approvers: ['group:g/domain'],
          because: expect.objectContaining({
            text: `owner decides; nobody but the requester could decide for ${approver}, so the domain decides`,
          }),
        },
      ]);
      expect(refusals).toEqual([]);
    },
  );

  it('goes on to the next fallback where the first is the requester too', () => {
    const { stages } = assignDeciders(
      evaluation(stage('owner', 'group:g/one')),
      deciders({ excluded: ['user:u/ana', 'user:u/dora'] }),
    );
    expect(stages[0].approvers).toEqual(['group:g/board']);
  });

  it('leaves a stage to those who stand in for it, not to those of another', () => {
    const { stages } = assignDeciders(
      evaluation(
        { ...stage('owner', 'group:g/one'), standIns: [] },
        {
          ...stage('other', 'group:g/empty'),
          standIns: [
            {
              approvers: ['group:g/two'],
              because: { text: 'the others decide' },
            },
          ],
        },
      ),
      deciders(),
    );
    expect(stages.map(one => one.approvers)).toEqual([
      ['group:g/board'],
      ['group:g/two'],
    ]);
    expect(stages[0]).not.toHaveProperty('standIns');
  });

  it('leaves a stage that names nobody to who stands in', () => {
    const { stages } = assignDeciders(
      evaluation(stage('owner'), { ...stage('holder'), standIns: [] }),
      deciders(),
    );
    expect(stages.map(one => one.approvers)).toEqual([
      ['group:g/domain'],
      ['group:g/board'],
    ]);
  });

  it('refuses where nobody is left', () => {
    const { refusals } = assignDeciders(
      evaluation(stage('owner', 'group:g/one')),
      deciders({ standIns: [], fallbacks: [] }),
    );
    expect(refusals).toEqual([
      {
        field: 'productRef',
        reason: expect.objectContaining({
          text: expect.stringMatching(/group:g\/one, and no fallback approver/),
        }),
      },
    ]);
  });

  it('refuses where no policy names anybody', () => {
    const { refusals } = assignDeciders(evaluation(), deciders());
    expect(refusals).toHaveLength(1);
  });

  it('asks a fallback once, though two stages need it', () => {
    const { stages } = assignDeciders(
      evaluation(stage('owner', 'group:g/one'), stage('x', 'group:g/empty')),
      deciders(),
    );
    expect(stages.map(one => one.approvers)).toEqual([['group:g/domain']]);
  });

  it('has nobody to find where a rule approves', () => {
    const given = { ...evaluation(), autoApproved: true };
    expect(assignDeciders(given, deciders())).toEqual(given);
  });
});
