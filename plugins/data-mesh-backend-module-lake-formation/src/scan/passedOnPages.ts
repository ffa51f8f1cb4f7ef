import {
  AccessDeniedException,
  EntityNotFoundException,
  InvalidInputException,
  type LakeFormationClient,
} from '@aws-sdk/client-lakeformation';
import type { ScanPage } from '@lakemesh/backstage-plugin-data-mesh-node';
import { ReadPrincipal } from '../lake/observed';
import { permissionPages, type PageOptions } from './permissionPages';
import { readScannedGrants } from './readScannedGrant';

/**
 * What the account's administrator has passed on of an owner's catalog. AWS
 * does not say whether the account's own pages hold it, nor whether a look
 * from outside is allowed.
 */
export async function* passedOnPages(
  client: LakeFormationClient,
  place: { accountId: string; region: string; owner: string },
  known: ReadonlySet<string>,
  options: PageOptions & { readPrincipal: ReadPrincipal },
): AsyncIterable<ScanPage> {
  const { accountId, region, owner } = place;
  try {
    for await (const lines of permissionPages(client, owner, options)) {
      const grants = readScannedGrants(
        lines,
        { accountId: owner, region },
        options.readPrincipal,
      )
        // The owner's own grants are told where its catalog is scanned.
        .filter(
          ({ key, grant: { principal } }) =>
            !known.has(key) &&
            principal.kind !== 'account' &&
            (principal.accountId ?? accountId) === accountId,
        );
      yield { grants, calls: 1 };
    }
  } catch (error) {
    if (!isNotForUs(error)) throw error;
    yield { grants: [], calls: 1 };
  }
}

/** No look from outside, whichever way AWS says so. */
function isNotForUs(error: unknown): boolean {
  return (
    error instanceof AccessDeniedException ||
    error instanceof EntityNotFoundException ||
    // Lake Formation reports throttling as InvalidInputException, too.
    (error instanceof InvalidInputException &&
      !error.message.startsWith('Rate exceeded'))
  );
}
