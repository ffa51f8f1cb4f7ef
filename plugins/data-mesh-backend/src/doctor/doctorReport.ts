import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_PRINCIPALS,
  counted,
  doctorReadPermission,
  type DoctorReport,
  type OutputPort,
  type Principal,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { TaggedProduct } from '@lakemesh/backstage-plugin-data-mesh-node';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import { portOf, principalOf } from '../store/entitlements/EntitlementRow';
import type { EntitlementRow } from '../store/tables';
import type { EntitlementStore } from '../entitlements/reading/EntitlementStore';
import type { Caller } from '../identity/Caller';
import { requirePermission } from '../permissions';
import { refsOf, type GrantSight, type GrantView } from '../sight';
import type { Successions } from '../successions';
import {
  callProvisioner,
  ProvisionerFailure,
} from '../provisioners/ProvisionerFailure';
import type { ProvisionerRegistry } from '../provisioners/ProvisionerRegistry';
import type { FoundItem } from './FoundItem';
import { mapInTurns } from '../turns';

const DIAGNOSIS_MS = 60_000;

type Item = DoctorReport['items'][number];
type SuccessorOf = Awaited<ReturnType<Successions['told']>>;

/** What another part of the plugin finds, in words that the caller may read. */
export type DoctorCheck = (caller: Caller) => Promise<FoundItem[]>;

/** What finding takes. */
export interface DoctorDeps {
  catalog: Pick<MeshCatalog, 'products' | 'principalAnnotations' | 'domains'>;
  entitlements: Pick<EntitlementStore, 'live'>;
  provisioners: ProvisionerRegistry;
  permissions: PermissionsService;
  /** What other parts of the plugin know. */
  checks?: readonly DoctorCheck[];
  /** What succeeds products that have vanished. Absent: nothing is known. */
  successors?: Pick<Successions, 'told'>;
  sight: Pick<GrantSight, 'view'>;
  now: () => Date;
}

/**
 * Finds what would make plans fail, before it does. Looks only. All of it for
 * governance and auditors; for others what is about the products
 * and domains that they are in charge of.
 *
 * @throws NotAllowedError
 */
export async function doctorReport(
  deps: DoctorDeps,
  caller: Caller,
): Promise<DoctorReport> {
  await requirePermission(deps.permissions, doctorReadPermission, caller);
  const view = await deps.sight.view(caller);
  const own = await inChargeOf(deps, caller, view);
  const published = view === 'all' ? undefined : new Set(refsOf(view));
  const isTold = ({ productRef }: { productRef: string }) =>
    published?.has(productRef) ?? true;
  const [allProducts, allLive, annotations, known] = await Promise.all([
    deps.catalog.products(),
    deps.entitlements.live(),
    // Of the mesh as a whole.
    own ? [] : deps.catalog.principalAnnotations(),
    foundElsewhere(deps, caller, own),
  ]);
  const products = allProducts.filter(isTold);
  const live = allLive.filter(row => isTold({ productRef: row.product_ref }));
  const there = new Set(products.map(product => product.productRef));
  const vanished = live.filter(row => !there.has(row.product_ref));
  const successorOf = await deps.successors?.told(
    vanished.map(row => ({ productRef: row.product_ref, port: row.port })),
    caller,
  );
  // What is wrong with its own file is told of a product that is not published.
  const declared = allProducts.filter(
    ({ productRef }) => own?.has(productRef) ?? true,
  );
  const given = await mapInTurns(
    new Set(live.map(row => row.port_snapshot)),
    snapshot => portOf({ port_snapshot: snapshot }),
  );
  const ports = await distinctPorts([
    ...products.flatMap(product => product.ports),
    ...given,
  ]);
  const principals = distinctPrincipals(live);
  const diagnosed = await Promise.all(
    deps.provisioners.list().map(async ({ portType }) =>
      diagnose(
        deps,
        portType,
        ports.filter(port => port.type === portType),
        principals,
        products.flatMap(({ domainRef, ...product }) =>
          domainRef ? [{ ...product, domainRef }] : [],
        ),
      ),
    ),
  );
  return {
    checkedAt: deps.now().toISOString(),
    items: [
      ...diagnosed.flat(),
      ...known,
      ...declared.flatMap(({ title, ports: named }) =>
        named.flatMap(port =>
          portItem(deps, { port, where: `${title}, port ${port.name}` }),
        ),
      ),
      ...annotationItems(annotations),
      ...vanishedItems(vanished, successorOf),
    ],
  };
}

/** Products and domains, or undefined for those who see all. */
async function inChargeOf(
  deps: DoctorDeps,
  caller: Caller,
  view: GrantView,
): Promise<ReadonlySet<string> | undefined> {
  if (view === 'all') return undefined;
  const domains = await deps.catalog.domains();
  return new Set([
    ...refsOf(view),
    ...(view.inChargeOf ?? []),
    ...domains
      .filter(
        ({ ownerRef }) => ownerRef && caller.ownershipRefs.includes(ownerRef),
      )
      .map(({ domainRef }) => domainRef),
  ]);
}

/** What other parts of the plugin know of what the caller is in charge of. */
async function foundElsewhere(
  deps: DoctorDeps,
  caller: Caller,
  own: ReadonlySet<string> | undefined,
): Promise<Item[]> {
  if (own?.size === 0) return [];
  const found = await Promise.all(
    (deps.checks ?? []).map(check => check(caller)),
  );
  return found
    .flat()
    .filter(({ about = [] }) => !own || about.some(ref => own.has(ref)))
    .map(({ about: _, ...item }) => item);
}

async function diagnose(
  deps: DoctorDeps,
  portType: string,
  ports: OutputPort[],
  principals: Principal[],
  products: TaggedProduct[],
): Promise<Item[]> {
  const provisioner = deps.provisioners.find(portType);
  const checker = provisioner?.readiness;
  if (!provisioner || !checker) return [];
  const set = ports.filter(port => provisioner.checkPort(port).length === 0);
  if (set.length === 0 && principals.length === 0) return [];
  try {
    return await callProvisioner(provisioner, () =>
      checker.diagnose(
        {
          ports: set,
          principals: principals.filter(
            one => provisioner.readPrincipal(one.id) !== undefined,
          ),
          products: products
            .map(product => ({
              ...product,
              ports: product.ports.filter(
                port =>
                  port.type === portType &&
                  provisioner.checkPort(port).length === 0,
              ),
            }))
            .filter(product => product.ports.length > 0),
        },
        { signal: AbortSignal.timeout(DIAGNOSIS_MS) },
      ),
    );
  } catch (error) {
    if (!(error instanceof ProvisionerFailure)) throw error;
    const { code, message, advice } = error.details;
    return [
      {
        subject: provisioner.title,
        checks: [
          {
            id: 'diagnosis',
            title: 'It answers',
            state: 'unknown',
            words: `${code}: ${message}`,
            ...(advice && { fix: advice }),
          },
        ],
      },
    ];
  }
}

/** Ports that no plan could be made for at all. */
function portItem(
  deps: DoctorDeps,
  { port, where }: { port: OutputPort; where: string },
): Item[] {
  const provisioner = deps.provisioners.find(port.type);
  const problems = provisioner
    ? provisioner
        .checkPort(port)
        .map(({ field, reason }) => `${field} ${reason}`)
    : [`nothing is installed that serves ports of type '${port.type}'`];
  if (problems.length === 0) return [];
  return [
    {
      subject: where,
      checks: [
        {
          id: 'port',
          title: 'The port can be granted',
          state: 'failed',
          words: problems.join('; '),
          fix: provisioner
            ? "Mend the port's location in the product's catalog file"
            : `Install the backend module for '${port.type}', or mend the type of the port`,
        },
      ],
    },
  ];
}

/** Users and groups whose principals are not known, because of how they are written. */
function annotationItems(
  annotations: Awaited<ReturnType<MeshCatalog['principalAnnotations']>>,
): Item[] {
  return annotations.flatMap(({ ref, annotation }) =>
    annotation.ok
      ? []
      : [
          {
            subject: ref,
            checks: [
              {
                id: 'principals-annotation',
                title: `${ANNOTATION_PRINCIPALS} can be read`,
                state: 'failed',
                words: annotation.reason,
                fix: 'Correct the annotation where the entity comes from; until then it names nobody',
              },
            ],
          },
        ],
  );
}

/**
 * Products that have left the catalog while access to them is live. It is kept
 * by what was approved and never taken away by itself: a person decides.
 */
function vanishedItems(
  live: readonly EntitlementRow[],
  successorOf: SuccessorOf = () => undefined,
): Item[] {
  const vanished = new Map<string, EntitlementRow[]>();
  for (const row of live) {
    const rows = vanished.get(row.product_ref);
    if (rows) rows.push(row);
    else vanished.set(row.product_ref, [row]);
  }
  return [...vanished].sort().map(([productRef, rows]) => ({
    subject: productRef,
    checks: [
      {
        id: 'product-vanished',
        title: 'The product is in the catalog',
        state: 'warning',
        words: `It is no longer in the catalog, and ${counted(
          rows.length,
          'entitlement',
        )} for ${counted(
          new Set(rows.map(row => row.principal)).size,
          'principal',
        )} stay in force as they were approved`,
        fix: vanishedFix(productRef, rows, successorOf),
      },
    ],
  }));
}

function vanishedFix(
  productRef: string,
  rows: readonly EntitlementRow[],
  successorOf: SuccessorOf,
): string {
  const found = rows.flatMap(
    ({ port }) => successorOf({ productRef, port })?.productRef ?? [],
  );
  return found.length > 0
    ? `Its tables are published as ${[...new Set(found)].join(
        ', ',
      )}: move them there on its tab Access, or revoke them`
    : 'Bring the product back into the catalog, or revoke them';
}

async function distinctPorts(
  ports: readonly OutputPort[],
): Promise<OutputPort[]> {
  const named = await mapInTurns(
    ports,
    port => [JSON.stringify(port), port] as const,
  );
  return [...new Map(named).values()];
}

function distinctPrincipals(live: readonly EntitlementRow[]): Principal[] {
  return [
    ...new Map(live.map(row => [row.principal, principalOf(row)])).values(),
  ];
}
