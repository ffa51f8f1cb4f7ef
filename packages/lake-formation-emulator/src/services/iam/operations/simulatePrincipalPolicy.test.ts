import {
  SimulatePrincipalPolicyCommand,
  SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import { refusalOf } from '../../../__testUtils__/refusal';
import { roleArn } from '../../../__testUtils__/seeds';
import { startTestEmulator } from '../../../__testUtils__/startTestEmulator';

async function started() {
  const emulator = await startTestEmulator({
    roles: ['Analyst', 'Engineer'],
    policies: [
      {
        name: 'athena',
        roles: ['Analyst'],
        document: {
          Statement: {
            Effect: 'Allow',
            Action: ['lakeformation:GetDataAccess', 'glue:Get*'],
            Resource: '*',
          },
        },
      },
      {
        name: 'no-partitions',
        roles: ['Analyst'],
        inline: true,
        document: {
          Statement: [
            { Effect: 'Deny', Action: 'glue:*Partition*', Resource: '*' },
          ],
        },
      },
    ],
  });
  const simulate = (
    fields: Partial<SimulatePrincipalPolicyCommandInput> = {},
  ) =>
    emulator.asAdmin.iam.send(
      new SimulatePrincipalPolicyCommand({
        PolicySourceArn: roleArn('Analyst'),
        ActionNames: ['glue:GetTable'],
        ...fields,
      }),
    );
  const decisions = async (
    fields: Partial<SimulatePrincipalPolicyCommandInput> = {},
  ) =>
    ((await simulate(fields)).EvaluationResults ?? []).map(
      ({ EvalActionName, EvalResourceName, EvalDecision }) =>
        `${EvalActionName} ${EvalResourceName} ${EvalDecision}`,
    );
  return { simulate, decisions };
}

describe('SimulatePrincipalPolicy', () => {
  it('tells what the policies of a role allow, and which one says so', async () => {
    const { simulate } = await started();
    const { EvaluationResults, IsTruncated } = await simulate({
      ActionNames: [
        'lakeformation:GetDataAccess',
        'glue:GetPartitions',
        's3:GetObject',
      ],
    });
    expect(IsTruncated).toBe(false);
    expect(EvaluationResults).toMatchObject([
      {
        EvalActionName: 'lakeformation:GetDataAccess',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [
          { SourcePolicyId: 'athena', SourcePolicyType: 'user-managed' },
        ],
      },
      {
        EvalDecision: 'explicitDeny',
        MatchedStatements: [
          { SourcePolicyId: 'no-partitions', SourcePolicyType: 'role' },
        ],
      },
      { EvalActionName: 's3:GetObject', EvalDecision: 'implicitDeny' },
    ]);
  });

  it('answers for each resource, in pages', async () => {
    const { simulate, decisions } = await started();
    const ResourceArns = ['arn:aws:s3:::a', 'arn:aws:s3:::b'];
    expect(
      await decisions({
        ActionNames: ['s3:Get', 'glue:GetTable'],
        ResourceArns,
      }),
    ).toEqual([
      's3:Get arn:aws:s3:::a implicitDeny',
      's3:Get arn:aws:s3:::b implicitDeny',
      'glue:GetTable arn:aws:s3:::a allowed',
      'glue:GetTable arn:aws:s3:::b allowed',
    ]);
    const first = await simulate({ ResourceArns, MaxItems: 1 });
    expect(first).toMatchObject({ IsTruncated: true });
    expect(
      (await simulate({ ResourceArns, MaxItems: 1, Marker: first.Marker }))
        .EvaluationResults,
    ).toMatchObject([{ EvalResourceName: 'arn:aws:s3:::b' }]);
  });

  it('adds the policies of the request', async () => {
    const { decisions } = await started();
    const PolicyInputList = [
      JSON.stringify({
        Statement: {
          Effect: 'Allow',
          Action: 's3:*',
          Resource: 'arn:aws:s3:::a',
        },
      }),
    ];
    expect(
      await decisions({
        PolicySourceArn: roleArn('Engineer'),
        ActionNames: ['s3:GetObject', 'glue:GetTable'],
        ResourceArns: ['arn:aws:s3:::a'],
        PolicyInputList,
      }),
    ).toEqual([
      's3:GetObject arn:aws:s3:::a allowed',
      'glue:GetTable arn:aws:s3:::a implicitDeny',
    ]);
  });

  it.each<[string, Partial<SimulatePrincipalPolicyCommandInput>, string]>([
    [
      'a role that is not there',
      { PolicySourceArn: roleArn('Nobody') },
      'The role with name Nobody cannot be found.',
    ],
    [
      'a role of another path',
      { PolicySourceArn: roleArn('x/Analyst') },
      'cannot be found',
    ],
    [
      'a role of another account',
      { PolicySourceArn: roleArn('Analyst', '222222222222') },
      'of account 111111111111, found arn:aws:iam::222222222222',
    ],
    [
      'an action without a service',
      { ActionNames: ['GetTable'] },
      'Invalid Action: GetTable',
    ],
    [
      'a policy with a condition',
      {
        PolicyInputList: [
          '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{}}}',
        ],
      },
      'PolicyInputList.1.Statement.Condition is not implemented',
    ],
    ['a policy that is no JSON', { PolicyInputList: ['{'] }, 'JSON'],
    [
      'what it does not have',
      { CallerArn: roleArn('Analyst') },
      'does not implement the parameter CallerArn yet',
    ],
  ])('refuses %s', async (_, fields, message) => {
    const { simulate } = await started();
    expect((await refusalOf(simulate(fields))).message).toContain(message);
  });
});
