import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { NEEDED_ACTIONS, Purpose, actionsOf } from './actions';
import { cloudFormationTemplate, policyDocument } from './policyDocument';

const place = { partition: 'aws', region: 'eu-west-1', accountId: '1' };

/** Actions of the calls that the code of a folder makes. */
function actionsIn(folder: string): string[] {
  const directory = join(__dirname, '..', folder);
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(file => readFileSync(join(directory, file), 'utf8'))
    .flatMap(text =>
      [
        ...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-(\w+)'/g),
      ].flatMap(([, names, client]) =>
        [...names.matchAll(/(\w+)Command\b/g)].map(
          ([, operation]) => `${client}:${operation}`,
        ),
      ),
    );
}

const needed = (...purposes: Purpose[]) =>
  new Set(
    purposes.flatMap(one => [
      ...NEEDED_ACTIONS[one].owner,
      ...NEEDED_ACTIONS[one].consumer,
    ]),
  );

it.each([
  {
    purpose: 'plans',
    folders: ['port', 'planning', 'steps'],
    // What AWS asks for beside the calls that are made.
    unseen: true,
  },
  // What is read for several purposes is named with the first.
  { purpose: 'scan', folders: ['scan', 'effective', 'aws'], also: 'plans' },
  { purpose: 'readiness', folders: ['readiness'], also: 'plans' },
  { purpose: 'tags', folders: ['tags'], also: 'scan' },
] as Array<{ purpose: Purpose; folders: string[]; also?: Purpose; unseen?: boolean }>)(
  'names every action that is called for $purpose, and no other',
  ({ purpose, folders, also, unseen = false }) => {
    const called = new Set(folders.flatMap(actionsIn));
    // Everybody may ask who they are.
    called.delete('sts:GetCallerIdentity');
    const named = needed(purpose, ...(also ? [also] : []));
    expect([...called].filter(one => !named.has(one))).toEqual([]);
    expect(
      [...needed(purpose)].filter(one => !unseen && !called.has(one)),
    ).toEqual([]);
  },
);

it('asks for credentials as the role of the principal, and only assumes that', () => {
  expect(actionsIn('vending')).toContain('sts:AssumeRole');
  expect([...needed('credentials')]).toEqual([
    'sts:AssumeRole',
    'sts:TagSession',
  ]);
});

describe.each(['governance', 'producer', 'consumer'] as const)(
  'the policy of the %s',
  role => {
    const { Statement } = policyDocument(role, place);

    it('names actions one by one, each once', () => {
      const actions = Statement.flatMap(({ Action }) => Action);
      expect(actions.filter(one => one.includes('*'))).toEqual([]);
      expect(actions).toEqual([...new Set(actions)]);
      expect(actions.sort()).toEqual(
        actionsOf(role)
          .flatMap(one => one.actions)
          .sort(),
      );
    });

    it('has ids that IAM takes, each once', () => {
      const ids = Statement.map(({ Sid }) => Sid);
      expect(ids).toEqual([...new Set(ids)]);
      expect(ids.filter(id => !/^[A-Za-z0-9]+$/.test(id))).toEqual([]);
    });

    it('is confined to its account where IAM knows resources', () => {
      for (const { Action, Resource } of Statement) {
        const knowsResources = /^(glue|iam|sts):/.test(Action[0]);
        expect([Action, [Resource].flat().includes('*')]).toEqual([
          Action,
          !knowsResources &&
            !Action.includes('ram:AcceptResourceShareInvitation'),
        ]);
      }
    });

    it('never lets anything of IAM be changed', () => {
      const actions = Statement.flatMap(({ Action }) => Action);
      expect(
        actions.filter(
          one => one.startsWith('iam:') && !/:(Get|Simulate)/.test(one),
        ),
      ).toEqual([]);
      expect(actions).not.toContain('lakeformation:PutDataLakeSettings');
    });

    it('is the same as CloudFormation, with what is optional left out', () => {
      const text = JSON.stringify(cloudFormationTemplate(role));
      for (const action of Statement.flatMap(one => one.Action)) {
        expect(text).toContain(`"${action}"`);
      }
      expect(text).toContain('"Fn::If":["GiveCredentials"');
    });
  },
);
