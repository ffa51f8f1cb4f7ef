import { Catalog } from './Catalog';
import { EmulatorState, accountOf } from './EmulatorState';
import { ALL_TABLES, GrantResource } from './Grant';

/** Whether an IAM role or user exists, as far as the account declares them. */
export function principalExists(
  state: EmulatorState,
  principal: string,
): boolean {
  const [, accountId, kind, name] =
    /^arn:aws:iam::(\d{12}):(role|user)\/(.+)$/.exec(principal) ?? [];
  if (!accountId) return true;
  const account = accountOf(state, accountId);
  const known = kind === 'role' ? account.roles : account.users;
  return known === undefined || known.includes(name);
}

/** What is missing of a resource, or undefined where it is there. */
export function missingPart(
  catalog: Catalog,
  resource: GrantResource,
): 'Database' | 'Table' | 'Location' | undefined {
  switch (resource.kind) {
    case 'catalog':
      return undefined;
    case 'dataLocation':
      return catalog.locations.has(resource.arn) ? undefined : 'Location';
    default: {
      const database = catalog.databases.get(resource.database);
      if (!database) return 'Database';
      return resource.kind === 'database' ||
        resource.table === ALL_TABLES ||
        database.tables.has(resource.table)
        ? undefined
        : 'Table';
    }
  }
}
