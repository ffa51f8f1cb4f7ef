import { Catalog } from '../state/EmulatorState';
import { rootOf } from '../iam/principals';

/** Whoever may do everything in a nested catalog. */
const isSuperUser = ({ inside, grants }: Catalog, principal: string) =>
  inside !== undefined &&
  (grants
    .get(principal, { kind: 'catalog' })
    ?.permissions.includes('SUPER_USER') ??
    false);

/** A data lake administrator; the account's root always is one here. */
export const isAdministrator = (catalog: Catalog, principal: string) =>
  principal === rootOf(catalog.accountId) ||
  catalog.settings.administrators.includes(principal) ||
  isSuperUser(catalog, principal);

/** Whoever sees everything: administrators and read-only administrators. */
export const seesEverything = (catalog: Catalog, principal: string) =>
  isAdministrator(catalog, principal) ||
  catalog.settings.readOnlyAdministrators.includes(principal);
