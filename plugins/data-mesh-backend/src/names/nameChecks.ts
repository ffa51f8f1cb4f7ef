import { stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { MeshCatalog } from '../catalog/MeshCatalog';
import type { FoundItem } from '../doctor/FoundItem';
import type { Caller } from '../identity/Caller';
import { catalogRuleItems } from './catalogRules';
import { readersOf, tellTrust } from './tellTrust';
import type { NameStanding, TrustedNames } from './TrustedNames';
import { isFromTrustedLocation } from '../config/trustedLocations';
import { originOf } from './originOf';

interface NameCheckDeps {
  config: Config;
  names: Pick<TrustedNames, 'list'>;
  catalog: Pick<MeshCatalog, 'visible' | 'principalAnnotations' | 'entitiesOf'>;
  trustedLocations: readonly string[];
  governance: { refs: readonly string[] };
}

/**
 * What the doctor finds about names: who is trusted and does not exist or is
 * somebody else, and who could name themselves.
 */
export function nameChecks(
  deps: NameCheckDeps,
): (caller: Caller) => Promise<FoundItem[]> {
  return async caller => [
    ...(await nameItems(caller, deps)),
    ...(await principalItems(deps)),
    ...catalogRuleItems(deps.config),
  ];
}

async function nameItems(
  caller: Caller,
  { names, catalog, governance }: NameCheckDeps,
): Promise<FoundItem[]> {
  const doubtful = (await names.list()).filter(
    ({ entity, identity }) => !entity || identity === 'replaced',
  );
  const readers = doubtful.flatMap(({ trusts }) => readersOf(trusts));
  const visible = new Set(
    await catalog.visible([...new Set(readers)], caller.credentials),
  );
  const whom =
    governance.refs.length > 0
      ? `Ask ${governance.refs.join(' or ')}`
      : 'Name who governs in dataMesh.governance, and ask them';
  return doubtful.map(standing => {
    const trusts = tellTrust(standing.trusts, ref => visible.has(ref))
      .map(({ words }) => words)
      .join(', ');
    return standing.entity
      ? replacedItem(standing, trusts, whom)
      : danglingItem(standing, trusts, whom);
  });
}

function danglingItem(
  { ref, trusts: sources }: NameStanding,
  trusts: string,
  whom: string,
): FoundItem {
  return {
    subject: ref,
    about: [ref, ...readersOf(sources)],
    checks: [
      {
        id: 'name-dangles',
        title: 'Whom the mesh trusts exists',
        state: 'warning',
        words: `There is no ${ref} in the catalog, but it is trusted as ${trusts}`,
        fix: `Name somebody who exists. Only governance may create the name. ${whom}`,
      },
    ],
  };
}

function replacedItem(
  { ref, entity, trusts: sources }: NameStanding,
  trusts: string,
  whom: string,
): FoundItem {
  const origin = entity && originOf(entity);
  return {
    subject: ref,
    about: [ref, ...readersOf(sources)],
    checks: [
      {
        id: 'name-replaced',
        title: 'Whom the mesh trusts is who it was',
        state: 'failed',
        words: `Another entity has this name now${
          origin ? `, from ${origin}` : ''
        }. It stands for nobody until it is accepted. Trusted as ${trusts}`,
        fix: `${whom} to accept it, or add its location to dataMesh.trustedLocations if only trusted people can write there`,
      },
    ],
  };
}

async function principalItems({
  catalog,
  trustedLocations,
}: NameCheckDeps): Promise<FoundItem[]> {
  const naming = await catalog.principalAnnotations();
  if (naming.length === 0) return [];
  const title = 'Principals are named only by trusted locations';
  const id = 'principals-origin';
  if (trustedLocations.length === 0) {
    return [
      {
        subject: 'dataMesh.trustedLocations',
        checks: [
          {
            id,
            title,
            state: 'unknown',
            words:
              'No location is named as trusted: whoever can write a user or group into the catalog can name roles for it',
            fix: 'Name the locations of your users and groups in dataMesh.trustedLocations',
          },
        ],
      },
    ];
  }
  const entities = await catalog.entitiesOf(naming.map(({ ref }) => ref));
  return [...entities.values()]
    .filter(entity => !isFromTrustedLocation(trustedLocations, entity))
    .map(entity => ({
      subject: stringifyEntityRef(entity),
      checks: [
        {
          id,
          title,
          state: 'failed',
          words: `It names principals, but comes from ${
            originOf(entity) ?? 'an unknown location'
          }, which is not trusted`,
          fix: 'Take lakemesh.io/principals off it, or add its location to dataMesh.trustedLocations if only trusted people can write there',
        },
      ],
    }));
}
