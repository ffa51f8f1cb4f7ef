import {
  GetDatabaseCommand,
  GetTablesCommand,
  PutDataCatalogEncryptionSettingsCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-glue';
import { GetResourceShareAssociationsCommand } from '@aws-sdk/client-ram';
import {
  ListPermissionsCommand,
  Permission,
  Resource,
} from '@aws-sdk/client-lakeformation';
import {
  CONSUMERS_UNIT,
  ORGANIZATION,
  READER,
  WRITER,
  acceptAll,
  anOrganization,
  columnsSeen,
  invitationsOf,
  ofOwner,
  startCrossAccount,
} from '../../__testUtils__/crossAccount';
import {
  grant,
  listed,
  onAllColumnsBut,
  onColumns,
  onDatabase,
  onTable,
  revoke,
} from '../../__testUtils__/permissions';
import {
  NOT_THERE_OR_NOT_ALLOWED,
  invalidInputWith,
  refusalOf,
} from '../../__testUtils__/refusal';
import {
  ACCOUNT,
  OTHER_ACCOUNT,
  aDatabase,
  aTable,
  roleArn,
} from '../../__testUtils__/seeds';

const HIDDEN = {
  code: 'AccessDeniedException',
  message:
    'Insufficient Lake Formation permission(s): Required Describe on orders',
  status: 400,
};

const HOUR_MS = 3_600_000;

describe('a grant directly to a principal of another account', () => {
  it('lets that principal read once the invitation is accepted', async () => {
    const { owner, consumer, reader, writer } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onColumns('order_id', 'amount'), [
      'SELECT',
    ]);
    expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);

    const [invitation] = await invitationsOf(consumer.ram);
    expect(invitation).toMatchObject({
      senderAccountId: ACCOUNT,
      receiverAccountId: OTHER_ACCOUNT,
      receiverArn: READER,
      resourceShareName: expect.stringMatching(/^LakeFormation-V4-[0-9A-F]+$/),
      status: 'PENDING',
    });
    await acceptAll(consumer.ram);

    expect(await columnsSeen(reader)).toEqual(['order_id', 'amount']);
    expect(await refusalOf(columnsSeen(writer))).toEqual(HIDDEN);
    // Not even the account's administrator sees what is another's.
    expect(await refusalOf(columnsSeen(consumer))).toEqual(HIDDEN);

    await revoke(owner.lakeFormation, READER, onColumns('order_id', 'amount'), [
      'SELECT',
    ]);
    expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  });

  it('is listed with its share, by which the consumer finds the invitation', async () => {
    const { owner, consumer } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT', 'DESCRIBE']);

    const { PrincipalResourcePermissions: lines = [] } =
      await owner.lakeFormation.send(
        new ListPermissionsCommand({ Resource: onTable() }),
      );
    const [invitation] = await invitationsOf(consumer.ram);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line.AdditionalDetails?.ResourceShare).toEqual([
        invitation.resourceShareArn,
      ]);
    }
  });

  it('needs one invitation for all that a principal gets', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      owner: {
        databases: [
          aDatabase({ tables: [aTable(), aTable({ name: 'refunds' })] }),
        ],
      },
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    await grant(owner.lakeFormation, READER, onTable('refunds'), ['SELECT']);
    expect(await acceptAll(consumer.ram)).toEqual([]);
    expect(await columnsSeen(reader)).toHaveLength(3);

    const { resourceShareAssociations = [] } = await owner.ram.send(
      new GetResourceShareAssociationsCommand({ associationType: 'RESOURCE' }),
    );
    expect(
      resourceShareAssociations.map(({ associatedEntity }) => associatedEntity),
    ).toEqual([
      `arn:aws:glue:eu-west-1:${ACCOUNT}:catalog`,
      `arn:aws:glue:eu-west-1:${ACCOUNT}:database/sales`,
      `arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/orders`,
      `arn:aws:glue:eu-west-1:${ACCOUNT}:table/sales/refunds`,
    ]);
  });

  it('reaches at once within an organization that shares', async () => {
    const { owner, consumer, reader } = await startCrossAccount({
      organizations: [anOrganization()],
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await invitationsOf(consumer.ram)).toEqual([]);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('is invited to within an organization that does not share', async () => {
    const { owner, consumer } = await startCrossAccount({
      organizations: [anOrganization({ sharingEnabled: false })],
    });
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    expect(await invitationsOf(consumer.ram)).toHaveLength(1);
  });

  it('has no grant option', async () => {
    const { owner } = await startCrossAccount();
    expect(
      await refusalOf(
        grant(owner.lakeFormation, READER, onTable(), ['SELECT'], ['SELECT']),
      ),
    ).toEqual(
      invalidInputWith(
        'Grant option is not supported for principals of another account.',
      ),
    );
  });

  it('needs cross-account version 3', async () => {
    const { owner } = await startCrossAccount({
      owner: { settings: { crossAccountVersion: 2 } },
    });
    expect(
      await refusalOf(
        grant(owner.lakeFormation, READER, onTable(), ['SELECT']),
      ),
    ).toMatchObject({
      code: 'InvalidInputException',
      message: expect.stringContaining('need cross account version 3 or above'),
    });
  });

  it('cannot be cured but by revoking and granting again, once its invitation is old', async () => {
    const { owner, consumer, reader, clock } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    clock.advance(13 * HOUR_MS);
    expect(await refusalOf(acceptAll(consumer.ram))).toMatchObject({
      code: 'ResourceShareInvitationExpiredException',
    });
    const [old] = await invitationsOf(consumer.ram);
    expect(old.status).toBe('PENDING');

    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('has to be accepted again when it was revoked and granted again', async () => {
    const { owner, consumer, reader } = await startCrossAccount();
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    const before = await listed(owner.lakeFormation);
    await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
    await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);

    // A new share, whose invitation nobody has accepted.
    expect(await listed(owner.lakeFormation)).toEqual(before);
    expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  });
});

describe('a grant to an account', () => {
  const share = async (
    permissions: Permission[] = ['SELECT', 'DESCRIBE'],
    resource: Resource = onTable(),
    grantable: Permission[] = permissions,
  ) => {
    const emulator = await startCrossAccount();
    await grant(
      emulator.owner.lakeFormation,
      OTHER_ACCOUNT,
      resource,
      permissions,
      grantable,
    );
    await acceptAll(emulator.consumer.ram);
    return emulator;
  };

  it('is its administrator’s, who passes it on', async () => {
    const { consumer, reader, writer, owner } = await share();
    expect(await columnsSeen(consumer)).toHaveLength(3);
    expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);

    await grant(
      consumer.lakeFormation,
      READER,
      ofOwner(onColumns('order_id')),
      ['SELECT'],
    );
    expect(await columnsSeen(reader)).toEqual(['order_id']);
    expect(await refusalOf(columnsSeen(writer))).toEqual(HIDDEN);

    // The owner does not learn of it, the consumer lists it by the owner's id.
    expect(await listed(owner.lakeFormation)).toHaveLength(2);
    expect(
      await listed(consumer.lakeFormation, { CatalogId: ACCOUNT }),
    ).toContain('Reader: SELECT on columns of sales.orders: order_id');
    expect(await listed(consumer.lakeFormation)).toEqual([]);
  });

  it('ends what was passed on, which comes back with it', async () => {
    const { owner, consumer, reader } = await share();
    await grant(consumer.lakeFormation, READER, ofOwner(onTable()), ['SELECT']);
    await revoke(owner.lakeFormation, OTHER_ACCOUNT, onTable(), [
      'SELECT',
      'DESCRIBE',
    ]);
    expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
    expect(
      await refusalOf(
        revoke(consumer.lakeFormation, READER, ofOwner(onTable()), ['SELECT']),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);

    await grant(
      owner.lakeFormation,
      OTHER_ACCOUNT,
      onTable(),
      ['SELECT'],
      ['SELECT'],
    );
    await acceptAll(consumer.ram);
    expect(await columnsSeen(reader)).toHaveLength(3);
  });

  it('is passed on within its columns only', async () => {
    const { consumer, reader } = await share(
      ['SELECT'],
      onColumns('order_id', 'amount'),
    );
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, ofOwner(onColumns('email')), [
          'SELECT',
        ]),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, ofOwner(onTable()), ['SELECT']),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
    await grant(consumer.lakeFormation, READER, ofOwner(onColumns('amount')), [
      'SELECT',
    ]);
    expect(await columnsSeen(reader)).toEqual(['amount']);
  });

  it('without the grant option is not passed on', async () => {
    const { consumer } = await share(['SELECT'], onTable(), []);
    expect(await columnsSeen(consumer)).toHaveLength(3);
    expect(
      await refusalOf(
        grant(consumer.lakeFormation, READER, ofOwner(onTable()), ['SELECT']),
      ),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('is passed on by whoever got it with the grant option', async () => {
    const { consumer, reader, writer } = await share();
    const table = ofOwner(onTable());
    await grant(consumer.lakeFormation, WRITER, table, ['SELECT'], ['SELECT']);
    await grant(writer.lakeFormation, READER, table, ['SELECT']);
    expect(await columnsSeen(reader)).toHaveLength(3);
    expect(
      await refusalOf(grant(reader.lakeFormation, READER, table, ['SELECT'])),
    ).toEqual(NOT_THERE_OR_NOT_ALLOWED);
  });

  it('goes to principals of that account only', async () => {
    const { consumer } = await share();
    for (const principal of [
      roleArn('Analyst', '333333333333'),
      '333333333333',
      OTHER_ACCOUNT,
    ]) {
      expect(
        await refusalOf(
          grant(consumer.lakeFormation, principal, ofOwner(onTable()), [
            'SELECT',
          ]),
        ),
      ).toMatchObject({
        code: 'InvalidInputException',
        message: expect.stringContaining('only be granted to its own'),
      });
    }
  });

  it('shows the database by any of its tables', async () => {
    const { consumer, reader, writer } = await share();
    await grant(consumer.lakeFormation, READER, ofOwner(onTable()), ['SELECT']);
    const seen = await reader.glue.send(
      new GetDatabaseCommand({ CatalogId: ACCOUNT, Name: 'sales' }),
    );
    expect(seen.Database).toMatchObject({ Name: 'sales', CatalogId: ACCOUNT });
    const names = async (clients: typeof reader) =>
      (
        await clients.glue.send(
          new GetTablesCommand({ CatalogId: ACCOUNT, DatabaseName: 'sales' }),
        )
      ).TableList?.map(({ Name }) => Name);
    expect(await names(reader)).toEqual(['orders']);
    expect(await refusalOf(names(writer))).toMatchObject({
      code: 'AccessDeniedException',
    });
  });

  it.each<[string, Resource, Permission[], string]>([
    [
      'ALL on a database',
      onDatabase(),
      ['ALL'],
      'ALL on a database cannot be granted to another account.',
    ],
    [
      'DROP on a database',
      onDatabase(),
      ['DROP'],
      'DROP on a database cannot be granted to another account.',
    ],
    [
      'ALL on a table',
      onTable(),
      ['ALL'],
      'ALL on a table cannot be granted to an external account or organization.',
    ],
    [
      'all columns but some',
      onAllColumnsBut('email'),
      ['SELECT'],
      'Columns can only be included, not excluded, when they are granted to an external account or organization.',
    ],
  ])('is refused with %s', async (_, resource, permissions, message) => {
    const { owner } = await startCrossAccount();
    expect(
      await refusalOf(
        grant(owner.lakeFormation, OTHER_ACCOUNT, resource, permissions),
      ),
    ).toEqual(invalidInputWith(message));
  });

  it('is refused while IAM_ALLOWED_PRINCIPALS holds', async () => {
    const { owner, consumer } = await startCrossAccount({
      owner: {
        databases: [
          aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
        ],
      },
    });
    const attempt = () =>
      grant(owner.lakeFormation, OTHER_ACCOUNT, onTable(), ['SELECT']);
    expect(await refusalOf(attempt())).toEqual({
      code: 'AccessDeniedException',
      message: 'Insufficient Lake Formation permissions: Illegal combination',
      status: 400,
    });
    await revoke(owner.lakeFormation, 'IAM_ALLOWED_PRINCIPALS', onTable(), [
      'ALL',
    ]);
    await attempt();
    await acceptAll(consumer.ram);
    expect(await columnsSeen(consumer)).toHaveLength(3);

    // Where it comes back, the consumer's calls fail.
    await grant(owner.lakeFormation, 'IAM_ALLOWED_PRINCIPALS', onTable(), [
      'ALL',
    ]);
    expect(await refusalOf(columnsSeen(consumer))).toEqual(HIDDEN);
  });

  it('may be beside IAM_ALLOWED_PRINCIPALS in hybrid access mode', async () => {
    const { owner, consumer } = await startCrossAccount({
      owner: {
        locations: [{ arn: 'arn:aws:s3:::lake', hybridAccessEnabled: true }],
        databases: [
          aDatabase({ tables: [aTable({ iamAllowedPrincipals: true })] }),
        ],
      },
    });
    await grant(owner.lakeFormation, OTHER_ACCOUNT, onTable(), ['SELECT']);
    await acceptAll(consumer.ram);
    expect(await columnsSeen(consumer)).toHaveLength(3);
  });
});

describe('a grant to an organization', () => {
  it.each([
    ['as a whole', ORGANIZATION],
    ['by an organizational unit', CONSUMERS_UNIT],
  ])(
    'reaches its accounts %s, with nothing to accept',
    async (_, principal) => {
      const { owner, consumer, reader } = await startCrossAccount({
        organizations: [anOrganization()],
      });
      await grant(
        owner.lakeFormation,
        principal,
        onTable(),
        ['SELECT'],
        ['SELECT'],
      );
      expect(await invitationsOf(consumer.ram)).toEqual([]);
      expect(await columnsSeen(consumer)).toHaveLength(3);
      await grant(consumer.lakeFormation, READER, ofOwner(onTable()), [
        'SELECT',
      ]);
      expect(await columnsSeen(reader)).toHaveLength(3);
    },
  );

  it('does not reach accounts of another unit', async () => {
    const { owner, consumer } = await startCrossAccount({
      organizations: [
        anOrganization({
          units: [
            { id: 'ou-mesh-consumers' },
            { id: 'ou-mesh-rest', accounts: [OTHER_ACCOUNT] },
          ],
        }),
      ],
    });
    await grant(owner.lakeFormation, CONSUMERS_UNIT, onTable(), ['SELECT']);
    expect(await refusalOf(columnsSeen(consumer))).toEqual(HIDDEN);
  });

  it('is refused where it does not share, and to another organization', async () => {
    const emulator = await startCrossAccount({
      organizations: [anOrganization({ sharingEnabled: false })],
    });
    const attempt = (principal: string) =>
      refusalOf(
        grant(emulator.owner.lakeFormation, principal, onTable(), ['SELECT']),
      );
    expect(await attempt(ORGANIZATION)).toMatchObject({
      code: 'AccessDeniedException',
      message: expect.stringContaining(
        'Access denied to retrieve AWS Organization information',
      ),
    });
    expect(
      await attempt('arn:aws:organizations::999999999999:organization/o-other'),
    ).toEqual(invalidInputWith('Organization ID not found'));
  });
});

it.each([
  'arn:aws:iam::222222222222:saml-provider/idp:user/ann',
  'arn:aws:quicksight:eu-west-1:222222222222:user/default/ann',
])('a grant across accounts is refused to %s', async principal => {
  const { owner } = await startCrossAccount();
  expect(
    await refusalOf(
      grant(owner.lakeFormation, principal, onTable(), ['SELECT']),
    ),
  ).toEqual(
    invalidInputWith(
      'Cross-account grants are not supported for the principal.',
    ),
  );
});

it('a grant across accounts stays blocked by a resource policy without ShareResource', async () => {
  const { owner, consumer, reader } = await startCrossAccount();
  const allow = (Action: string) =>
    owner.glue.send(
      new PutResourcePolicyCommand({
        EnableHybrid: 'TRUE',
        PolicyInJson: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'ram.amazonaws.com' },
              Action,
              Resource: `arn:aws:glue:eu-west-1:${ACCOUNT}:*`,
            },
          ],
        }),
      }),
    );
  await allow('glue:GetTable');
  await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await acceptAll(consumer.ram);
  expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  const { resourceShareAssociations = [] } = await owner.ram.send(
    new GetResourceShareAssociationsCommand({
      associationType: 'RESOURCE',
      associationStatus: 'FAILED',
    }),
  );
  expect(resourceShareAssociations).toHaveLength(3);
  expect(resourceShareAssociations[0].statusMessage).toContain(
    'does not allow glue:ShareResource',
  );

  await allow('glue:ShareResource');
  expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await acceptAll(consumer.ram);
  expect(await columnsSeen(reader)).toHaveLength(3);
  await allow('glue:GetTable');
  await grant(owner.lakeFormation, READER, onDatabase(), ['DESCRIBE']);
  expect(await columnsSeen(reader)).toHaveLength(3);
});

it('a grant across accounts stays blocked while the catalog is encrypted with the key of AWS', async () => {
  const { owner, consumer, reader } = await startCrossAccount({
    owner: { encryption: { mode: 'SSE-KMS' } },
  });
  await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await acceptAll(consumer.ram);
  expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  const { resourceShareAssociations = [] } = await owner.ram.send(
    new GetResourceShareAssociationsCommand({
      associationType: 'RESOURCE',
      associationStatus: 'FAILED',
    }),
  );
  expect(resourceShareAssociations[0].statusMessage).toContain(
    'AWS managed key of Glue',
  );
  // Within the account it does not matter.
  await grant(owner.lakeFormation, roleArn('Analyst'), onTable(), ['SELECT']);

  await owner.glue.send(
    new PutDataCatalogEncryptionSettingsCommand({
      DataCatalogEncryptionSettings: {
        EncryptionAtRest: {
          CatalogEncryptionMode: 'SSE-KMS',
          SseAwsKmsKeyId: `arn:aws:kms:eu-west-1:${ACCOUNT}:key/our-own`,
        },
      },
    }),
  );
  // Grants that were made before have to be made again.
  expect(await refusalOf(columnsSeen(reader))).toEqual(HIDDEN);
  await revoke(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await grant(owner.lakeFormation, READER, onTable(), ['SELECT']);
  await acceptAll(consumer.ram);
  expect(await columnsSeen(reader)).toHaveLength(3);
});
