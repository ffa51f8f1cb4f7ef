import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  Entitlement,
  Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** A data product's port, as `orders:daily` or `dataproduct:shop/orders:daily`. */
export interface ProductPort {
  productRef: string;
  port: string;
}

/** @throws InputError saying what was found */
export function readProductPort(text: string): ProductPort {
  const colon = text.lastIndexOf(':');
  const port = text.slice(colon + 1);
  if (colon < 1 || !port || port.includes('/')) {
    throw new InputError(
      `'${text}' names no port; expected PRODUCT:PORT, like orders:daily`,
    );
  }
  const ref = parseEntityRef(text.slice(0, colon), {
    defaultKind: 'dataproduct',
    defaultNamespace: 'default',
  });
  return { productRef: stringifyEntityRef(ref), port };
}

const endOf = ({ expiresAt }: Entitlement) => expiresAt ?? '9999';

const principals = (entitlements: readonly Entitlement[]) =>
  [...new Set(entitlements.map(one => one.principal.id))].join(' and ');

/**
 * The one entitlement that is meant.
 *
 * @throws NotFoundError where there is none, InputError where there are several
 */
export function chooseEntitlement(
  entitlements: readonly Entitlement[],
  { productRef, port }: ProductPort,
  principal: string | undefined,
): Entitlement {
  const onPort = entitlements.filter(one => one.port === port);
  const found = onPort.filter(
    ({ principal: { id, name } }) =>
      principal === undefined || id === principal || name === principal,
  );
  const [first, ...others] = found;
  if (!first) {
    throw new NotFoundError(
      principal !== undefined && onPort.length > 0
        ? `You have no active access to port ${port} of ${productRef} as ${principal}, only as ${principals(
            onPort,
          )}`
        : `You have no active access to port ${port} of ${productRef}; ask for it in the portal`,
    );
  }
  if (others.length > 0 && principal === undefined) {
    const distinct = new Set(found.map(one => one.principal.id));
    if (distinct.size > 1) {
      throw new InputError(
        `You have access to port ${port} of ${productRef} as ${principals(
          found,
        )}; choose one with --principal`,
      );
    }
  }
  // Of several for one principal, the one that ends last.
  return [...found].sort((a, b) => endOf(b).localeCompare(endOf(a)))[0];
}

/**
 * The one table that credentials are for.
 *
 * @throws InputError where there are none to be had, or several to choose from
 */
export function chooseTable(
  { available, reason, tables = [] }: Usage['credentials'],
  table: string | undefined,
): string {
  if (!available) {
    throw new InputError(
      `No credentials are given out for this access${
        reason ? `: ${reason}` : ''
      }`,
    );
  }
  if (table !== undefined) {
    if (!tables.includes(table)) {
      throw new InputError(
        `--table is '${table}', expected one of ${tables.join(', ')}`,
      );
    }
    return table;
  }
  if (tables.length !== 1) {
    throw new InputError(
      `The access is to several tables; choose one with --table: ${tables.join(
        ', ',
      )}`,
    );
  }
  return tables[0];
}
