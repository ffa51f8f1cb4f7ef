import { createHash } from 'node:crypto';
import {
  addressKey,
  type JudgedReach,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** Something protected that a scope reaches. */
export interface ProtectedThing {
  /** The same for the same, and short: there may be many. */
  key: string;
  words: string;
  isPersonal: boolean;
  /** The domains that it belongs to, and those who own what names it. */
  domainRefs: string[];
  ownerRefs: string[];
}

/**
 * What of a reach is protected: personal data, what is never shared, and tables
 * that belong to another domain than the product's. Pure.
 */
export function protectedReach(
  { tables }: Pick<JudgedReach, 'tables'>,
  domainRef: string,
): ProtectedThing[] {
  return tables.flatMap(({ address, columns, ports, holder }) => {
    const holderRef =
      holder && 'domainRef' in holder ? holder.domainRef : undefined;
    const domainRefs = [
      ...new Set([
        ...ports.map(port => port.domainRef),
        ...(holderRef ? [holderRef] : []),
      ]),
    ];
    const about = {
      domainRefs,
      ownerRefs: [...new Set(ports.map(port => port.ownerRef))],
    };
    const name = `${address.database}.${address.table}`;
    const keyed = (...parts: string[]) =>
      createHash('sha256')
        .update(JSON.stringify([addressKey(address), ...parts]))
        .digest('base64url')
        .slice(0, 16);
    const isForeign =
      domainRefs.length === 0 || domainRefs.some(ref => ref !== domainRef);
    return [
      ...(isForeign
        ? [
            {
              ...about,
              key: keyed('foreign'),
              words: `table \`${name}\` of ${
                domainRefs.join(', ') || 'no domain'
              }`,
              isPersonal: false,
            },
          ]
        : []),
      ...columns.flatMap(({ name: column, pii, neverSharedBy }) => [
        ...(pii
          ? [
              {
                ...about,
                key: keyed('personal', column.toLowerCase()),
                words: `\`${name}.${column}\`, which is personal data`,
                isPersonal: true,
              },
            ]
          : []),
        ...(neverSharedBy.length > 0
          ? [
              {
                ...about,
                key: keyed('never', column.toLowerCase()),
                words: `\`${name}.${column}\`, which is never shared`,
                isPersonal: false,
              },
            ]
          : []),
      ]),
    ];
  });
}
