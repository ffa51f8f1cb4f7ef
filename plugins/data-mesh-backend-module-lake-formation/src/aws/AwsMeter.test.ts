import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { ListPermissionsCommand } from '@aws-sdk/client-lakeformation';
import {
  metricsServiceMock,
  tracingServiceMock,
} from '@backstage/backend-test-utils/alpha';
import { ConfigReader } from '@backstage/config';
import { DefaultAwsCredentialsManager } from '@backstage/integration-aws-node';
import {
  startLakeFormationEmulator,
  type LakeFormationEmulator,
} from '@lakemesh/lake-formation-emulator';
import { ACCOUNT, REGION } from '../__testUtils__/builders';
import { defaultLakeFormationConfig } from '../config';
import { AwsClients } from './AwsClients';
import { AwsMeter } from './AwsMeter';

const place = { account: ACCOUNT, region: REGION };
const list = {
  service: 'LakeFormation',
  operation: 'ListPermissions',
  ...place,
};

describe('the meter of AWS calls', () => {
  let emulator: LakeFormationEmulator;
  let clients: AwsClients;
  let recorded: { [metric: string]: unknown[][] };
  let now: number;
  let tracing: ReturnType<typeof tracingServiceMock.mock>;

  beforeEach(async () => {
    emulator = await startLakeFormationEmulator({
      port: 0,
      seed: { accounts: [{ id: ACCOUNT, regions: [REGION] }] },
    });
    now = 0;
    recorded = {};
    tracing = tracingServiceMock.mock();
    const record =
      (name: string) =>
      (...values: unknown[]) => {
        recorded[name] = [...(recorded[name] ?? []), values];
      };
    clients = new AwsClients({
      config: {
        ...defaultLakeFormationConfig,
        endpoint: emulator.url,
        requestsPerSecond: 10_000,
        maxAttempts: 3,
      },
      credentials: DefaultAwsCredentialsManager.fromConfig(
        new ConfigReader({
          aws: {
            accounts: [
              {
                accountId: ACCOUNT,
                accessKeyId: ACCOUNT,
                secretAccessKey: 'not-verified',
              },
            ],
          },
        }),
      ),
      now: () => now,
      sleep: async () => {},
      meter: new AwsMeter({
        metrics: metricsServiceMock.mock({
          createHistogram: name => ({ record: record(name) }),
          createCounter: name => ({ add: record(name) }),
        }),
        tracing,
        now: () => {
          now += 1500;
          return now;
        },
      }),
    });
  });

  afterEach(async () => {
    clients.destroy();
    await emulator.stop();
  });

  it('measures calls by service, operation, account and region', async () => {
    const { glue, lakeFormation } = await clients.get(ACCOUNT, REGION);
    await glue.send(new GetDatabasesCommand({}));
    await lakeFormation.send(new ListPermissionsCommand({}));
    expect(recorded).toEqual({
      'data_mesh.aws.call.duration': [
        [
          1.5,
          {
            service: 'Glue',
            operation: 'GetDatabases',
            ...place,
            outcome: 'ok',
          },
        ],
        [1.5, { ...list, outcome: 'ok' }],
      ],
    });
    expect(tracing.startActiveSpan.mock.calls.map(([name]) => name)).toEqual([
      'Glue.GetDatabases',
      'LakeFormation.ListPermissions',
    ]);
  });

  it('counts each throttled attempt and each retry, though the call ends well', async () => {
    emulator.faults.add({
      operation: 'ListPermissions',
      kind: 'throttle',
      times: 2,
    });
    const { lakeFormation } = await clients.get(ACCOUNT, REGION);
    await lakeFormation.send(new ListPermissionsCommand({}));
    expect(recorded).toEqual({
      'data_mesh.aws.throttles': [
        [1, list],
        [1, list],
      ],
      'data_mesh.aws.retries': [[2, list]],
      'data_mesh.aws.call.duration': [[1.5, { ...list, outcome: 'ok' }]],
    });
  });

  it('tells what AWS could not do now from what it refuses', async () => {
    const { lakeFormation } = await clients.get(ACCOUNT, REGION);
    emulator.faults.add({
      operation: 'ListPermissions',
      kind: 'throttle',
      times: 3,
    });
    const call = () => lakeFormation.send(new ListPermissionsCommand({}));
    await expect(call()).rejects.toThrow();
    emulator.faults.add({
      operation: 'ListPermissions',
      kind: 'error',
      error: { code: 'InvalidInputException', message: 'No such thing' },
      times: 1,
    });
    await expect(call()).rejects.toThrow();
    expect(recorded['data_mesh.aws.call.duration']).toEqual([
      [1.5, { ...list, outcome: 'throttled' }],
      [1.5, { ...list, outcome: 'refused' }],
    ]);
  });
});
