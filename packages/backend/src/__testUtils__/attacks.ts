import type { Entity } from '@backstage/catalog-model';
import { OWN_TABLE } from './attackedCompany';
import type { AttackedMesh } from './attackedMesh';
import { othersDecide } from './othersDecide';

/** A record by its number among those that there are then, the newest first. */
interface Which {
  which: number;
  /** Only of this product. */
  of?: string;
}

/** One step of an attack, before it is known what there will be. */
export type Attack =
  | { does: 'register'; entity: Entity }
  | { does: 'unregister'; ref: string }
  | { does: 'time passes'; task: string }
  /** Those who may: they decide what waits, as they should. */
  | { does: 'others decide' }
  | { does: 'post'; as: string; path: string; body: object; key?: string }
  | ({
      does: 'post to';
      as: string;
      table: string;
      /** As in `/requests/{id}/decisions`. */
      path: string;
      body: object;
      sees?: 'version';
    } & Which)
  | ({ does: 'decide publication'; as: string } & Which)
  | ({ does: 'resolve drift'; as: string; action: string } & Which);

/**
 * What was answered, and whether it gave credentials away. Nothing is asked
 * where there is no such record yet.
 */
export interface Answer {
  status?: number;
  gaveCredentials?: boolean;
}

/** By what records of a table are from old to new. */
const ORDER: { [table: string]: string } = {
  access_requests: 'created_at',
  entitlements: 'created_at',
  place_claims: 'created_at',
  publications: 'updated_at',
};

/** The newest first. The attackers know every id: it must not depend on them. */
async function nth(
  mesh: AttackedMesh,
  table: string,
  { which, of }: Which,
): Promise<{ id: string; version: number } | undefined> {
  const rows: Array<{ id: string; version: number }> = await mesh
    .knex(table)
    .where(of === undefined ? {} : { product_ref: of })
    .orderBy(ORDER[table] ?? 'id', 'desc')
    .select('*');
  return rows.length > 0 ? rows[which % rows.length] : undefined;
}

/** Does one step, and hopes. */
export async function attack(
  mesh: AttackedMesh,
  step: Attack,
): Promise<Answer> {
  switch (step.does) {
    case 'register':
      mesh.catalog.register(step.entity);
      return {};
    case 'unregister':
      mesh.catalog.unregister(step.ref);
      return {};
    case 'time passes':
      await mesh.runTask(step.task);
      return {};
    case 'others decide':
      await othersDecide(mesh);
      return {};
    case 'post':
      return mesh.send(step.as, step.path, {
        body: step.body,
        ...(step.key && { headers: { 'idempotency-key': step.key } }),
      });
    case 'post to': {
      const found = await nth(mesh, step.table, step);
      if (!found) return {};
      const { status } = await mesh.send(
        step.as,
        step.path.replace('{id}', found.id),
        {
          body: step.body,
          ...(step.sees && { version: found.version }),
        },
      );
      return {
        status,
        gaveCredentials:
          step.path.endsWith('credentials') &&
          status < 400 &&
          !('table' in step.body && step.body.table === OWN_TABLE),
      };
    }
    case 'decide publication': {
      const found = await nth(mesh, 'publications', step);
      if (!found) return {};
      const row = await mesh
        .knex('publications')
        .where({ id: found.id })
        .first('differences');
      const differences: Array<{ id: string }> = JSON.parse(row.differences);
      return mesh.send(step.as, `/publications/${found.id}/decisions`, {
        version: found.version,
        body: { accept: differences.map(({ id }) => id), sendBack: [] },
      });
    }
    default: {
      const found = await nth(mesh, 'drift_items', step);
      if (!found) return {};
      return mesh.send(step.as, '/drift/resolutions', {
        body: {
          ids: [String(found.id)],
          action: step.action,
          reason: 'Because we can',
        },
      });
    }
  }
}
