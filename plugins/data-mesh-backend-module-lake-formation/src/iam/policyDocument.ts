import { IamRole, OPTIONAL_PURPOSES, Purpose, actionsOf } from './actions';

/** A statement of an IAM policy. */
export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string | string[];
}

/** A policy as IAM takes it. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: Statement[];
}

/** What stands in ARNs for a place that whoever installs it fills in. */
export interface Place {
  partition: string;
  region: string;
  accountId: string;
}

/** Resources that some actions need: everything else knows none in IAM. */
function resourcesOf(
  action: string,
  { partition, region, accountId }: Place,
): string[] {
  const arn = (service: string, where: string, resource: string) =>
    `arn:${partition}:${service}:${where}:${resource}`;
  const glue = (...resources: string[]) =>
    resources.map(one => arn('glue', `${region}:${accountId}`, one));
  if (/^glue:.*(ResourcePolicy|EncryptionSettings)$/.test(action)) {
    return glue('catalog');
  }
  if (action === 'glue:DeleteDatabase') {
    return glue(
      'catalog',
      'database/*',
      'table/*/*',
      // Glue asks for all that a database may hold.
      'userDefinedFunction/*/*',
    );
  }
  if (action.startsWith('glue:')) {
    const writes = !/^glue:Get/.test(action);
    return glue(
      'catalog',
      // Nested catalogs hold no links.
      ...(writes ? [] : ['catalog/*']),
      'database/*',
      'table/*/*',
    );
  }
  if (action === 'ram:AcceptResourceShareInvitation') {
    // An invitation belongs to the account that sends it.
    return [arn('ram', `${region}:*`, 'resource-share-invitation/*')];
  }
  if (/^iam:/.test(action)) {
    return ['role/*', 'user/*'].map(one => arn('iam', `:${accountId}`, one));
  }
  if (/^sts:/.test(action)) return [arn('iam', `:${accountId}`, 'role/*')];
  return ['*'];
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const SERVICES: Record<string, string> = {
  glue: 'Glue',
  iam: 'Iam',
  lakeformation: 'LakeFormation',
  organizations: 'Organizations',
  ram: 'Ram',
  sts: 'Sts',
};

/** One statement for actions of one service that need the same resources. */
export function statementsOf(
  purpose: Purpose,
  actions: string[],
  place: Place,
): Statement[] {
  const groups = new Map<string, { resources: string[]; actions: string[] }>();
  for (const action of actions) {
    const resources = resourcesOf(action, place);
    const key = `${action.split(':')[0]} ${resources.join(' ')}`;
    const group = groups.get(key) ?? { resources, actions: [] };
    group.actions.push(action);
    groups.set(key, group);
  }
  const counted = new Map<string, number>();
  return [...groups].map(([key, group]) => {
    const name = `${capital(purpose)}${SERVICES[key.split(' ')[0]]}`;
    const count = (counted.get(name) ?? 0) + 1;
    counted.set(name, count);
    const { resources } = group;
    return {
      Sid: count === 1 ? name : `${name}${count}`,
      Effect: 'Allow',
      Action: group.actions,
      Resource: resources.length === 1 ? resources[0] : resources,
    };
  });
}

/** What a role may do, and no more. */
export const policyDocument = (
  role: IamRole,
  place: Place,
  purposes?: Purpose[],
): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: actionsOf(role, purposes).flatMap(({ purpose, actions }) =>
    statementsOf(purpose, actions, place),
  ),
});

const title = (role: IamRole) =>
  ({
    governance: 'the account that owns the catalog of all products',
    producer: 'an account that owns its catalog and shares it peer to peer',
    consumer: 'an account that others share with',
  }[role]);

const PARAMETER: Record<string, string> = {
  tags: 'KeepLFTags',
  credentials: 'GiveCredentials',
};

/** A role with the policy, as CloudFormation makes it. Plain data. */
export function cloudFormationTemplate(role: IamRole): object {
  const place: Place = {
    partition: '${AWS::Partition}',
    region: '${AWS::Region}',
    accountId: '${AWS::AccountId}',
  };
  const substituted = (resource: string) =>
    resource.includes('${') ? { 'Fn::Sub': resource } : resource;
  const policies = actionsOf(role)
    .filter(({ actions }) => actions.length > 0)
    .map(({ purpose, actions }) => {
      const policy = {
        PolicyName: `lakemesh-${purpose}`,
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: statementsOf(purpose, actions, place).map(statement => ({
            ...statement,
            Resource: [statement.Resource].flat().map(substituted),
          })),
        },
      };
      return OPTIONAL_PURPOSES.has(purpose)
        ? { 'Fn::If': [PARAMETER[purpose], policy, { Ref: 'AWS::NoValue' }] }
        : policy;
    });
  const optional = actionsOf(role).flatMap(({ purpose, actions }) =>
    OPTIONAL_PURPOSES.has(purpose) && actions.length > 0
      ? [PARAMETER[purpose]]
      : [],
  );
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Role that Lakemesh acts as in ${title(role)}`,
    Parameters: {
      BackstageRoleArn: {
        Type: 'String',
        Description: 'ARN of the role that Backstage runs as',
      },
      RoleName: { Type: 'String', Default: 'lakemesh-provisioner' },
      ...Object.fromEntries(
        optional.map(name => [
          name,
          {
            Type: 'String',
            AllowedValues: ['true', 'false'],
            Default: 'false',
          },
        ]),
      ),
    },
    Conditions: Object.fromEntries(
      optional.map(name => [name, { 'Fn::Equals': [{ Ref: name }, 'true'] }]),
    ),
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: { Ref: 'BackstageRoleArn' } },
                Action: 'sts:AssumeRole',
              },
            ],
          },
          Policies: policies,
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  };
}
