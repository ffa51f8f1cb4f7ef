import { FieldReader } from '../seed/FieldReader';

const ACCOUNT_ID = /^\d{12}$/;
const AN_ACCOUNT_ID = 'an account id of twelve digits';
const SHARE_ARN = /^arn:aws:ram:/;

const oneOf = (...values: readonly string[]) =>
  [
    new RegExp(`^(${values.join('|')})$`),
    `one of ${values.join(', ')}`,
  ] as const;

function checkOrganization(organization: FieldReader) {
  organization.text('id');
  organization.text('managementAccount', ACCOUNT_ID, AN_ACCOUNT_ID);
  organization.texts('accounts', ACCOUNT_ID, AN_ACCOUNT_ID);
  organization.flag('sharingEnabled');
  organization.objects('units', unit => {
    unit.text('id');
    unit.texts('accounts', ACCOUNT_ID, AN_ACCOUNT_ID);
  });
}

function checkAssociation(association: FieldReader) {
  association.text('entity');
  association.text(
    'status',
    ...oneOf('ASSOCIATING', 'ASSOCIATED', 'DISASSOCIATED', 'FAILED'),
  );
}

function checkShare(share: FieldReader) {
  share.text('arn', SHARE_ARN, "a share's ARN");
  ['name', 'region', 'recipient'].forEach(name => share.text(name));
  share.text('owner', ACCOUNT_ID, AN_ACCOUNT_ID);
  share.text('status', ...oneOf('ACTIVE', 'DELETED'));
  share.requiredNumber('version', 1);
  share.requiredNumber('updatedAt', 0);
  share.objects('principals', checkAssociation);
  share.objects('resources', checkAssociation);
}

function checkInvitation(invitation: FieldReader) {
  invitation.text('arn', SHARE_ARN, "an invitation's ARN");
  invitation.text('shareArn', SHARE_ARN, "a share's ARN");
  ['shareName', 'entity', 'region'].forEach(name => invitation.text(name));
  ['sender', 'receiver'].forEach(name =>
    invitation.text(name, ACCOUNT_ID, AN_ACCOUNT_ID),
  );
  invitation.text('status', ...oneOf('PENDING', 'ACCEPTED', 'REJECTED'));
  invitation.requiredNumber('createdAt', 0);
}

/**
 * Checks what a snapshot says of organizations and of RAM's shares. One of an
 * older emulator says nothing of them.
 *
 * @throws TypeError that names the place, what was found and what was expected
 */
export function checkSavedShares(snapshot: object): void {
  const fields = new FieldReader(snapshot, '', 'The snapshot');
  fields.objects('organizations', checkOrganization);
  fields.objects('shares', checkShare);
  fields.objects('invitations', checkInvitation);
}
