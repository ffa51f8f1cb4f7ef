import {
  Account,
  EmulatorState,
  catalogOf,
  emptyState,
  Catalog,
} from '../model/state/EmulatorState';
import { initialSettings } from '../model/catalog/LakeSettings';
import { addNestedCatalog, catalogIdOf } from '../model/state/nestedCatalogs';
import { serviceLinkedRole } from '../model/state/locations';
import { applyDatabase } from './applyDatabase';
import { applyFilters } from './applyFilters';
import { applyGrants } from './applyGrants';
import { applyTag, applyTagExpression, assignSeedTags } from './applyTags';
import { applyOptIns } from './applyOptIns';
import { organizationsOf } from './applyOrganizations';
import {
  LakeFormationEmulatorSeed,
  SeedAccount,
  SeedCatalog,
  SeedEncryption,
} from './SeedAccount';
import { readEncryption } from '../services/glue/catalogEncryption';
import { checkPolicyDocument } from '../services/glue/resourcePolicies';
import { createLakeFormationIdentityCenterConfiguration } from '../services/lakeformation/operations/createLakeFormationIdentityCenterConfiguration';
import { asLakeFormation } from './asLakeFormation';
import { rootContext } from './rootContext';

const DEFAULT_REGION = 'eu-west-1';

const catalogIn = (
  state: EmulatorState,
  { id, regions }: SeedAccount,
  region: string | undefined,
) => catalogOf(state, id, region ?? regions?.[0] ?? DEFAULT_REGION);

/** The state that a checked seed describes. */
export function applySeed(
  seed: LakeFormationEmulatorSeed,
  now: Date,
): EmulatorState {
  const state = emptyState();
  state.behaviour = { ...state.behaviour, ...structuredClone(seed.behaviour) };
  state.startedAt = now.getTime();
  state.organizations = organizationsOf(seed.organizations);
  for (const account of seed.accounts) {
    addAccount(state, account);
  }
  for (const account of seed.accounts) {
    addCatalog(state, account, now);
  }
  // Grants last: they may name principals of accounts that stand further down.
  applyGrants(seed.accounts, (account, region) =>
    rootContext(state, catalogIn(state, account, region), now),
  );
  for (const account of seed.accounts) {
    applyOptIns(account, region =>
      rootContext(state, catalogIn(state, account, region), now),
    );
  }
  return state;
}

function addAccount(state: EmulatorState, seed: SeedAccount) {
  const defaults = initialSettings();
  const { settings = {} } = seed;
  const account: Account = {
    id: seed.id,
    alias: seed.alias,
    roles: seed.roles,
    users: seed.users,
    policies: seed.policies?.map(policy => ({
      name: policy.name,
      inline: policy.inline ?? false,
      document: structuredClone(policy.document),
      principals: [
        ...(policy.roles ?? []).map(
          role => `arn:aws:iam::${seed.id}:role/${role}`,
        ),
        ...(policy.users ?? []).map(
          user => `arn:aws:iam::${seed.id}:user/${user}`,
        ),
      ],
    })),
    initialSettings: {
      administrators: seed.administrators ?? [],
      readOnlyAdministrators: seed.readOnlyAdministrators ?? [],
      createDatabaseDefaultPermissions:
        settings.createDatabaseDefaultPermissions ?? [],
      createTableDefaultPermissions:
        settings.createTableDefaultPermissions ?? [],
      parameters: {
        ...defaults.parameters,
        ...(settings.crossAccountVersion && {
          CROSS_ACCOUNT_VERSION: String(settings.crossAccountVersion),
        }),
      },
      trustedResourceOwners: settings.trustedResourceOwners ?? [],
      allowExternalDataFiltering: settings.allowExternalDataFiltering ?? false,
      allowFullTableExternalDataAccess:
        settings.allowFullTableExternalDataAccess ?? false,
      externalDataFilteringAllowList:
        settings.externalDataFilteringAllowList ?? [],
      authorizedSessionTagValues: settings.authorizedSessionTagValues ?? [],
    },
    catalogs: new Map(),
  };
  state.accounts.set(account.id, account);
  for (const region of seed.regions ?? []) {
    catalogOf(state, account.id, region);
  }
  for (const key of seed.keys ?? []) {
    state.keys.set(key.accessKeyId, { ...key });
  }
}

function addCatalog(state: EmulatorState, seed: SeedAccount, now: Date) {
  for (const location of seed.locations ?? []) {
    catalogIn(state, seed, location.region).locations.set(location.arn, {
      arn: location.arn,
      roleArn: location.roleArn ?? serviceLinkedRole(seed.id),
      hybridAccessEnabled: location.hybridAccessEnabled ?? false,
      withFederation: false,
      withPrivilegedAccess: false,
      lastModified: now.getTime(),
    });
  }
  const acting = (region: string | undefined) =>
    rootContext(state, catalogIn(state, seed, region), now);
  if (seed.identityCenterInstance) {
    asLakeFormation(
      createLakeFormationIdentityCenterConfiguration,
      'CreateLakeFormationIdentityCenterConfigurationRequest',
      { InstanceArn: seed.identityCenterInstance },
      acting(undefined),
      `identityCenterInstance of account ${seed.id}`,
    );
  }
  if (seed.resourcePolicy) {
    addResourcePolicy(catalogIn(state, seed, undefined), seed, now);
  }
  if (seed.encryption) {
    addEncryption(catalogIn(state, seed, undefined), seed.encryption);
  }
  for (const tag of seed.lfTags ?? []) {
    applyTag(tag, acting(tag.region));
  }
  for (const saved of seed.lfTagExpressions ?? []) {
    applyTagExpression(saved, acting(saved.region));
  }
  for (const nested of seed.catalogs ?? []) {
    const root = catalogIn(state, seed, nested.region);
    const catalog = addPath(root, nested, now.getTime());
    for (const database of nested.databases ?? []) {
      applyDatabase(state, catalog, database, now);
      applyFilters(database, acting(nested.region), catalogIdOf(catalog));
    }
  }
  for (const database of seed.databases ?? []) {
    const catalog = catalogIn(state, seed, database.region);
    applyDatabase(state, catalog, database, now);
    applyFilters(database, acting(database.region));
    assignSeedTags(database, acting(database.region));
  }
}

/** A nested catalog, with those that contain it. */
function addPath(root: Catalog, seed: SeedCatalog, at: number): Catalog {
  const names = seed.path.split('/');
  const paths = names.map((_, i) => names.slice(0, i + 1).join('/'));
  const catalogs = paths.map(
    path =>
      root.nested.get(path) ??
      addNestedCatalog(root, {
        path,
        createDatabaseDefaultPermissions: [],
        createTableDefaultPermissions: [],
        createdAt: at,
        updatedAt: at,
      }),
  );
  const catalog = catalogs[catalogs.length - 1];
  if (catalog.inside) catalog.inside.description = seed.description;
  return catalog;
}

function addEncryption(catalog: Catalog, seed: SeedEncryption) {
  try {
    catalog.encryption = readEncryption({
      EncryptionAtRest: {
        CatalogEncryptionMode: seed.mode,
        SseAwsKmsKeyId: seed.keyId,
        CatalogEncryptionServiceRole: seed.serviceRole,
      },
    });
  } catch (error) {
    throw new TypeError(
      `The emulator's seed has an encryption that Glue would refuse, account ${
        catalog.accountId
      }: ${(error as Error).message}`,
    );
  }
}

function addResourcePolicy(catalog: Catalog, seed: SeedAccount, now: Date) {
  const json = JSON.stringify(seed.resourcePolicy);
  try {
    checkPolicyDocument(catalog, json);
  } catch (error) {
    throw new TypeError(
      `The emulator's seed has a resourcePolicy that Glue would refuse, account ${
        seed.id
      }: ${(error as Error).message}`,
    );
  }
  const at = now.getTime();
  catalog.resourcePolicy = { json, createdAt: at, updatedAt: at };
}
