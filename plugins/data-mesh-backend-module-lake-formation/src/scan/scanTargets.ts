import {
  accountInWords,
  type OutputPort,
  type PlanStep,
  type ScanTarget,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { AccountConfig } from '../config';
import {
  DefaultRegion,
  checkPortLocation,
  readPortLocation,
  PORT_TYPE,
} from '../lake/PortLocation';

/** The id of an account and region as a target of scans. */
export const targetId = (accountId: string, region: string): string =>
  `${PORT_TYPE}/${accountId}/${region}`;

/** Regions of accounts, where a port names none. */
export const regionIn =
  (accounts: readonly AccountConfig[]): DefaultRegion =>
  accountId =>
    accounts.find(account => account.accountId === accountId)?.region;

/** Id of the target that a step writes to. Pure. */
export function targetOfStep({
  accountId,
  region,
}: PlanStep): string | undefined {
  return accountId && region ? targetId(accountId, region) : undefined;
}

/**
 * The accounts and regions that ports live in, and those that steps write to:
 * consumers' accounts hold links and what was passed on. Ports whose location
 * cannot be read are told of elsewhere.
 */
export function scanTargets(
  ports: OutputPort[],
  steps: PlanStep[],
  accounts: AccountConfig[],
): ScanTarget[] {
  const regionOf = regionIn(accounts);
  const targets = new Map<string, ScanTarget>();
  const add = (accountId: string, region: string) => {
    const id = targetId(accountId, region);
    if (targets.has(id)) return;
    const accountAlias = accounts.find(
      account => account.accountId === accountId,
    )?.alias;
    targets.set(id, {
      id,
      title: `${accountInWords({ accountId, accountAlias })} in ${region}`,
      portType: PORT_TYPE,
      accountId,
      ...(accountAlias && { accountAlias }),
      region,
    });
  };
  for (const port of ports) {
    if (
      port.type === PORT_TYPE &&
      checkPortLocation(port, regionOf).length === 0
    ) {
      const { accountId, region } = readPortLocation(port, regionOf);
      add(accountId, region);
    }
  }
  for (const { accountId, region } of steps) {
    if (accountId && region) add(accountId, region);
  }
  return [...targets.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
