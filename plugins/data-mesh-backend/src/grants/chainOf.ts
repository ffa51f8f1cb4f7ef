import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import {
  principalInWords,
  scopeInWords,
  type Grant,
  type GrantExplanation,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import {
  resourceOf,
  toEntitlement,
} from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { People } from '../people';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import { hiddenEntitlement, type GrantSeen } from '../sight';
import { excessOf } from '../store/grants/ObservedGrantRow';
import type { ObservedGrantRow } from '../store/tables';
import { heldInWords } from './heldInWords';

type Link = GrantExplanation['chain'][number];

const MOST_MEMBERS = 20;

/** What telling the chain of a grant takes. */
export interface ChainDeps {
  knex: Knex;
  catalog: Pick<MeshCatalog, 'actingAs'>;
  people: Pick<People, 'membersOf'>;
  provisioners: ProvisionerRegistry;
}

/**
 * From people over groups and principal to the grant, and why it is there; each
 * link with its source.
 */
export async function chainOf(
  deps: ChainDeps,
  row: ObservedGrantRow,
  grant: Grant,
  seen: GrantSeen,
): Promise<Link[]> {
  const system = await systemOf(deps, row);
  return [
    ...(await actorLinks(deps, row)),
    heldLink(row, grant, system),
    ...(await reasonLinks(deps, row, grant, system, seen)),
  ];
}

/** Who may act as the principal, by the catalog. */
async function actorLinks(
  deps: ChainDeps,
  row: ObservedGrantRow,
): Promise<Link[]> {
  const entities = await deps.catalog.actingAs(row.principal);
  const refs = entities.map(entity => stringifyEntityRef(entity));
  const members = await deps.people.membersOf(refs);
  return entities.flatMap((entity, index) => {
    const ref = refs[index];
    const link: Link = {
      words: `${nameOf(entity)} acts as ${row.principal}`,
      source: 'annotation',
      entityRef: ref,
    };
    if (entity.kind.toLocaleLowerCase('en-US') === 'user') return [link];
    const all = members.get(ref) ?? [];
    const more = all.length - MOST_MEMBERS;
    return [
      ...all.slice(0, MOST_MEMBERS).map(
        (member): Link => ({
          words: `${member} is a member of ${nameOf(entity)}`,
          source: 'catalog',
          entityRef: member,
        }),
      ),
      ...(more > 0
        ? [
            {
              words: `${more} more are members of ${nameOf(entity)}`,
              source: 'catalog',
              entityRef: ref,
            },
          ]
        : []),
      link,
    ];
  });
}

function heldLink(row: ObservedGrantRow, grant: Grant, system: string): Link {
  const { permissions, resource, principal } = grant.grant;
  const held = row.gone_at === null ? 'holds' : 'held';
  return {
    words: `${principalInWords(principal)} ${held} ${permissions.join(
      ', ',
    )} on ${resource.words}`,
    source: system,
    at: row.first_seen_at,
  };
}

async function reasonLinks(
  deps: ChainDeps,
  row: ObservedGrantRow,
  grant: Grant,
  system: string,
  seen: GrantSeen,
): Promise<Link[]> {
  const links: Link[] = [];
  if (row.entitlement_id !== null) {
    links.push(...(await decidedLinks(deps, row.entitlement_id, grant, seen)));
  }
  if (row.because === 'adopted') links.push(...(await adoptedLinks(deps, row)));
  if (row.because === 'administrator' || row.because === 'unrestricted') {
    links.push({
      words: row.words ?? 'The system lets it in by its own rules',
      source: system,
    });
  }
  const { updatedAt, updatedBy } = grant.grant;
  if (updatedBy !== undefined) {
    links.push({
      words: `Last changed by ${updatedBy}`,
      source: system,
      ...(updatedAt !== undefined && { at: updatedAt }),
    });
  }
  const excess = excessOf(row);
  if (row.because === 'unexplained' && row.entitlement_id === null) {
    links.push({
      words: 'Nobody approved or adopted it here',
      source: 'Lakemesh',
    });
  } else if (excess.length > 0) {
    links.push({
      words: `Nobody approved or adopted a part of it: ${excess
        .map(heldInWords)
        .join('; ')}`,
      source: 'Lakemesh',
    });
  }
  return links;
}

async function decidedLinks(
  deps: ChainDeps,
  entitlementId: string,
  grant: Grant,
  seen: GrantSeen,
): Promise<Link[]> {
  const row = await deps
    .knex<EntitlementRow>('entitlements')
    .where({ id: entitlementId })
    .first();
  if (!row) return [];
  if (!seen.entitlement(resourceOf(row))) {
    return [{ words: hiddenEntitlement, source: 'entitlement' }];
  }
  const entitlement = toEntitlement(row);
  const { requestId, requesterRef, approvedBy = [] } = entitlement;
  const request = await deps
    .knex('access_requests')
    .where({ id: requestId })
    .first('created_at', 'decided_at', 'purpose');
  const until = entitlement.expiresAt
    ? `, until ${entitlement.expiresAt.slice(0, 10)}`
    : '';
  return [
    {
      words: `${requesterRef} asked for ${scopeInWords(entitlement.scope)} of ${
        entitlement.productTitle
      }, purpose: ${entitlement.purpose}`,
      source: 'request',
      entityRef: requesterRef,
      requestId,
      ...(request?.created_at && { at: request.created_at }),
    },
    ...approvedBy.map(
      (approver): Link => ({
        words: `${approver} approved it`,
        source: 'request',
        ...(approver.startsWith('user:') && { entityRef: approver }),
        requestId,
        ...(request?.decided_at && { at: request.decided_at }),
      }),
    ),
    {
      words:
        grant.because.kind === 'entitlement'
          ? `The entitlement is ${entitlement.state}${until}`
          : grant.because.words ?? `The entitlement is ${entitlement.state}`,
      source: 'entitlement',
      entitlementId,
      requestId,
      ...(entitlement.activatedAt && { at: entitlement.activatedAt }),
    },
  ];
}

async function adoptedLinks(
  deps: ChainDeps,
  row: ObservedGrantRow,
): Promise<Link[]> {
  const adoption = await deps
    .knex('adopted_grants')
    .where({ target_id: row.target_id, grant_key: row.grant_key })
    .orderBy('adopted_at', 'desc')
    .first();
  if (!adoption) return [];
  return [
    {
      words: `${adoption.adopted_by} adopted it: ${adoption.reason}`,
      source: 'adoption',
      entityRef: adoption.adopted_by,
      at: adoption.adopted_at,
    },
  ];
}

async function systemOf(
  deps: ChainDeps,
  row: ObservedGrantRow,
): Promise<string> {
  const target = await deps
    .knex('scan_targets')
    .where({ id: row.target_id })
    .first('port_type');
  return (
    (target && deps.provisioners.find(target.port_type)?.title) ?? 'system'
  );
}

function nameOf(entity: Entity): string {
  return stringifyEntityRef(entity);
}
