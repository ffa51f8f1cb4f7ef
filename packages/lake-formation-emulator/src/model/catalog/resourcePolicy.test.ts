import { allowsSharing, policyHash } from './resourcePolicy';

const policy = (...Statement: object[]) => ({
  json: JSON.stringify({ Version: '2012-10-17', Statement }),
  createdAt: 0,
  updatedAt: 0,
});

const share = {
  Effect: 'Allow',
  Principal: { Service: 'ram.amazonaws.com' },
  Action: 'glue:ShareResource',
  Resource: ['arn:aws:glue:eu-west-1:111111111111:*'],
};

const read = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::222222222222:root' },
  Action: 'glue:Get*',
  Resource: '*',
};

describe('the resource policy of the catalog', () => {
  it.each<[string, ReturnType<typeof policy> | undefined, boolean]>([
    ['there is none', undefined, true],
    ['it allows it', policy(read, share), true],
    [
      'it allows everything to RAM',
      policy({ ...share, Action: ['glue:*'] }),
      true,
    ],
    ['it speaks of others only', policy(read), false],
    [
      'it allows it to somebody else',
      policy({ ...share, Principal: read.Principal }),
      false,
    ],
    [
      'it denies it',
      policy(share, { ...share, Effect: 'Deny', Principal: '*' }),
      false,
    ],
  ])('lets RAM share where %s: %#', (_, found, expected) => {
    expect(allowsSharing(found)).toBe(expected);
  });

  it('has a hash that changes with it', () => {
    expect(policyHash(policy(read))).not.toBe(policyHash(policy(share)));
    expect(policyHash(policy(read))).toBe(policyHash(policy(read)));
  });
});
