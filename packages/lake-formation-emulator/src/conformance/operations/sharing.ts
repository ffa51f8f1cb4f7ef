import { conformance } from '../ConformanceCase';
import { refused } from '../notSupported';
import { World } from '../World';

/** Grants the table to a role of the other account; the share's ARN. */
async function shared(world: World) {
  const { admin, foreigner, orders } = world;
  const change = {
    Principal: { DataLakePrincipalIdentifier: foreigner },
    Resource: orders,
    Permissions: ['SELECT' as const, 'DESCRIBE' as const],
  };
  await admin.lakeFormation.grantPermissions(change);
  world.undo(() => admin.lakeFormation.revokePermissions(change));
  const [line] = await world.grantsOn(orders, foreigner);
  return line.AdditionalDetails?.ResourceShare?.[0] ?? '';
}

/** The invitation to a share, if the accounts are not of one organization. */
async function invitationTo({ consumerAdmin }: World, share: string) {
  const { resourceShareInvitations = [] } =
    await consumerAdmin.ram.getResourceShareInvitations({
      resourceShareArns: [share],
    });
  return resourceShareInvitations[0];
}

async function accepted(world: World) {
  const share = await shared(world);
  const invitation = await invitationTo(world, share);
  if (invitation?.status === 'PENDING') {
    await world.consumerAdmin.ram.acceptResourceShareInvitation({
      resourceShareInvitationArn: invitation.resourceShareInvitationArn,
    });
  }
  return share;
}

const read = async (world: World) => {
  const { glue } = await world.assume(world.foreigner);
  return glue.getTable({
    CatalogId: world.account,
    DatabaseName: world.database,
    Name: 'orders',
  });
};

export const sharingOperations = [
  conformance('ram:GetResourceShareInvitations', {
    'finds the invitation of a grant by its share': async world => {
      const share = await shared(world);
      expect(await invitationTo(world, share)).toMatchObject({
        resourceShareArn: share,
        senderAccountId: world.account,
        receiverAccountId: world.consumer,
        status: 'PENDING',
      });
    },
  }),
  conformance('ram:AcceptResourceShareInvitation', {
    'lets the other account read, until it is revoked': async world => {
      const { admin, foreigner, orders } = world;
      const share = await shared(world);
      await refused(read(world), 'AccessDeniedException');
      const invitation = await invitationTo(world, share);
      const accept = () =>
        world.consumerAdmin.ram.acceptResourceShareInvitation({
          resourceShareInvitationArn: invitation?.resourceShareInvitationArn,
        });
      const { resourceShareInvitation } = await accept();
      expect(resourceShareInvitation?.status).toBe('ACCEPTED');
      expect((await read(world)).Table?.Name).toBe('orders');
      await refused(
        accept(),
        'ResourceShareInvitationAlreadyAcceptedException',
      );
      await admin.lakeFormation.revokePermissions({
        Principal: { DataLakePrincipalIdentifier: foreigner },
        Resource: orders,
        Permissions: ['SELECT', 'DESCRIBE'],
      });
      await refused(read(world), 'AccessDeniedException');
    },
    'refuses an invitation that is not there': async world => {
      await refused(
        world.consumerAdmin.ram.acceptResourceShareInvitation({
          resourceShareInvitationArn: `arn:aws:ram:${world.region}:${world.account}:resource-share-invitation/00000000-0000-0000-0000-000000000000`,
        }),
        'ResourceShareInvitationArnNotFoundException',
      );
    },
  }),
  conformance('ram:RejectResourceShareInvitation', {
    'ends the invitation': async world => {
      const invitation = await invitationTo(world, await shared(world));
      const { resourceShareInvitation } =
        await world.consumerAdmin.ram.rejectResourceShareInvitation({
          resourceShareInvitationArn: invitation?.resourceShareInvitationArn,
        });
      expect(resourceShareInvitation?.status).toBe('REJECTED');
      await refused(read(world), 'AccessDeniedException');
    },
  }),
  conformance('ram:GetResourceShares', {
    'names what Lake Formation shares': async world => {
      const share = await shared(world);
      const { resourceShares } = await world.admin.ram.getResourceShares({
        resourceOwner: 'SELF',
        resourceShareArns: [share],
      });
      expect(resourceShares).toMatchObject([
        {
          name: expect.stringMatching(/^LakeFormation-/),
          owningAccountId: world.account,
          status: 'ACTIVE',
        },
      ]);
    },
  }),
  conformance('ram:GetResourceShareAssociations', {
    'shows the table and who has it': async world => {
      const share = await accepted(world);
      const found = async (associationType: 'PRINCIPAL' | 'RESOURCE') =>
        (
          await world.admin.ram.getResourceShareAssociations({
            associationType,
            resourceShareArns: [share],
          })
        ).resourceShareAssociations?.map(
          ({ associatedEntity }) => associatedEntity,
        );
      expect(await found('PRINCIPAL')).toContain(world.foreigner);
      expect(await found('RESOURCE')).toContain(
        `arn:aws:glue:${world.region}:${world.account}:table/${world.database}/orders`,
      );
    },
  }),
  conformance('ram:ListResources', {
    'lists what is shared with the account': async world => {
      const share = await accepted(world);
      const { resources } = await world.consumerAdmin.ram.listResources({
        resourceOwner: 'OTHER-ACCOUNTS',
        resourceShareArns: [share],
      });
      expect(resources?.map(({ arn }) => arn)).toContain(
        `arn:aws:glue:${world.region}:${world.account}:table/${world.database}/orders`,
      );
    },
  }),
  conformance('ram:ListPrincipals', {
    'lists with whom the account shares': async world => {
      const share = await accepted(world);
      const { principals } = await world.admin.ram.listPrincipals({
        resourceOwner: 'SELF',
        resourceShareArns: [share],
      });
      expect(principals?.map(({ id }) => id)).toContain(world.foreigner);
    },
  }),
  conformance('ram:AssociateResourceShare', {
    'adds a principal': async world => {
      const share = await accepted(world);
      const other = `${world.foreigner}2`;
      const { resourceShareAssociations } =
        await world.admin.ram.associateResourceShare({
          resourceShareArn: share,
          principals: [other],
        });
      expect(resourceShareAssociations).toMatchObject([
        { associatedEntity: other, associationType: 'PRINCIPAL' },
      ]);
    },
  }),
  conformance('ram:DisassociateResourceShare', {
    'ends what the principal sees': async world => {
      const share = await accepted(world);
      expect((await read(world)).Table?.Name).toBe('orders');
      await world.admin.ram.disassociateResourceShare({
        resourceShareArn: share,
        principals: [world.foreigner],
      });
      await refused(read(world), 'AccessDeniedException');
    },
  }),
  conformance('ram:DeleteResourceShare', {
    'ends what the other account sees': async world => {
      const share = await accepted(world);
      const { returnValue } = await world.admin.ram.deleteResourceShare({
        resourceShareArn: share,
      });
      expect(returnValue).toBe(true);
      await refused(read(world), 'AccessDeniedException');
    },
  }),
];
