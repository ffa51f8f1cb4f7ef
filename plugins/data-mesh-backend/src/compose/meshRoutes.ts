import { entitlementPage } from '../entitlements/reading/entitlementPage';
import { AuditReaders } from '../audit';
import { CallerResolver } from '../identity/CallerResolver';
import { peopleChecks } from '../people';
import { PlaceReader, checkPlaces } from '../places';
import { ProductSearch } from '../products/ProductSearch';
import { ProductUsageReader } from '../products/ProductUsageReader';
import { SearchedProducts } from '../products/SearchedProducts';
import type { createRouter } from '../router';
import { ResourceLocks, TagLooks, TagService } from '../tags';
import type { Mesh } from './composeMesh';
import type { MeshEnvironment } from './MeshEnvironment';

/** What the routes of the plugin need of its parts. */
export function meshRoutes(
  mesh: Mesh,
  { services }: Pick<MeshEnvironment, 'services'>,
): Parameters<typeof createRouter>[0] {
  const { catalog, governance, people, permissions, places, placed } = mesh;
  const { publications, sight } = mesh;
  const entitlements = mesh.provisioning.reader;
  const usage = new ProductUsageReader({
    ...mesh,
    requests: mesh.requestStore,
    entitlements,
    publications: publications.reader,
  });
  const tags = new TagService({
    ...mesh,
    published: publications.published,
    locks: new ResourceLocks(mesh),
    looks: new TagLooks(mesh),
  });
  const checkPeople = async () =>
    peopleChecks({
      people,
      governanceRefs: governance.refs,
      rules: mesh.rules,
      ports: (await catalog.products()).flatMap(product => product.ports),
    });
  return {
    ...mesh,
    callers: new CallerResolver({ httpAuth: services.httpAuth, people }),
    auditor: services.auditor,
    auditReaders: new AuditReaders({ permissions, governance }),
    doctor: {
      ...mesh,
      entitlements,
      checks: [
        publications.checks,
        mesh.names.checks,
        checkPeople,
        checkPlaces({ placed, places }),
      ],
      successors: mesh.successions,
      sight: sight.grants,
    },
    names: mesh.names.service,
    placeReader: new PlaceReader({ ...mesh, placed }),
    usage,
    productSearch: new ProductSearch({
      products: new SearchedProducts({
        ...mesh,
        catalog: services.catalogService,
      }),
      usage,
      catalog,
    }),
    overview: {
      catalog,
      usage,
      entitlements: {
        list: (caller, query) =>
          entitlementPage(mesh.provisioning.entitlements, caller, query),
      },
      requests: mesh.requests.reader,
      publications: publications.reader,
      tags,
    },
    tags,
  };
}
