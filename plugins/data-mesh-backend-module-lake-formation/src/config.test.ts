import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { defaultLakeFormationConfig, readLakeFormationConfig } from './config';

const read = (lakeFormation: JsonObject) =>
  readLakeFormationConfig(new ConfigReader({ dataMesh: { lakeFormation } }));

describe('readLakeFormationConfig', () => {
  it('has a default for everything', () => {
    expect(readLakeFormationConfig(new ConfigReader({}))).toEqual(
      defaultLakeFormationConfig,
    );
    expect(read({})).toEqual(defaultLakeFormationConfig);
  });

  it('reads every key', () => {
    expect(
      read({
        endpoint: 'http://127.0.0.1:4566',
        accounts: [
          { accountId: '210987654321', alias: 'acme', region: 'eu-central-1' },
          {
            accountId: '111122223333',
            links: {
              kind: 'table',
              database: 'Shared',
              region: 'eu-west-1',
              forAccount: true,
            },
          },
        ],
        organization: { accounts: ['210987654321', '111122223333'] },
        identityCenter: { accountId: '111122223333' },
        iamAllowedPrincipals: 'revoke',
        pace: { requestsPerSecond: 2.5 },
        timeouts: { connectionMs: 100, requestMs: 200 },
        maxAttempts: 5,
      }),
    ).toEqual({
      endpoint: 'http://127.0.0.1:4566',
      accounts: [
        { accountId: '210987654321', alias: 'acme', region: 'eu-central-1' },
        {
          accountId: '111122223333',
          links: {
            kind: 'table',
            database: 'shared',
            region: 'eu-west-1',
            forAccount: true,
          },
        },
      ],
      organization: { accounts: ['210987654321', '111122223333'] },
      identityCenterAccountId: '111122223333',
      iamAllowedPrincipals: 'revoke',
      requestsPerSecond: 2.5,
      connectionTimeoutMs: 100,
      requestTimeoutMs: 200,
      maxAttempts: 5,
    });
  });

  it('knows accounts by the names of dataMesh.accounts', () => {
    const accounts = [
      { accountId: '210987654321', alias: 'acme-lakehouse' },
      { accountId: '111122223333', alias: 'acme-analytics' },
    ];
    const readBoth = (lakeFormation?: JsonObject) =>
      readLakeFormationConfig(
        new ConfigReader({
          dataMesh: { accounts, ...(lakeFormation && { lakeFormation }) },
        }),
      ).accounts;
    expect(readBoth()).toEqual(accounts);
    expect(
      readBoth({
        accounts: [
          { accountId: '210987654321', region: 'eu-central-1' },
          { accountId: '444455556666', alias: 'acme-finance' },
        ],
      }),
    ).toEqual([
      {
        accountId: '210987654321',
        alias: 'acme-lakehouse',
        region: 'eu-central-1',
      },
      { accountId: '444455556666', alias: 'acme-finance' },
      { accountId: '111122223333', alias: 'acme-analytics' },
    ]);
  });

  it('takes an organization without accounts for one of all accounts', () => {
    expect(read({ organization: {} }).organization).toEqual({
      accounts: 'all',
    });
    expect(read({ organization: { sharing: false } }).organization).toBe(
      undefined,
    );
  });

  it('links databases where an account says no more of links', () => {
    expect(
      read({ accounts: [{ accountId: '111122223333', links: {} }] }).accounts[0]
        .links,
    ).toEqual({ kind: 'database', forAccount: false });
  });

  it.each([
    [
      { accounts: [{ accountId: '111122223333', links: { kind: 'view' } }] },
      "dataMesh.lakeFormation.accounts[0].links.kind is 'view', expected 'database' or 'table' or 'none'",
    ],
    [
      { accounts: [{ accountId: '111122223333', links: { kind: 'table' } }] },
      'dataMesh.lakeFormation.accounts[0].links.database is missing',
    ],
    [
      { organization: { accounts: ['1'] } },
      "dataMesh.lakeFormation.organization.accounts[0] is '1', expected 12 digits",
    ],
    [
      { identityCenter: { accountId: 'x' } },
      "dataMesh.lakeFormation.identityCenter.accountId is 'x', expected 12 digits",
    ],
    [
      { iamAllowedPrincipals: 'keep' },
      "dataMesh.lakeFormation.iamAllowedPrincipals is 'keep', expected 'refuse' or 'revoke'",
    ],
    [
      { endpoint: '127.0.0.1:4566' },
      "dataMesh.lakeFormation.endpoint is '127.0.0.1:4566', expected a URL",
    ],
    [
      { accounts: [{ accountId: '123' }] },
      "dataMesh.lakeFormation.accounts[0].accountId is '123', expected 12 digits",
    ],
    [
      { pace: { requestsPerSecond: 0 } },
      'dataMesh.lakeFormation.pace.requestsPerSecond is 0, expected a number above 0',
    ],
    [
      { timeouts: { requestMs: -1 } },
      'dataMesh.lakeFormation.timeouts.requestMs is -1',
    ],
    [
      { maxAttempts: 1.5 },
      'dataMesh.lakeFormation.maxAttempts is 1.5, expected a whole number',
    ],
  ])('refuses %j', (config, message) => {
    expect(() => read(config)).toThrow(message);
  });
});
