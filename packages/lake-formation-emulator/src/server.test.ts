import { CreateJobCommand, GetDatabasesCommand } from '@aws-sdk/client-glue';
import {
  ListPermissionsCommand,
  StartTransactionCommand,
} from '@aws-sdk/client-lakeformation';
import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts';
import { authorization, rawRequest } from './__testUtils__/rawRequest';
import { refusalOf } from './__testUtils__/refusal';
import { ACCOUNT, aDatabase } from './__testUtils__/seeds';
import { startTestEmulator } from './__testUtils__/startTestEmulator';

const XML_ERROR =
  /^<ErrorResponse xmlns="https:\/\/sts.amazonaws.com\/doc\/2011-06-15\/"><Error><Type>Sender<\/Type><Code>(\w+)<\/Code>/;

describe('wire formats', () => {
  it('puts the error of rest-json in a header', async () => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path: '/ListPermissions',
      headers: { authorization: authorization('lakeformation') },
      body: JSON.stringify({ MaxResults: 0 }),
    });
    expect(answer.status).toBe(400);
    expect(answer.header('x-amzn-errortype')).toBe('ValidationException');
    expect(answer.header('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.parse(answer.text)).toEqual({
      Message: expect.stringContaining("at 'maxResults'"),
    });
  });

  it('puts the error of JSON 1.1 in the body', async () => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      headers: {
        authorization: authorization('glue'),
        'x-amz-target': 'AWSGlue.GetDatabase',
      },
      body: JSON.stringify({ Name: 'nope' }),
    });
    expect(answer.status).toBe(400);
    expect(answer.header('content-type')).toContain(
      'application/x-amz-json-1.1',
    );
    expect(JSON.parse(answer.text)).toEqual({
      __type: 'EntityNotFoundException',
      Message: 'Database nope not found.',
    });
  });

  it('answers timestamps of JSON in epoch seconds', async () => {
    const { url, clock } = await startTestEmulator();
    clock.freeze();
    const answer = await rawRequest(url, {
      headers: {
        authorization: authorization('glue'),
        'x-amz-target': 'AWSGlue.GetDatabase',
      },
      body: JSON.stringify({ Name: 'sales' }),
    });
    const { CreateTime } = JSON.parse(answer.text).Database;
    expect(Math.abs(CreateTime - clock.now().getTime() / 1000)).toBeLessThan(
      60,
    );
  });

  it('answers and refuses queries in XML', async () => {
    const { url } = await startTestEmulator();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await rawRequest(url, {
      headers: { ...form, authorization: authorization('sts') },
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    });
    expect(answer.header('content-type')).toContain('text/xml');
    expect(answer.text).toContain(`<Account>${ACCOUNT}</Account>`);

    const refused = await rawRequest(url, {
      headers: { ...form, authorization: authorization('sts') },
      body: 'Action=AssumeRole&Version=2011-06-15',
    });
    expect(XML_ERROR.exec(refused.text)?.[1]).toBe('ValidationError');
  });

  it.each([
    ['no JSON', '{"a":'],
    ['another type', '{"MaxResults":"ten"}'],
    ['a list for a structure', '{"Resource":[]}'],
    ['a body that is no structure', '[]'],
  ])('refuses %s as AWS does', async (_, body) => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path: '/ListPermissions',
      headers: { authorization: authorization('lakeformation') },
      body,
    });
    expect(answer.status).toBe(400);
    expect(answer.header('x-amzn-errortype')).toBe('SerializationException');
  });
});

describe('identity', () => {
  it('refuses keys that nobody knows, each service in its words', async () => {
    const emulator = await startTestEmulator();
    const { lakeFormation, glue, sts } = emulator.as('AKIAUNKNOWN');
    const message = 'The security token included in the request is invalid.';

    expect(
      await refusalOf(lakeFormation.send(new ListPermissionsCommand({}))),
    ).toEqual({ code: 'UnrecognizedClientException', message, status: 403 });
    expect(await refusalOf(glue.send(new GetDatabasesCommand({})))).toEqual({
      code: 'UnrecognizedClientException',
      message,
      status: 400,
    });
    expect(await refusalOf(sts.send(new GetCallerIdentityCommand({})))).toEqual(
      { code: 'InvalidClientTokenId', message, status: 403 },
    );
  });

  it('takes unknown keys for the default account, where there is one', async () => {
    const emulator = await startTestEmulator(
      {},
      { defaultAccount: '123456789012' },
    );
    expect(
      await emulator.as('test').sts.send(new GetCallerIdentityCommand({})),
    ).toMatchObject({ Arn: 'arn:aws:iam::123456789012:root' });
  });

  it.each([
    ['none', undefined, 'MissingAuthenticationTokenException'],
    ['another scheme', 'Bearer x', 'IncompleteSignatureException'],
    [
      'no signature',
      authorization('lakeformation').replace(/, Signature=.*/, ''),
      'IncompleteSignatureException',
    ],
  ])('refuses a request with %s', async (_, header, code) => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path: '/ListPermissions',
      headers: header ? { authorization: header } : {},
    });
    expect(answer.status).toBe(403);
    expect(answer.header('x-amzn-errortype')).toBe(code);
  });

  it('keeps accounts and regions apart', async () => {
    const emulator = await startTestEmulator({
      regions: ['eu-west-1', 'us-east-1'],
      databases: [
        aDatabase(),
        aDatabase({ region: 'us-east-1', name: 'orders_us' }),
      ],
    });
    const names = async (accessKeyId: string, region: string) => {
      const { glue } = emulator.withCredentials(
        { accessKeyId, secretAccessKey: 'secret' },
        region,
      );
      const { DatabaseList } = await glue.send(new GetDatabasesCommand({}));
      return DatabaseList?.map(({ Name }) => Name);
    };
    expect(await names(ACCOUNT, 'eu-west-1')).toEqual(['sales']);
    expect(await names(ACCOUNT, 'us-east-1')).toEqual(['orders_us']);
    expect(await names(ACCOUNT, 'ap-south-1')).toEqual([]);
    expect(await names('222222222222', 'eu-west-1')).toEqual([]);
  });
});

describe('what the emulator lacks', () => {
  it('is refused by name, and not tried again by the clients', async () => {
    const { asAdmin } = await startTestEmulator();
    const { lakeFormation, glue, sts } = asAdmin;
    const refused = (what: string) => ({
      code: 'NotImplementedException',
      message: `The Lake Formation emulator does not implement ${what} yet.`,
      status: 501,
    });

    expect(
      await refusalOf(lakeFormation.send(new StartTransactionCommand({}))),
    ).toEqual(refused('lakeformation:StartTransaction'));
    expect(
      await refusalOf(
        glue.send(new CreateJobCommand({ Name: 'j', Role: 'r', Command: {} })),
      ),
    ).toEqual(refused('glue:CreateJob'));
    expect(await refusalOf(sts.send(new GetSessionTokenCommand({})))).toEqual(
      refused('sts:GetSessionToken'),
    );
  });

  it.each([
    ['s3tables', '/buckets', {}],
    ['sns', '/', { 'content-type': 'application/x-www-form-urlencoded' }],
    [
      'AmazonAthena',
      '/',
      { 'x-amz-target': 'AmazonAthena.StartQueryExecution' },
    ],
  ])('refuses the service %s', async (service, path, headers) => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path,
      headers: {
        ...headers,
        authorization: authorization(service.toLowerCase()),
      },
    });
    expect(answer.status).toBe(501);
    expect(answer.text).toContain(
      `does not implement the service ${service} yet`,
    );
  });

  it('includes operations that AWS does not have either', async () => {
    const { url } = await startTestEmulator();
    const answer = await rawRequest(url, {
      path: '/GrantEverything',
      headers: { authorization: authorization('lakeformation') },
    });
    expect(answer.status).toBe(404);
    expect(answer.header('x-amzn-errortype')).toBe('UnknownOperationException');
  });
});
