import {
  crossAccountVersion,
  encryptionAllowsSharing,
  isAdministrator,
  policyAllowsSharing,
} from './settingsFindings';

const statement = (more: object) =>
  JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'ram.amazonaws.com' },
      Action: 'glue:ShareResource',
      ...more,
    },
  });

describe('what the doctor makes of an account', () => {
  it.each([
    [undefined, 'ok'],
    [statement({}), 'ok'],
    [statement({ Action: ['glue:Get*', 'glue:ShareResource'] }), 'ok'],
    [statement({ Action: 'glue:*' }), 'ok'],
    [statement({ Principal: { Service: ['a', 'ram.amazonaws.com'] } }), 'ok'],
    [statement({ Effect: 'Deny' }), 'failed'],
    [statement({ Action: 'glue:GetTable' }), 'failed'],
    [statement({ Principal: { AWS: '123456789012' } }), 'failed'],
    ['{}', 'failed'],
  ])('policy %s: %s', (policy, state) => {
    expect(policyAllowsSharing(policy).state).toBe(state);
  });

  it.each([
    [undefined, 'failed'],
    ['2', 'failed'],
    ['3', 'ok'],
    ['5', 'ok'],
    ['latest', 'unknown'],
  ])('cross-account version %s: %s', (version, state) => {
    expect(
      crossAccountVersion({
        ...(version && { Parameters: { CROSS_ACCOUNT_VERSION: version } }),
      }).state,
    ).toBe(state);
  });

  it.each([
    [undefined, 'ok'],
    [{ CatalogEncryptionMode: 'DISABLED' as const }, 'ok'],
    [{ CatalogEncryptionMode: 'SSE-KMS' as const }, 'failed'],
    [
      {
        CatalogEncryptionMode: 'SSE-KMS' as const,
        SseAwsKmsKeyId: 'arn:aws:kms:eu-central-1:1:alias/aws/glue',
      },
      'failed',
    ],
    [
      {
        CatalogEncryptionMode: 'SSE-KMS' as const,
        SseAwsKmsKeyId: 'arn:aws:kms:eu-central-1:1:key/abc',
      },
      'ok',
    ],
  ])('encryption %j: %s', (encryption, state) => {
    expect(encryptionAllowsSharing(encryption).state).toBe(state);
  });

  it('tells a role that is no administrator what it needs, by what it is for', () => {
    const role = 'arn:aws:iam::123456789012:role/lakemesh';
    expect(isAdministrator({}, role, false).state).toBe('warning');
    expect(isAdministrator({}, role, true).state).toBe('failed');
    expect(
      isAdministrator(
        { DataLakeAdmins: [{ DataLakePrincipalIdentifier: role }] },
        role,
        true,
      ).state,
    ).toBe('ok');
  });

  it.each([
    ['arn:aws:iam::123456789012:role/team/lakemesh', 'ok'],
    ['arn:aws:iam::123456789012:role/other', 'failed'],
    ['arn:aws:iam::100000000001:role/lakemesh', 'failed'],
  ])('knows a role by its session: %s is %s', (administrator, state) => {
    expect(
      isAdministrator(
        { DataLakeAdmins: [{ DataLakePrincipalIdentifier: administrator }] },
        'arn:aws:sts::123456789012:assumed-role/lakemesh/backstage',
        true,
      ).state,
    ).toBe(state);
  });
});
