import {
  CatalogEncryption,
  hasSharableKey,
  NOT_ENCRYPTED,
} from './catalogEncryption';

const KEY = 'arn:aws:kms:eu-west-1:111111111111:key/1234abcd';

it.each<[Partial<CatalogEncryption>, boolean]>([
  [{}, true],
  // The key counts only where it is used.
  [{ keyId: 'alias/aws/glue' }, true],
  [{ mode: 'SSE-KMS' }, false],
  [{ mode: 'SSE-KMS', keyId: '' }, false],
  [{ mode: 'SSE-KMS', keyId: 'alias/aws/glue' }, false],
  [
    {
      mode: 'SSE-KMS',
      keyId: 'arn:aws:kms:eu-west-1:111111111111:alias/aws/glue',
    },
    false,
  ],
  [{ mode: 'SSE-KMS-WITH-SERVICE-ROLE' }, false],
  [{ mode: 'SSE-KMS', keyId: KEY }, true],
  [{ mode: 'SSE-KMS', keyId: 'alias/lake' }, true],
  [{ mode: 'SSE-KMS-WITH-SERVICE-ROLE', keyId: KEY }, true],
])('metadata encrypted by %j can be shared: %s', (fields, expected) => {
  expect(hasSharableKey({ ...NOT_ENCRYPTED, ...fields })).toBe(expected);
});

it('can be shared where nobody has set anything', () => {
  expect(hasSharableKey(undefined)).toBe(true);
});
