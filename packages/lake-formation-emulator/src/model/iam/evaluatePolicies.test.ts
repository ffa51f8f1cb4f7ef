import { evaluatePolicies } from './evaluatePolicies';
import { IamPolicyStatement, readPolicyDocument } from './PolicyDocument';

const CATALOG = 'arn:aws:glue:eu-west-1:111111111111:catalog';

const decide = (
  action: string,
  resource: string,
  ...statements: IamPolicyStatement[]
) =>
  evaluatePolicies(
    statements.map((Statement, i) => ({
      name: `policy-${i}`,
      document: { Statement },
    })),
    action,
    resource,
  );

describe('IAM policies', () => {
  it.each<[string, IamPolicyStatement, string]>([
    [
      'by name',
      { Effect: 'Allow', Action: 'glue:GetTable', Resource: '*' },
      'allowed',
    ],
    [
      'without regard to case',
      { Effect: 'Allow', Action: 'Glue:gettable', Resource: '*' },
      'allowed',
    ],
    [
      'by a star',
      { Effect: 'Allow', Action: ['s3:*', 'glue:Get*'], Resource: '*' },
      'allowed',
    ],
    [
      'by a question mark',
      { Effect: 'Allow', Action: 'glue:GetTabl?', Resource: '*' },
      'allowed',
    ],
    [
      'not by a beginning',
      { Effect: 'Allow', Action: 'glue:Get', Resource: '*' },
      'implicitDeny',
    ],
    [
      'not where a dot would match any letter',
      { Effect: 'Allow', Action: 'glue.GetTable', Resource: '*' },
      'implicitDeny',
    ],
    [
      'by all other actions',
      { Effect: 'Allow', NotAction: 'glue:Delete*', Resource: '*' },
      'allowed',
    ],
    [
      'not by what is left out',
      { Effect: 'Allow', NotAction: 'glue:Get*', Resource: '*' },
      'implicitDeny',
    ],
    [
      'by the resource',
      { Effect: 'Allow', Action: '*', Resource: CATALOG },
      'allowed',
    ],
    [
      'by a part of the resource',
      { Effect: 'Allow', Action: '*', Resource: ['arn:aws:glue:*:catalog'] },
      'allowed',
    ],
    [
      'not by a resource in other case',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: CATALOG.replace('catalog', 'Catalog'),
      },
      'implicitDeny',
    ],
    [
      'not by another account',
      {
        Effect: 'Allow',
        Action: '*',
        Resource: 'arn:aws:glue:*:222222222222:*',
      },
      'implicitDeny',
    ],
    [
      'not where the resource is left out',
      { Effect: 'Allow', Action: '*', NotResource: CATALOG },
      'implicitDeny',
    ],
  ])('allow %s', (_, statement, decision) => {
    expect(decide('glue:GetTable', CATALOG, statement).decision).toBe(decision);
  });

  it('let a Deny win, and say which policy it was', () => {
    expect(
      decide(
        'glue:GetTable',
        CATALOG,
        { Effect: 'Allow', Action: '*', Resource: '*' },
        { Effect: 'Deny', Action: 'glue:*', Resource: '*' },
      ),
    ).toMatchObject({
      decision: 'explicitDeny',
      matched: [{ name: 'policy-1' }],
    });
  });

  it.each([
    [null, 'document must be a policy document'],
    [{}, 'document.Statement must be given'],
    [{ Statement: [], Principal: '*' }, 'document.Principal is unknown'],
    [
      { Statement: [{ Effect: 'allow' }] },
      'document.Statement[0].Effect must be Allow or Deny, found "allow"',
    ],
    [
      {
        Statement: {
          Effect: 'Allow',
          Action: '*',
          Resource: '*',
          Condition: {},
        },
      },
      'document.Statement.Condition is not implemented by the emulator',
    ],
    [
      { Statement: { Effect: 'Allow', Action: '*' } },
      'document.Statement must have either Resource or NotResource',
    ],
    [
      {
        Statement: {
          Effect: 'Allow',
          Action: '*',
          NotAction: '*',
          Resource: '*',
        },
      },
      'document.Statement must have either Action or NotAction',
    ],
    [
      { Statement: { Effect: 'Allow', Action: ['a', 1], Resource: '*' } },
      'document.Statement.Action[1] must be a text, found 1',
    ],
    [
      {
        Statement: {
          Effect: 'Allow',
          Action: '*',
          Resource: 'arn:${aws:username}',
        },
      },
      'document.Statement.Resource has a policy variable',
    ],
  ])('are refused when they say %j', (document, message) => {
    expect(() => readPolicyDocument(document, 'document')).toThrow(message);
  });
});
