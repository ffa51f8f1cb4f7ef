import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';

const nameOf = (arn: string) => arn.split('/').pop() ?? '';

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' },
  ],
};

export const identityOperations = [
  conformance('sts:AssumeRole', {
    'gives keys that act as the session of the role': async world => {
      const { sts } = await world.assume(world.analyst);
      const { Arn, Account } = await sts.getCallerIdentity({});
      expect(Arn).toBe(
        `arn:aws:sts::${world.account}:assumed-role/${nameOf(
          world.analyst,
        )}/conformance`,
      );
      expect(Account).toBe(world.account);
    },
    'refuses what is no role': async ({ admin }) => {
      await refused(
        admin.sts.assumeRole({ RoleArn: 'analyst', RoleSessionName: 'a' }),
        'ValidationError',
        'ValidationException',
      );
    },
  }),
  conformance('sts:GetCallerIdentity', {
    'tells the account': async ({ admin, account }) => {
      expect((await admin.sts.getCallerIdentity({})).Account).toBe(account);
    },
  }),
  conformance('iam:CreateRole', {
    'gives a new one of the name another id': async ({
      admin,
      unique,
      undo,
    }) => {
      const RoleName = unique('Role');
      const create = () =>
        admin.iam.createRole({
          RoleName,
          AssumeRolePolicyDocument: JSON.stringify(TRUST),
        });
      const first = await create();
      undo(() => admin.iam.deleteRole({ RoleName }));
      await refused(create(), 'EntityAlreadyExistsException');
      await admin.iam.deleteRole({ RoleName });
      const second = await create();
      expect(second.Role?.Arn).toBe(first.Role?.Arn);
      expect(second.Role?.RoleId).not.toBe(first.Role?.RoleId);
    },
  }),
  conformance('iam:DeleteRole', {
    'needs one that is there': async ({ admin, unique }) => {
      const RoleName = unique('Role');
      await admin.iam.createRole({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify(TRUST),
      });
      await admin.iam.deleteRole({ RoleName });
      await refused(
        admin.iam.deleteRole({ RoleName }),
        'NoSuchEntityException',
      );
    },
  }),
  conformance('iam:GetRole', {
    'tells the ARN and the unique id': async ({ admin, analyst }) => {
      const { Role } = await admin.iam.getRole({ RoleName: nameOf(analyst) });
      expect(Role).toMatchObject({
        Arn: analyst,
        RoleId: expect.stringMatching(/^AROA/),
      });
    },
  }),
  conformance('iam:GetUser', {
    'tells the ARN': async ({ admin, account, unique }) => {
      const UserName = unique('ann');
      const { User } = await admin.iam.getUser({ UserName });
      expect(User?.Arn).toBe(`arn:aws:iam::${account}:user/${UserName}`);
    },
  }),
  conformance('iam:ListRolePolicies', {
    'is empty for a role without inline policies': async ({
      admin,
      analyst,
    }) => {
      expect(
        await admin.iam.listRolePolicies({ RoleName: nameOf(analyst) }),
      ).toMatchObject({ PolicyNames: [], IsTruncated: false });
    },
  }),
  conformance('iam:ListAttachedRolePolicies', {
    'is empty for a role without policies': async ({ admin, analyst }) => {
      expect(
        await admin.iam.listAttachedRolePolicies({ RoleName: nameOf(analyst) }),
      ).toMatchObject({ AttachedPolicies: [], IsTruncated: false });
    },
  }),
  conformance('iam:GetRolePolicy', {
    'refuses one that is not there': async ({ admin, analyst }) => {
      await refused(
        admin.iam.getRolePolicy({
          RoleName: nameOf(analyst),
          PolicyName: 'missing',
        }),
        'NoSuchEntityException',
      );
    },
  }),
  conformance('iam:SimulatePrincipalPolicy', {
    'adds the policies of the request to those of the role': async ({
      admin,
      analyst,
    }) => {
      const { EvaluationResults } = await admin.iam.simulatePrincipalPolicy({
        PolicySourceArn: analyst,
        ActionNames: ['glue:GetTable', 'glue:DeleteTable', 's3:GetObject'],
        PolicyInputList: [
          JSON.stringify({
            Version: '2012-10-17',
            Statement: [
              { Effect: 'Allow', Action: 'glue:*', Resource: '*' },
              { Effect: 'Deny', Action: 'glue:Delete*', Resource: '*' },
            ],
          }),
        ],
      });
      expect(
        EvaluationResults?.map(({ EvalDecision }) => EvalDecision),
      ).toEqual(['allowed', 'explicitDeny', 'implicitDeny']);
    },
  }),
];
