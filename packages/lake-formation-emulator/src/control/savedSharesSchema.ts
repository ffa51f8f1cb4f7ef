import {
  accountId,
  atLeast,
  flag,
  list,
  numberFrom,
  oneOf,
  text,
  texts,
} from '../input/fields';

const shareArn = text("a share's ARN", /^arn:aws:ram:/);

const organization = atLeast({
  id: text(),
  managementAccount: accountId,
  accounts: texts(accountId),
  sharingEnabled: flag().default(false),
  units: list(atLeast({ id: text(), accounts: texts(accountId) })).default([]),
});

const association = atLeast({
  entity: text(),
  status: oneOf(['ASSOCIATING', 'ASSOCIATED', 'DISASSOCIATED', 'FAILED']),
});

const share = atLeast({
  arn: shareArn,
  name: text(),
  region: text(),
  recipient: text(),
  owner: accountId,
  status: oneOf(['ACTIVE', 'DELETED']),
  version: numberFrom(1),
  updatedAt: numberFrom(0),
  principals: list(association).default([]),
  resources: list(association).default([]),
});

const invitation = atLeast({
  arn: text("an invitation's ARN", /^arn:aws:ram:/),
  shareArn,
  shareName: text(),
  entity: text(),
  region: text(),
  sender: accountId,
  receiver: accountId,
  status: oneOf(['PENDING', 'ACCEPTED', 'REJECTED']),
  createdAt: numberFrom(0),
});

/**
 * What a snapshot must say of organizations and of RAM's shares. One of an
 * older emulator says nothing of them.
 */
export const savedShares = {
  organizations: list(organization).default([]),
  shares: list(share).default([]),
  invitations: list(invitation).default([]),
};
