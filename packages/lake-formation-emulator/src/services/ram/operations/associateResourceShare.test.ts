import { AssociateResourceShareCommand } from '@aws-sdk/client-ram';
import { invitationsOf } from '../../../__testUtils__/crossAccount';
import { refusalOf } from '../../../__testUtils__/refusal';
import { ACCOUNT } from '../../../__testUtils__/seeds';
import { sharesOf, startShared } from '../../../__testUtils__/shares';

describe('AssociateResourceShare', () => {
  it('invites a principal, which holds nothing by that', async () => {
    const { owner, as, shareArn } = await startShared();
    const { resourceShareAssociations } = await owner.ram.send(
      new AssociateResourceShareCommand({
        resourceShareArn: shareArn,
        principals: ['333333333333'],
        resourceArns: [`arn:aws:glue:eu-west-1:${ACCOUNT}:database/other`],
      }),
    );
    expect(resourceShareAssociations).toMatchObject([
      { associationType: 'PRINCIPAL', status: 'ASSOCIATING' },
      { associationType: 'RESOURCE', status: 'ASSOCIATED' },
    ]);
    expect(await invitationsOf(as('333333333333').ram)).toMatchObject([
      { resourceShareArn: shareArn, status: 'PENDING' },
    ]);
    expect(await sharesOf(as('333333333333').ram, 'OTHER-ACCOUNTS')).toEqual(
      [],
    );
  });

  it.each<[object, string]>([
    [{}, 'InvalidParameterException'],
    [{ principals: ['somebody'] }, 'InvalidParameterException'],
    [{ resourceArns: ['arn:aws:s3:::lake'] }, 'MalformedArnException'],
    [
      { resourceArns: ['arn:aws:glue:eu-west-1:222222222222:database/x'] },
      'OperationNotPermittedException',
    ],
  ])('refuses %j with %s', async (input, code) => {
    const { owner, shareArn } = await startShared();
    expect(
      await refusalOf(
        owner.ram.send(
          new AssociateResourceShareCommand({
            resourceShareArn: shareArn,
            ...input,
          }),
        ),
      ),
    ).toMatchObject({ code, status: 400 });
  });
});
