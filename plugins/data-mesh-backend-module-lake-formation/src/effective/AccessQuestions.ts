import { InputError, isError } from '@backstage/errors';
import type {
  AccessAnswer,
  ObservedGrant,
  Principal,
  TagExpression,
  WhatQuery,
  WhoQuery,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { ScannedGrant } from '@lakemesh/backstage-plugin-data-mesh-node';
import { mapLimited } from '../aws/mapLimited';
import { accountOfCatalog, glueName } from '../lake/PortLocation';
import { LakeAdministrators } from '../lake/administrators';
import { coversColumns, isNoColumns } from '../lake/columns';
import { ReadPrincipal } from '../lake/observed';
import { Caveats } from './Caveats';
import { ItemCollector } from './ItemCollector';
import { TagReader } from './TagReader';
import {
  AccessPart,
  TableSubject,
  TagKnowledge,
  expressionOf,
  mayReach,
  partOf,
} from './accessPart';
import { administratorItem, administratorsSeeing } from './administrators';
import { appliesTo } from './appliesTo';
import { AnswerItem, mergeParts } from './mergeParts';

type Grants = AsyncIterable<ScannedGrant> | Iterable<ScannedGrant>;
type Answer = Pick<AccessAnswer, 'items' | 'caveats'>;

/** Tables that one tag expression is followed to before an answer stops. */
const TABLES_PER_EXPRESSION = 1_000;
/** Tables whose tags are read one by one, for one expression. */
const TABLES_LOOKED_AT = 100;
const LOOKS_AT_ONCE = 4;

/** Reads tags, as far as questions need them. */
export type ReadsTags = Omit<Pick<TagReader, keyof TagReader>, 'assigned'>;
/** Reads who administers a lake. */
export type ReadAdministrators = (
  accountId: string,
  region: string,
  signal?: AbortSignal,
) => Promise<LakeAdministrators>;

/**
 * Who sees what, by all that reaches it. What grants say is in the scan; LF-Tags
 * and administrators are asked for where the answer needs them. What cannot be
 * asked is a caveat, never a silent gap.
 */
export class AccessQuestions {
  readonly #tags: ReadsTags;
  readonly #readAdministrators: ReadAdministrators;
  readonly #readPrincipal: ReadPrincipal;

  constructor(options: {
    tags: ReadsTags;
    readAdministrators: ReadAdministrators;
    readPrincipal: ReadPrincipal;
  }) {
    this.#tags = options.tags;
    this.#readAdministrators = options.readAdministrators;
    this.#readPrincipal = options.readPrincipal;
  }

  async who(
    query: WhoQuery,
    grants: Grants,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const subject: TableSubject = {
      catalogId: query.catalogId,
      region: query.region,
      database: glueName(query.database),
      table: glueName(query.table),
    };
    const column =
      query.column === undefined ? undefined : glueName(query.column);
    const caveats = new Caveats();
    const reaching: ObservedGrant[] = [];
    for await (const { grant } of grants) {
      if (mayReach(grant, subject)) reaching.push(grant);
    }
    const known = await this.#tagsFor(reaching, subject, caveats, signal);
    const parts = new Map<string, AccessPart[]>();
    for (const grant of reaching) {
      const part = partOf(grant, subject, known);
      if (part && (column === undefined || shows(part, column))) {
        const { id } = grant.principal;
        parts.set(id, [...(parts.get(id) ?? []), part]);
        caveats.ofGrant(grant);
      }
    }
    const items = [...parts.values()].flatMap(ofOne =>
      mergeParts(subject, ofOne),
    );
    const settings = await this.#administrators(subject, caveats, signal);
    if (settings) {
      items.push(
        ...administratorsSeeing(settings, subject, this.#readPrincipal),
      );
    }
    if (column !== undefined) caveats.ofColumn(column);
    if (query.at) caveats.ofThen(query.at);
    return { items: items.sort(byPrincipal), caveats: caveats.texts() };
  }

  async what(
    query: WhatQuery,
    grants: Grants,
    signal?: AbortSignal,
  ): Promise<Answer> {
    const principal = this.#readPrincipal(query.principal);
    if (principal.kind === 'other') {
      throw new InputError(
        `principal is '${query.principal}', expected an ARN, an account id or another principal of Lake Formation`,
      );
    }
    const caveats = new Caveats();
    const items = new ItemCollector(principal);
    const places = new Map<
      string,
      Pick<TableSubject, 'catalogId' | 'region'>
    >();
    for await (const { grant } of grants) {
      const { catalogId, region } = grant.resource;
      if (catalogId && region) {
        const accountId = accountOfCatalog(catalogId);
        places.set(`${accountId}/${region}`, { catalogId: accountId, region });
      }
      if (!appliesTo(grant, principal)) continue;
      caveats.ofGrant(grant);
      if (grant.resource.kind === 'tag-policy') {
        await this.#follow(grant, items, caveats, signal);
      } else {
        items.add(grant);
      }
    }
    for (const place of places.values()) {
      const settings = await this.#administrators(place, caveats, signal);
      const item = settings && administratorItem(settings, place, principal);
      if (item) items.addItem(item);
    }
    caveats.ofPrincipal(principal);
    if (query.at) caveats.ofThen(query.at);
    return { items: items.items(), caveats: caveats.texts() };
  }

  /** Tags are read where a grant goes by them, and only then. */
  async #tagsFor(
    grants: ObservedGrant[],
    subject: TableSubject,
    caveats: Caveats,
    signal?: AbortSignal,
  ): Promise<TagKnowledge | undefined> {
    const policies = grants.filter(one => one.resource.kind === 'tag-policy');
    if (policies.length === 0) return undefined;
    try {
      return {
        tags: await this.#tags.ofTable(subject, signal),
        saved: await this.#savedExpressions(policies, subject, signal),
      };
    } catch (error) {
      signal?.throwIfAborted();
      caveats.add(
        `LF-Tags of ${subject.database}.${
          subject.table
        } could not be read, so grants by tag expression are missing: ${reasonOf(
          error,
        )}`,
      );
      return undefined;
    }
  }

  async #savedExpressions(
    policies: ObservedGrant[],
    place: Pick<TableSubject, 'catalogId' | 'region'>,
    signal?: AbortSignal,
  ): Promise<Map<string, TagExpression>> {
    const saved = new Map<string, TagExpression>();
    const names = new Set(
      policies.flatMap(one => one.resource.savedExpression ?? []),
    );
    for (const name of names) {
      const found = await this.#tags.savedExpression(place, name, signal);
      if (found) saved.set(name, found);
    }
    return saved;
  }

  /** From a tag expression to what has these tags now. */
  async #follow(
    grant: ObservedGrant,
    items: ItemCollector,
    caveats: Caveats,
    signal?: AbortSignal,
  ): Promise<void> {
    const { catalogId, region, tagPolicyReach, words } = grant.resource;
    if (!catalogId || !region) return;
    const place = { catalogId, region };
    const options = { atMost: TABLES_PER_EXPRESSION, signal };
    try {
      const saved = await this.#savedExpressions([grant], place, signal);
      const expression = expressionOf(grant, saved);
      if (!expression) return;
      if (tagPolicyReach === 'databases') {
        const { found, isWhole } = await this.#tags.databasesWith(
          place,
          expression,
          options,
        );
        found.forEach(database => items.addTagged(grant, database));
        if (!isWhole) caveats.cut(words, TABLES_PER_EXPRESSION);
        return;
      }
      const { found, isWhole } = await this.#tags.tablesWith(
        place,
        expression,
        options,
      );
      // AWS does not say whether a search tells the columns that it does not
      // reach: a look at each table does.
      const isFew = found.length <= TABLES_LOOKED_AT;
      await mapLimited(found, LOOKS_AT_ONCE, async one => {
        const { database, table } = one;
        const subject = { ...place, database, table };
        const tags = isFew
          ? await this.#tags.ofTable(subject, signal)
          : one.tags;
        const part = partOf(grant, subject, { tags, saved });
        if (part) items.addPart(subject, part);
      });
      if (!isFew) caveats.columnsBySearch(words, TABLES_LOOKED_AT);
      if (!isWhole) caveats.cut(words, TABLES_PER_EXPRESSION);
    } catch (error) {
      signal?.throwIfAborted();
      caveats.add(
        `What the grant on ${words} reaches could not be read: ${reasonOf(
          error,
        )}`,
      );
    }
  }

  async #administrators(
    { catalogId, region }: Pick<TableSubject, 'catalogId' | 'region'>,
    caveats: Caveats,
    signal?: AbortSignal,
  ): Promise<LakeAdministrators | undefined> {
    const accountId = accountOfCatalog(catalogId);
    try {
      return await this.#readAdministrators(accountId, region, signal);
    } catch (error) {
      signal?.throwIfAborted();
      caveats.add(
        `The administrators of account ${accountId} could not be read and are missing: ${reasonOf(
          error,
        )}`,
      );
      return undefined;
    }
  }
}

function shows({ readable }: AccessPart, column: string): boolean {
  return !isNoColumns(readable) && coversColumns(readable, { only: [column] });
}

function byPrincipal(a: AnswerItem, b: AnswerItem): number {
  return orderOf(a.principal) < orderOf(b.principal) ? -1 : 1;
}

function orderOf({ accountId = '', name, id }: Principal) {
  return [accountId, name, id].join('\u0000');
}

function reasonOf(error: unknown) {
  return isError(error) ? `${error.name}: ${error.message}` : String(error);
}
