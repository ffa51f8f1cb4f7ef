import {
  LakeFormationEmulator,
  startLakeFormationEmulator,
} from '../startLakeFormationEmulator';

/** What the suite runs against, and as whom. */
export interface Endpoint {
  readonly url: string;
  readonly region: string;
  /** The account that owns the data. */
  readonly account: string;
  /** Another account, to share with. */
  readonly consumer: string;
  /** Keys of a data lake administrator of an account. */
  adminKeys(account: string): { accessKeyId: string; secretAccessKey: string };
  /** Whether it is this package's emulator, which must support every case. */
  readonly isOurs: boolean;
  stop(): Promise<void>;
}

const DEFAULT_ACCOUNT = '111111111111';
const DEFAULT_CONSUMER = '222222222222';
const DEFAULT_REGION = 'eu-west-1';

/**
 * The endpoint of LAKE_FORMATION_ENDPOINT, or an emulator that is started for
 * the suite. Keys are account ids where LAKE_FORMATION_ACCESS_KEY_ID and
 * LAKE_FORMATION_SECRET_ACCESS_KEY say nothing else, those of the consumer
 * where LAKE_FORMATION_CONSUMER_ACCESS_KEY_ID and
 * LAKE_FORMATION_CONSUMER_SECRET_ACCESS_KEY say nothing else.
 */
export async function openEndpoint(
  env: NodeJS.ProcessEnv = process.env,
): Promise<Endpoint> {
  const account = env.LAKE_FORMATION_ACCOUNT ?? DEFAULT_ACCOUNT;
  const consumer = env.LAKE_FORMATION_CONSUMER_ACCOUNT ?? DEFAULT_CONSUMER;
  const region = env.LAKE_FORMATION_REGION ?? DEFAULT_REGION;
  const adminKeys = (id: string) => {
    const prefix =
      id === account ? 'LAKE_FORMATION' : 'LAKE_FORMATION_CONSUMER';
    return {
      accessKeyId: env[`${prefix}_ACCESS_KEY_ID`] ?? id,
      secretAccessKey: env[`${prefix}_SECRET_ACCESS_KEY`] ?? 'conformance',
    };
  };
  const given = env.LAKE_FORMATION_ENDPOINT;
  const emulator: LakeFormationEmulator | undefined = given
    ? undefined
    : await startLakeFormationEmulator({
        port: 0,
        seed: { accounts: [{ id: account }, { id: consumer }] },
      });
  return {
    url: given ?? emulator?.url ?? '',
    region,
    account,
    consumer,
    adminKeys,
    isOurs: emulator !== undefined,
    stop: async () => emulator?.stop(),
  };
}
