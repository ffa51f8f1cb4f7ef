import type {
  ObservedGrant,
  Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { counted } from '@lakemesh/backstage-plugin-data-mesh-common';
import { isIamAllowedPrincipals } from '../lake/principals';
import { expressionInWords } from '../lake/words';
import {
  AccessPart,
  AccessReason,
  TableSubject,
  partOf,
  reasonsOfPrincipal,
} from './accessPart';
import { AnswerItem, mergeParts } from './mergeParts';

interface Unrestricted {
  place: AnswerItem['resource'];
  tables: Set<string>;
  permissions: Set<string>;
  reasons: AccessReason[];
}

/** Gathers all that one principal sees: per table what its grants come to. */
export class ItemCollector {
  readonly #principal: Principal;
  readonly #tables = new Map<
    string,
    { subject: TableSubject; parts: AccessPart[] }
  >();
  readonly #others: AnswerItem[] = [];
  /** By database: catalogs from before Lake Formation have thousands. */
  readonly #unrestricted = new Map<string, Unrestricted>();

  constructor(principal: Principal) {
    this.#principal = principal;
  }

  /** A grant that names what it is on. */
  add(grant: ObservedGrant): void {
    const { catalogId, region, database, table } = grant.resource;
    if (catalogId && region && database && table) {
      if (isIamAllowedPrincipals(grant.principal.id)) {
        this.#addUnrestricted(grant, database, table);
        return;
      }
      const subject = { catalogId, region, database, table };
      const part = partOf(grant, subject);
      if (part) this.addPart(subject, part);
      return;
    }
    this.#others.push(this.#itemOf(grant));
  }

  /** What a grant by tag expression gives on a table. */
  addPart(subject: TableSubject, part: AccessPart): void {
    const key = JSON.stringify(Object.values(subject));
    const known = this.#tables.get(key);
    if (known) known.parts.push(part);
    else this.#tables.set(key, { subject, parts: [part] });
  }

  /** A database that a grant by tag expression reaches. */
  addTagged(grant: ObservedGrant, database: string): void {
    const { catalogId, region, savedExpression, tagExpression } =
      grant.resource;
    const by = savedExpression ?? expressionInWords(tagExpression ?? []);
    this.#others.push({
      principal: this.#principal,
      resource: { words: `database ${database}`, catalogId, region, database },
      permissions: grant.permissions,
      reasons: [
        {
          kind: 'tag-expression',
          words: `${grant.permissions.join(', ')} by tag expression: ${by}`,
        },
        ...reasonsOfPrincipal(grant),
      ],
    });
  }

  addItem(item: AnswerItem): void {
    this.#others.push(item);
  }

  items(): AnswerItem[] {
    const onTables = [...this.#tables.values()].flatMap(({ subject, parts }) =>
      mergeParts(
        subject,
        parts.map(part => ({ ...part, principal: this.#principal })),
      ),
    );
    const unrestricted = [...this.#unrestricted.values()].map(
      ({ place, tables, permissions, reasons }) => ({
        principal: this.#principal,
        resource: {
          ...place,
          words: `${counted(tables.size, 'table')} of ${
            place.database
          } that Lake Formation does not restrict: ${namesOf(tables)}`,
        },
        permissions: [...permissions].sort(),
        reasons,
      }),
    );
    return [...onTables, ...unrestricted, ...this.#others].sort((a, b) =>
      orderOf(a) < orderOf(b) ? -1 : 1,
    );
  }

  #itemOf(grant: ObservedGrant): AnswerItem {
    const { words, kind, catalogId, region, database } = grant.resource;
    return {
      principal: this.#principal,
      resource: { words, catalogId, region, database },
      permissions: grant.permissions,
      reasons: [
        {
          kind: kind === 'all-tables' || kind === 'database' ? kind : 'direct',
          words: `${grant.permissions.join(', ')} on ${words}`,
        },
        ...reasonsOfPrincipal(grant),
      ],
    };
  }

  #addUnrestricted(
    grant: ObservedGrant,
    database: string,
    table: string,
  ): void {
    const { catalogId, region } = grant.resource;
    const key = JSON.stringify([catalogId, region, database]);
    const known = this.#unrestricted.get(key) ?? {
      place: { words: '', catalogId, region, database },
      tables: new Set<string>(),
      permissions: new Set<string>(),
      reasons: reasonsOfPrincipal(grant),
    };
    known.tables.add(table);
    grant.permissions.forEach(one => known.permissions.add(one));
    this.#unrestricted.set(key, known);
  }
}

const NAMED = 20;

function namesOf(tables: ReadonlySet<string>): string {
  const names = [...tables].sort();
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${
    more > 0 ? ` and ${more} more` : ''
  }`;
}

function orderOf({ resource }: AnswerItem): string {
  const { catalogId, region, database = '', words } = resource;
  return [catalogId, region, database, words].join('\u0000');
}
