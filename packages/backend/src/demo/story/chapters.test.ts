import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  isDataProductEntity,
  parseAwsPrincipal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { readMesh } from '../emulator/readMesh';
import { chapters } from './chapters';

describe('chapters of the demo story', () => {
  const entities = readMesh(resolvePackagePath('backend', 'mesh'));
  const users = new Set(
    entities.filter(e => e.kind === 'User').map(e => e.metadata.name),
  );

  it('have different ids', () => {
    const ids = chapters.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(chapters.map(chapter => [chapter.id, chapter] as const))(
    '%s is about people, products, tables and columns of the mesh',
    (_id, { as, request, then }) => {
      for (const name of [as, ...then.map(step => step.as)]) {
        expect(users).toContain(name);
      }
      const product = entities
        .filter(isDataProductEntity)
        .find(
          ({ metadata }) =>
            `dataproduct:default/${metadata.name}` === request.productRef,
        );
      const port = product?.spec.outputPorts.find(
        ({ name }) => name === request.port,
      );
      for (const { table, columns = [] } of request.scope.tables) {
        const known = port?.tables
          .find(({ name }) => name === table)
          ?.columns.map(({ name }) => name);
        expect(known).toEqual(expect.arrayContaining(columns));
      }
      for (const principal of request.principals) {
        expect(parseAwsPrincipal(principal)?.kind).toBe('iam-role');
      }
      const { purposes = [request.purpose], maxDurationDays = 365 } =
        product?.spec.access ?? {};
      expect(purposes).toContain(request.purpose);
      expect(request.durationDays).toBeLessThanOrEqual(maxDurationDays);
    },
  );

  it('let nobody decide about their own request', () => {
    const own = chapters.filter(({ as, then }) =>
      then.some(
        step =>
          step.as === as && step.act !== 'withdraw' && step.act !== 'revoke',
      ),
    );
    expect(own).toEqual([]);
  });
});
