import {
  GrantPermissionsCommand,
  type Permission,
  type Resource,
} from '@aws-sdk/client-lakeformation';
import type { StepError } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EmulatedLake, startLake } from './EmulatedLake';
import { Entitlements } from './Entitlements';
import { DATABASE, roleArn } from './builders';

/** A lake for each test of a file, stopped after it. */
export function useLake() {
  let lake: EmulatedLake | undefined;
  let entitlements: Entitlements | undefined;
  afterEach(() => lake?.stop());

  const started = <T>(part: T | undefined): T => {
    if (!part) throw new Error('Call start() first');
    return part;
  };

  return {
    async start(options?: Parameters<typeof startLake>[0]): Promise<void> {
      lake = await startLake(options);
      entitlements = new Entitlements(lake.provisioner);
    },
    get lake(): EmulatedLake {
      return started(lake);
    },
    get entitlements(): Entitlements {
      return started(entitlements);
    },
    /** A grant that somebody else makes. */
    async foreignGrant(
      resource: Resource,
      permissions: Permission[],
      principal = roleArn('analytics'),
    ): Promise<void> {
      await started(lake).root.send(
        new GrantPermissionsCommand({
          Principal: { DataLakePrincipalIdentifier: principal },
          Resource: resource,
          Permissions: permissions,
        }),
      );
    },
    /** How the provisioner classifies what the work fails with. */
    async failing(work: Promise<unknown>): Promise<Omit<StepError, 'at'>> {
      const error = await work.then(
        () => new Error('It did not fail'),
        reason => reason,
      );
      return started(lake).provisioner.classify(error);
    },
  };
}

export const tableResource = (name: string): Resource => ({
  Table: { DatabaseName: DATABASE, Name: name },
});

export const allTablesResource: Resource = {
  Table: { DatabaseName: DATABASE, TableWildcard: {} },
};

export const columnsResource = (name: string, list: string[]): Resource => ({
  TableWithColumns: { DatabaseName: DATABASE, Name: name, ColumnNames: list },
});
