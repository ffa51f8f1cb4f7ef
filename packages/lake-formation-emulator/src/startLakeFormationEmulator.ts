import { Server, createServer as createHttpServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { EmulatorBehaviourControl } from './control/BehaviourControl';
import { EmulatorCalls } from './control/EmulatorCalls';
import { EmulatorClock, createClock } from './control/EmulatorClock';
import { EmulatorFaults } from './control/EmulatorFaultRule';
import { EmulatorSnapshot } from './control/snapshot';
import { Emulator } from './Emulator';
import { isAccountId } from './model/iam/principals';
import { LakeFormationEmulatorSeed } from './seed/SeedAccount';
import { createServer } from './server';

/**
 * How an emulator starts.
 *
 * @public
 */
export interface LakeFormationEmulatorOptions {
  /** 0 for any free port. */
  port: number;
  /** 127.0.0.1 where it is left out. */
  host?: string;
  /** What it starts with; nothing where it is left out. */
  seed?: LakeFormationEmulatorSeed;
  /** Keys that nobody knows act as root of this account; else they are refused. */
  defaultAccount?: string;
}

/**
 * A running emulator.
 *
 * @public
 */
export interface LakeFormationEmulator {
  /** The endpoint for the AWS clients. */
  readonly url: string;
  /** The log of what was called. */
  readonly calls: EmulatorCalls;
  /** What shall go wrong. */
  readonly faults: EmulatorFaults;
  /** The emulator's time. */
  readonly clock: EmulatorClock;
  /** Quotas, delays and the enforcement of IAM policies. */
  readonly behaviour: EmulatorBehaviourControl;
  /** Copies the whole state. */
  snapshot(): EmulatorSnapshot;
  /** Puts a state back. Throws a TypeError where it is none. */
  restore(snapshot: EmulatorSnapshot): void;
  /** Back to the seed, without faults and with an empty log. */
  reset(): void;
  /** Ends the server and cuts what is still open. */
  stop(): Promise<void>;
}

const listen = (server: Server, port: number, host: string) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

/**
 * Starts an emulator of Lake Formation, Glue, RAM, STS and IAM that listens for AWS
 * clients.
 *
 * @throws TypeError where the seed is wrong
 * @public
 */
export async function startLakeFormationEmulator(
  options: LakeFormationEmulatorOptions,
): Promise<LakeFormationEmulator> {
  const { port, host = '127.0.0.1', seed, defaultAccount } = options;
  if (defaultAccount !== undefined && !isAccountId(defaultAccount)) {
    throw new TypeError(
      `The default account must be an account id of twelve digits, found ${defaultAccount}`,
    );
  }
  const emulator = new Emulator({
    seed: seed ?? { accounts: [] },
    clock: createClock(),
    defaultAccount,
  });
  const server = createHttpServer(createServer(emulator));
  await listen(server, port, host);
  const { port: actualPort } = server.address() as AddressInfo;
  const urlHost = host.includes(':') ? `[${host}]` : host;
  const { calls, faults, clock, behaviour } = emulator;
  return {
    url: `http://${urlHost}:${actualPort}`,
    calls,
    faults,
    clock,
    behaviour,
    snapshot: () => emulator.snapshot(),
    restore: snapshot => emulator.restore(snapshot),
    reset: () => emulator.reset(),
    stop: async () => {
      faults.clear();
      const closed = new Promise<void>(resolve =>
        server.close(() => resolve()),
      );
      server.closeAllConnections();
      await closed;
    },
  };
}
