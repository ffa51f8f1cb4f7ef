import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { parse, parseAllDocuments } from 'yaml';
import { createBuildDomainAction } from './buildDomain';
import { aMesh, trusted, type Verdicts } from '../testing/aMesh';
import { buildDomainExamples } from './buildDomain.examples';

function anEntity(kind: string, name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    spec: {},
  };
}

const entities = [
  anEntity('Group', 'team-crm'),
  anEntity('User', 'jo.lind'),
  anEntity('Domain', 'finance'),
];

const input = {
  name: 'sales',
  title: 'Sales',
  description: 'Customers and orders.',
  owner: 'group:default/team-crm',
  accountId: '210987654321',
  region: 'eu-central-1',
};

type Input = Parameters<
  ReturnType<typeof createBuildDomainAction>['handler']
>[0]['input'];

async function build(domain: Input, isDryRun = false, verdicts: Verdicts = {}) {
  const outputs: Record<string, unknown> = {};
  const action = createBuildDomainAction({
    auth: mockServices.auth(),
    catalog: catalogServiceMock({ entities }),
    mesh: aMesh(verdicts).mesh,
  });
  await action.handler({
    ...createMockActionContext({ input: domain }),
    isDryRun,
    output: (name, value) => {
      outputs[name] = value;
    },
  });
  return outputs;
}

describe('data-mesh:domain:build', () => {
  it('describes a domain bound to its AWS account', async () => {
    const outputs = await build(input);
    expect(outputs).toEqual({
      domainRef: 'domain:default/sales',
      ownerRef: 'group:default/team-crm',
      yaml: expect.any(String),
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Domain',
          metadata: {
            name: 'sales',
            title: 'Sales',
            description: 'Customers and orders.',
            annotations: {
              'lakemesh.io/aws-account-id': '210987654321',
              'lakemesh.io/aws-region': 'eu-central-1',
            },
          },
          spec: { owner: 'group:default/team-crm' },
        },
      ],
    });
  });

  it('gives a new group its members and the domain', async () => {
    const { entities: built, ownerRef } = await build({
      ...input,
      owner: undefined,
      group: {
        name: 'team-sales',
        title: 'Team Sales',
        members: ['user:default/jo.lind'],
      },
    });
    expect(ownerRef).toBe('group:default/team-sales');
    expect(built).toMatchObject([
      { kind: 'Domain', spec: { owner: 'group:default/team-sales' } },
      {
        kind: 'Group',
        metadata: { name: 'team-sales' },
        spec: {
          type: 'team',
          profile: { displayName: 'Team Sales' },
          members: ['user:default/jo.lind'],
          children: [],
        },
      },
    ]);
  });

  it('writes YAML that keeps the account a string', async () => {
    const { yaml, entities: built } = await build(input);
    const documents = parseAllDocuments(String(yaml)).map(d => d.toJS());
    expect(documents).toEqual(built);
    expect(documents[0].metadata.annotations).toHaveProperty(
      ['lakemesh.io/aws-account-id'],
      '210987654321',
    );
  });

  it('does the same in a dry run, as it writes nothing', async () => {
    expect(await build(input, true)).toEqual(await build(input));
  });

  it.each([
    [
      'the name of a domain that exists',
      { name: 'finance' },
      /domain:default\/finance exists/,
    ],
    [
      'the name of a group that exists',
      { owner: undefined, group: { name: 'team-crm' } },
      /group:default\/team-crm exists/,
    ],
    [
      'an owner that does not exist',
      { owner: 'group:default/nobody' },
      /owner must exist in the catalog, not found: group:default\/nobody/,
    ],
    [
      'a member that does not exist',
      {
        owner: undefined,
        group: {
          name: 'x',
          members: ['user:default/jo.lind', 'user:default/no'],
        },
      },
      /group\.members must exist in the catalog, not found: user:default\/no$/,
    ],
    ['a bad account', { accountId: '1' }, /accountId must be a 12-digit/],
  ])('refuses %s', async (_, over, reason) => {
    await expect(build({ ...input, ...over })).rejects.toThrow(reason);
  });

  it.each<[string, Verdicts, RegExp]>([
    [
      'a group whose name an open request trusts',
      {
        'group:default/lab-old': trusted('2 access requests', 'request'),
      },
      /group:default\/lab-old is trusted as 2 access requests.*Only governance creates it/,
    ],
    [
      'a domain whose name a product trusts',
      { 'domain:default/sales': trusted('domain of Orders') },
      /domain:default\/sales is trusted as domain of Orders/,
    ],
    [
      'names where the data mesh backend does not answer',
      { 'group:default/lab-old': new Error('ECONNREFUSED') },
      /did not say whether something trusts the name group:default\/lab-old/,
    ],
  ])('refuses %s', async (_, verdicts, reason) => {
    const domain = { ...input, owner: undefined, group: { name: 'lab-old' } };
    await expect(build(domain, false, verdicts)).rejects.toThrow(reason);
  });

  it('lets governance create a name that something trusts', async () => {
    const { ownerRef } = await build(
      { ...input, owner: undefined, group: { name: 'lab-old' } },
      false,
      {
        'group:default/lab-old': {
          ...trusted('owner of Orders'),
          mayCreate: true,
          mayJoin: true,
        },
      },
    );
    expect(ownerRef).toBe('group:default/lab-old');
  });

  it.each(buildDomainExamples.map(e => [e.description, e.example]))(
    'has an example that works: %s',
    async (_, example) => {
      const [step] = parse(example).steps;
      await expect(build(step.input)).resolves.toMatchObject({
        domainRef: 'domain:default/sales',
      });
    },
  );
});
