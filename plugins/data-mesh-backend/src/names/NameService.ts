import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  RELATION_CHILD_OF,
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  nameAcceptPermission,
  type AcceptedName,
  type NameVerdict,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { Knex } from 'knex';
import type { AuditLog } from '../audit/AuditLog';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import { readRef } from '../catalog/readRef';
import { givesPower, kindOfRef } from './refKinds';
import { lookAlike } from './lookAlike';
import type { NameAnchors } from './NameAnchors';
import type { NameTrust } from './NameTrust';
import { readersOf, tellTrust } from './tellTrust';
import { originOf } from './originOf';

interface NameServiceDeps {
  knex: Knex;
  trust: NameTrust;
  anchors: NameAnchors;
  catalog: Pick<MeshCatalog, 'entitiesOf' | 'visible' | 'namesOf'>;
  governance: {
    isGovernance(caller: Caller): boolean;
    require(caller: Caller, what: string): void;
  };
  permissions: PermissionsService;
  audit: AuditLog;
}

/** Who may create a name, and who takes over one that somebody else had. */
export class NameService {
  readonly #deps: NameServiceDeps;

  constructor(deps: NameServiceDeps) {
    this.#deps = deps;
  }

  /**
   * Whether a name is free, and whether the caller may create it.
   *
   * @throws InputError where the reference is not in full
   */
  async find(caller: Caller, text: string): Promise<NameVerdict> {
    const ref = fullRef(text);
    const { trust, catalog, governance } = this.#deps;
    const [found, entities, above] = await Promise.all([
      trust([ref]),
      catalog.entitiesOf([ref]),
      groupsAbove(catalog, ref),
    ]);
    // Who is in a group stands for those above it, too.
    const isTrustedAbove = above.length > 0 && (await trust(above)).length > 0;
    const trusts = found.map(one => one.trust);
    const visible = new Set(
      await catalog.visible(
        [...new Set([ref, ...readersOf(trusts)])],
        caller.credentials,
      ),
    );
    const entity = entities.get(ref);
    const governs = governance.isGovernance(caller);
    const mayUse = trusts.length === 0 || governs;
    const closeTo =
      entity || trusts.length > 0
        ? undefined
        : await this.#closeTo(caller, ref);
    return {
      ref,
      state: stateOf(entity, trusts.length > 0, closeTo),
      trustedBy: tellTrust(trusts, one => visible.has(one)),
      ...(entity && visible.has(ref) && { takenBy: takenBy(ref, entity) }),
      ...(closeTo && { closeTo }),
      mayCreate: !entity && mayUse,
      mayJoin: mayUse && (!isTrustedAbove || governs),
    };
  }

  /**
   * Lets who has taken a trusted name over stand behind it.
   *
   * @throws NotAllowedError, NotFoundError; ConflictError where the name was
   *   never anybody else's
   */
  async accept(
    caller: Caller,
    { ref: text, reason }: { ref: string; reason: string },
  ): Promise<AcceptedName> {
    const { permissions, governance, anchors, catalog, knex } = this.#deps;
    await requirePermission(permissions, nameAcceptPermission, caller);
    governance.require(caller, 'Accepting who has taken over a trusted name');
    const ref = fullRef(text);
    const entity = (await catalog.entitiesOf([ref])).get(ref);
    if (!entity) {
      throw new NotFoundError(`There is no ${ref} in the catalog to accept`);
    }
    if (!givesPower(ref) || (await anchors.check(ref, entity)) !== 'replaced') {
      throw new ConflictError(
        `${ref} needs no acceptance: nobody else was known under this name`,
      );
    }
    const before = (await anchors.find([ref])).get(ref);
    const decision = { actorRef: caller.userRef, reason };
    await knex.transaction(async tx => {
      await anchors.accept(tx, ref, entity, decision);
      await this.#deps.audit.append(tx, {
        actorRef: caller.userRef,
        action: 'name.accepted',
        subject: `name:${ref}`,
        before: { uid: before?.uid ?? null, origin: before?.origin ?? null },
        after: {
          uid: entity.metadata.uid ?? null,
          origin: originOf(entity) ?? null,
          reason,
        },
      });
    });
    return { ref, origin: originOf(entity) };
  }

  /** Only among what the caller may see: a hint, which tells nothing new. */
  async #closeTo(caller: Caller, ref: string): Promise<string | undefined> {
    const { kind, namespace, name } = parseEntityRef(ref);
    const names = await this.#deps.catalog.namesOf(kind, caller.credentials);
    const like = lookAlike(name, names);
    return like && stringifyEntityRef({ kind, namespace, name: like });
  }
}

/** The groups that a group is a part of, by however many steps. */
async function groupsAbove(
  catalog: Pick<MeshCatalog, 'entitiesOf'>,
  ref: string,
): Promise<string[]> {
  const above = new Set<string>();
  for (let level = [ref]; level.length > 0; ) {
    const found = await catalog.entitiesOf(level);
    level = [...found.values()]
      .flatMap(({ relations = [] }) => relations)
      .flatMap(({ type, targetRef }) =>
        type === RELATION_CHILD_OF && !above.has(targetRef) ? [targetRef] : [],
      );
    for (const one of level) above.add(one);
  }
  above.delete(ref);
  return [...above];
}

function fullRef(text: string): string {
  const ref = readRef(text);
  if (ref && kindOfRef(ref)) return ref;
  throw new InputError(
    `ref is '${text}', expected a full reference like group:default/team-orders`,
  );
}

function stateOf(
  entity: Entity | undefined,
  trusted: boolean,
  closeTo: string | undefined,
): NameVerdict['state'] {
  if (entity) return 'taken';
  if (trusted) return 'trusted';
  return closeTo ? 'close' : 'free';
}

function takenBy(ref: string, entity: Entity): NameVerdict['takenBy'] {
  const { title, namespace: defaultNamespace } = entity.metadata;
  const owner = entity.spec?.owner;
  const ownerRef =
    typeof owner === 'string'
      ? readRef(owner, { defaultKind: 'Group', defaultNamespace })
      : undefined;
  return { ref, ...(title && { title }), ...(ownerRef && { ownerRef }) };
}
