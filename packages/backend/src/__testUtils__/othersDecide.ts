import type { RequestDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { ANA, ANALYST_ROLE, JO, OWN_TABLE, SUE } from './attackedCompany';
import type { AttackedMesh } from './attackedMesh';

const HAL = 'user:default/hal';
const GIL = 'user:default/gil';
const DECIDERS = [JO, SUE, HAL, GIL];
/** Of what waits, so many of the newest are looked at. */
const AT_ONCE = 3;

const back = { comment: 'This is not yours' };

/** Ana's requests are approved, and those of others are not. */
async function decideRequests(mesh: AttackedMesh): Promise<void> {
  const waiting: Array<{ id: string }> = await mesh
    .knex('access_requests')
    .where({ state: 'pending' })
    .orderBy('created_at', 'desc')
    .limit(AT_ONCE)
    .select('id');
  for (const { id } of waiting) {
    for (const decider of DECIDERS) {
      const { status, text } = await mesh.send(decider, `/requests/${id}`);
      if (status >= 400) continue;
      const seen: RequestDetail = JSON.parse(text);
      if (!seen.actions.includes('approve')) continue;
      await mesh.send(decider, `/requests/${id}/decisions`, {
        version: seen.version,
        body:
          seen.requesterRef === ANA
            ? { decision: 'approve' }
            : { decision: 'reject', ...back },
      });
    }
  }
}

/** The attackers may call their own table public, and nothing else goes. */
async function decidePublications(mesh: AttackedMesh): Promise<void> {
  const waiting = await mesh
    .knex('publications')
    .where('waiting', '>', 0)
    .orderBy('updated_at', 'desc')
    .limit(AT_ONCE)
    .select('id', 'version', 'product_ref', 'differences');
  for (const { id, version, product_ref: of, differences } of waiting) {
    const found: Array<{ id: string; kind: string; sentBack?: unknown }> =
      JSON.parse(differences);
    const open = found.filter(({ sentBack }) => !sentBack);
    const isFine = ({ kind }: { kind: string }) =>
      of === `dataproduct:default/${OWN_TABLE}` && kind === 'classification';
    for (const decider of [SUE, HAL, GIL]) {
      const { status } = await mesh.send(
        decider,
        `/publications/${id}/decisions`,
        {
          version,
          body: {
            accept: open.filter(isFine).map(one => one.id),
            sendBack: open.filter(one => !isFine(one)).map(one => one.id),
            ...back,
          },
        },
      );
      if (status < 300) break;
    }
  }
}

/** Those who may decide do: Ana asks for more, and gets it. */
export async function othersDecide(mesh: AttackedMesh): Promise<void> {
  await mesh.others(async () => {
    await mesh.send(ANA, '/requests', {
      body: {
        productRef: 'dataproduct:default/orders',
        port: 'lake',
        scope: {
          level: 'read',
          tables: [{ table: 'orders', columns: ['order_id'] }],
        },
        principals: [ANALYST_ROLE],
        purpose: 'analytics',
        durationDays: 30,
      },
    });
    await decideRequests(mesh);
    await decidePublications(mesh);
  });
}
