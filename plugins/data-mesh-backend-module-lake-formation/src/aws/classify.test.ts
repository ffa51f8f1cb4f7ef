import { InputError, NotFoundError } from '@backstage/errors';
import { BatchError } from './BatchError';
import { CredentialsError } from './CredentialsError';
import { NotOursError } from './NotOursError';
import { ShareNotReadyError } from './ShareNotReadyError';
import { ErrorClassifier } from './classify';

/** An error as the SDK throws it. */
const awsError = (code: string, message: string, status = 400) =>
  Object.assign(new Error(message), {
    name: code,
    $metadata: { httpStatusCode: status },
  });

const nodeError = (code: string) =>
  Object.assign(new Error(`connect ${code} 10.0.0.1:443`), { code });

const classify = (error: unknown) =>
  new ErrorClassifier(() => 0).classify(error);

describe('errors of AWS', () => {
  it.each([
    ['ThrottledException', 'Rate exceeded', 429, 'throttled'],
    ['ThrottlingException', 'Rate exceeded', 400, 'throttled'],
    ['TooManyRequestsException', '', 400, 'throttled'],
    ['SomethingNew', 'Slow down', 429, 'throttled'],
    [
      'InvalidInputException',
      'Rate exceeded (Service: AWSGlue; Status Code: 400; Error Code: ThrottlingException)',
      400,
      'throttled',
    ],
    [
      'InvalidInputException',
      'Permissions could not be read (Service: AWSLakeFormation; Status Code: 400; Error Code: ThrottlingException; Request ID: 1)',
      400,
      'throttled',
    ],
    ['InternalServiceException', '', 500, 'transient'],
    ['ServerInternalException', 'Internal', 500, 'transient'],
    [
      'AccessDeniedException',
      'Insufficient Lake Formation permissions: Illegal combination',
      400,
      'permanent',
    ],
    ['InvalidInputException', 'Organization ID not found', 400, 'permanent'],
    ['SomethingNew', 'Oops', 503, 'transient'],
    ['OperationTimeoutException', 'Timed out', 400, 'transient'],
    [
      'ConcurrentModificationException',
      'Permission update/Delete failed for Resource',
      400,
      'transient',
    ],
    ['AnyException', 'Please retry in a short while.', 400, 'transient'],
    ['EntityNotFoundException', 'Table not found.', 400, 'permanent'],
    ['InvalidInputException', 'Bad', 400, 'permanent'],
    [
      'AccessDeniedException',
      'Resource does not exist or requester is not authorized to access requested permissions.',
      400,
      'permanent',
    ],
  ])('%s "%s" with status %d is %s', (code, message, status, kind) => {
    expect(classify(awsError(code, message, status))).toMatchObject({
      code,
      kind,
    });
  });

  it.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'ETIMEDOUT',
    'EPIPE',
    'ENOTFOUND',
    'EAI_AGAIN',
  ])('%s of the network is transient', code => {
    expect(classify(nodeError(code))).toMatchObject({
      code,
      kind: 'transient',
    });
  });

  it.each([
    ['socket hang up', 'ECONNRESET'],
    ['read ETIMEDOUT', 'ETIMEDOUT'],
  ])('finds a network error in the text "%s"', (text, code) => {
    expect(
      classify(new Error(`AWS SDK error wrapper for Error: ${text}`)),
    ).toMatchObject({ code, kind: 'transient' });
  });

  it('has a text where AWS sends none', () => {
    expect(classify(awsError('AccessDeniedException', '')).message).toBe(
      'AWS answered AccessDeniedException without text',
    );
  });

  it.each([
    [new InputError('scope is wrong'), 'InputError'],
    [new NotFoundError('no table'), 'NotFoundError'],
    ['just a text', 'UnknownError'],
  ])('stops at %s', (error, code) => {
    expect(classify(error)).toMatchObject({ code, kind: 'permanent' });
  });
});

describe('advice', () => {
  it.each([
    [
      awsError(
        'AccessDeniedException',
        'Resource does not exist or requester is not authorized to access requested permissions.',
      ),
      'data lake administrator, or grant it SELECT',
    ],
    [
      awsError(
        'AccessDeniedException',
        'LF-Tag class: AccessDeniedException: Resource does not exist or requester is not authorized to access requested permissions.',
      ),
      'Grant ASSOCIATE on the LF-Tag',
    ],
    [
      awsError(
        'AccessDeniedException',
        '2 of 2 entries failed: LF-Tag class: AccessDeniedException: Resource does not exist; LF-Tag pii: AccessDeniedException: Resource does not exist',
      ),
      'Grant ASSOCIATE on the LF-Tag',
    ],
    [
      awsError(
        'AccessDeniedException',
        'Insufficient Lake Formation permission(s): Required Describe on orders',
      ),
      'grant it the permission named in the message',
    ],
    [
      awsError(
        'AccessDeniedException',
        'User: arn:aws:sts::1:assumed-role/backstage/s is not authorized to perform: lakeformation:GrantPermissions because no identity-based policy allows it',
      ),
      'Add lakeformation:GrantPermissions to the IAM policy of arn:aws:sts::1:assumed-role/backstage/s',
    ],
    [
      awsError('InvalidInputException', 'Invalid principal, arn:…'),
      'does not exist in its account',
    ],
    [
      awsError('InvalidInputException', 'Permissions modification is invalid.'),
      'ask for the whole table',
    ],
    [awsError('EntityNotFoundException', 'Table not found.'), 'not in Glue'],
    [
      awsError(
        'AccessDeniedException',
        'Insufficient Lake Formation permissions: Illegal combination',
      ),
      'IAM_ALLOWED_PRINCIPALS',
    ],
    [
      awsError('InvalidInputException', 'Organization ID not found'),
      'Sharing with the organization is not switched on',
    ],
    [
      awsError(
        'InvalidInputException',
        'Invalid cross account grant request. Consumer account has opt-in to cross account version: v3.',
      ),
      'Raise CROSS_ACCOUNT_VERSION',
    ],
    [
      awsError(
        'InvalidInputException',
        'Cross-account grants are not supported for the principal.',
      ),
      'identityCenter.accountId',
    ],
    [
      awsError('EntityNotFoundException', 'Tag or tag value does not exist.'),
      'An LF-Tag of the expression',
    ],
    [awsError('OperationNotPermittedException', 'No', 403), 'RAM does not'],
    [
      new NotOursError('`sales` exists', 'Delete or rename it'),
      'Delete or rename it',
    ],
    [
      new ShareNotReadyError('The share has not arrived', 'Look at the policy'),
      'Look at the policy',
    ],
    [awsError('ExpiredTokenException', 'Expired', 403), 'have expired'],
    [awsError('UnrecognizedClientException', 'Bad', 403), 'aws.accounts'],
    [awsError('CredentialsProviderError', 'None'), 'aws.accounts'],
    [
      new CredentialsError('210987654321', new Error('no integration')),
      'account 210987654321 under aws.accounts',
    ],
  ])('for %s', (error, words) => {
    expect(classify(error).advice).toContain(words);
  });

  it('is left out where time alone is the cure', () => {
    expect(
      classify(awsError('AccessDeniedException', 'Rate exceeded', 429)),
    ).not.toHaveProperty('advice');
  });
});

describe('a right that is missing in IAM', () => {
  const denied = (action: string) =>
    awsError(
      'AccessDeniedException',
      `User: arn:aws:iam::1:role/b is not authorized to perform: ${action}`,
    );

  it('may be on its way for two minutes, and then is not', () => {
    let now = 0;
    const classifier = new ErrorClassifier(() => now);
    const kindAt = (seconds: number) => {
      now = seconds * 1000;
      return classifier.classify(denied('glue:GetTable')).kind;
    };
    expect([0, 60, 119, 120, 300].map(kindAt)).toEqual([
      'transient',
      'transient',
      'transient',
      'permanent',
      'permanent',
    ]);
  });

  it('counts each right by itself, and anew after a while without it', () => {
    let now = 0;
    const classifier = new ErrorClassifier(() => now);
    classifier.classify(denied('glue:GetTable'));
    now = 130_000;
    expect(classifier.classify(denied('glue:GetTables')).kind).toBe(
      'transient',
    );
    now = 3_600_000;
    expect(classifier.classify(denied('glue:GetTable')).kind).toBe('transient');
  });

  it('is like a new share, which RAM may not know everywhere', () => {
    const error = awsError('UnknownResourceException', 'Share not found');
    let now = 0;
    const classifier = new ErrorClassifier(() => now);
    expect(classifier.classify(error).kind).toBe('transient');
    now = 120_000;
    expect(classifier.classify(error).kind).toBe('permanent');
  });

  it('tells from the start what to do', () => {
    expect(classify(denied('glue:GetTable'))).toMatchObject({
      kind: 'transient',
      advice: expect.stringContaining('Add glue:GetTable'),
    });
  });
});

describe('a batch that failed in part', () => {
  const failure = (subject: string, code: string, message = 'text') => ({
    subject,
    code,
    message,
  });

  it('stops where one entry needs a person, whatever the others need', () => {
    const error = new BatchError(
      [
        failure('sales.a', 'ThrottledException'),
        failure('sales.b', 'EntityNotFoundException'),
        failure('sales.c', 'InternalServiceException'),
      ],
      20,
    );
    expect(classify(error)).toEqual({
      code: 'EntityNotFoundException',
      message:
        '3 of 20 entries failed: sales.a: ThrottledException: text; sales.b: EntityNotFoundException: text; sales.c: InternalServiceException: text',
      kind: 'permanent',
      advice: expect.stringContaining('not in Glue'),
    });
  });

  it('slows down before it merely tries again', () => {
    const error = new BatchError(
      [
        failure('sales.a', 'InternalServiceException'),
        failure('sales.b', 'ThrottledException'),
      ],
      2,
    );
    expect(classify(error).kind).toBe('throttled');
  });

  it('tells three entries and counts the rest', () => {
    const error = new BatchError(
      ['a', 'b', 'c', 'd', 'e'].map(name => failure(name, 'X')),
      20,
    );
    expect(error.message).toMatch(/^5 of 20 .*; and 2 more$/);
  });
});
