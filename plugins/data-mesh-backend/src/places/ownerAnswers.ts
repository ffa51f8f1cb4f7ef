import type {
  PortFacts,
  TableAddress,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TableDirectory } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { ProductHome } from '../catalog/productHome';
import type { PlaceBook } from './PlaceBook';

/**
 * Where the tables of published facts stand: the address of each but for its
 * name.
 *
 * @param directory - of the system that the facts name
 * @returns undefined where nobody knows
 */
export function addressOfFacts(
  directory: Pick<TableDirectory, 'addressOf'> | undefined,
  { system, location }: Pick<PortFacts, 'system' | 'location'>,
): Omit<TableAddress, 'table'> | undefined {
  return directory?.addressOf({ name: '', type: system, location, tables: [] });
}

/**
 * Whether the owner of a published port answers for tables: the catalog says so
 * now, no change of who decides waits, the owner belongs to the domain, and the
 * domain holds the place of each table. Pure.
 */
export function ownerAnswers(
  { facts, contested }: { facts: PortFacts; contested: boolean },
  home: ProductHome | undefined,
  tables: readonly TableAddress[],
  book: Pick<PlaceBook, 'belongs' | 'holderOf'>,
): boolean {
  const { ownerRef, domainRef } = facts;
  return (
    // While it waits whose product it is, it is nobody's to decide.
    !contested &&
    home?.ownerRef === ownerRef &&
    home.domainRef === domainRef &&
    book.belongs(ownerRef, domainRef) &&
    tables.every(table => {
      const holder = book.holderOf(table);
      return (
        holder !== undefined &&
        'domainRef' in holder &&
        holder.domainRef === domainRef
      );
    })
  );
}
