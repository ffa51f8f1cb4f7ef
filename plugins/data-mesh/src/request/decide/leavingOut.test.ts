import { aRequestDetail } from '../../testing';
import { leavingOut } from './leavingOut';

const stage = (name: string, columns?: string[]) => ({
  name,
  approvers: ['group:default/stewards'],
  because: { text: 'it is so' },
  ...(columns && { columns }),
});
const asked = (
  columns: string[] | undefined,
  stages: Array<ReturnType<typeof stage>>,
  over: Partial<Parameters<typeof leavingOut>[0]> = {},
) =>
  leavingOut({
    ...aRequestDetail(),
    scope: {
      level: 'read',
      tables: [{ table: 'profiles', ...(columns && { columns }) }],
    },
    policy: { ...aRequestDetail().policy, stages },
    stage: 0,
    ...over,
  });

describe('leaving columns out', () => {
  it('spares the stages that only these columns bring', () => {
    expect(
      asked(
        ['id', 'email', 'phone'],
        [
          stage('owner'),
          stage('steward', ['profiles.email', 'profiles.phone']),
        ],
      ),
    ).toEqual({
      columns: ['profiles.email', 'profiles.phone'],
      scope: {
        level: 'read',
        tables: [{ table: 'profiles', columns: ['id'] }],
      },
      spared: ['steward'],
      isLast: true,
    });
  });

  it('says where others still have to decide', () => {
    expect(
      asked(
        ['id', 'email'],
        [stage('owner'), stage('steward', ['profiles.email']), stage('board')],
      ),
    ).toMatchObject({ spared: ['steward'], isLast: false });
  });

  it.each([
    ['no later stage', asked(['id', 'email'], [stage('owner')])],
    ['a stage of no column', asked(['id'], [stage('owner'), stage('steward')])],
    [
      'nothing that would be left',
      asked(['email'], [stage('owner'), stage('steward', ['profiles.email'])]),
    ],
    [
      'a whole table',
      asked(undefined, [stage('owner'), stage('steward', ['profiles.email'])]),
    ],
    [
      'a stage that is over',
      asked(
        ['id', 'email'],
        [stage('steward', ['profiles.email']), stage('owner')],
      ),
    ],
    [
      'a renewal',
      asked(
        ['id', 'email'],
        [stage('owner'), stage('steward', ['profiles.email'])],
        { kind: 'renew' },
      ),
    ],
  ])('is not offered for %s', (_, found) => {
    expect(found).toBeUndefined();
  });
});
