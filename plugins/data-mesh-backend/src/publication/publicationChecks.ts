import {
  counted,
  type DoctorReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type { FoundItem } from '../doctor/FoundItem';
import { partsOfRow, type PublicationRow } from './PublicationRow';
import type { PublicationStore } from './PublicationStore';
import { waitsForOf } from './PublishedPorts';

type Check = DoctorReport['items'][number]['checks'][number];

const DAY_MS = 24 * 60 * 60 * 1000;

/** Days after which a change that nobody decides is told. */
const PATIENCE_DAYS = 7;

/**
 * Ports that cannot be asked for and whose turn it is, and changes that nobody
 * has decided for long.
 */
export async function publicationChecks(
  {
    store,
    now,
  }: { store: Pick<PublicationStore, 'notPlain'>; now: () => Date },
  patienceDays = PATIENCE_DAYS,
): Promise<FoundItem[]> {
  const at = now().getTime();
  return (await store.notPlain()).flatMap(row => {
    const check = checkOf(row, at, patienceDays);
    return check
      ? [
          {
            subject: `${row.product_title}, port ${row.port}`,
            checks: [check],
            about: concernedBy(row),
          },
        ]
      : [];
  });
}

/** The product, its domain, and the domains that hold its tables. */
function concernedBy(row: PublicationRow): string[] {
  return [
    row.product_ref,
    ...(row.domain_ref ? [row.domain_ref] : []),
    ...partsOfRow(row).flatMap(part => part.holders),
  ];
}

function checkOf(
  row: PublicationRow,
  at: number,
  patienceDays: number,
): Check | undefined {
  const words = row.why ?? 'It is not published';
  switch (row.state) {
    case 'suspended':
      return {
        id: 'publication-suspended',
        title: 'The port is published',
        state: 'failed',
        words,
        fix: fixOf(row),
      };
    case 'change-pending':
      return lateCheck(row, at, patienceDays);
    default:
      return {
        id: 'publication',
        title: 'The port is published',
        state: 'warning',
        words,
        fix: fixOf(row),
      };
  }
}

function lateCheck(
  row: PublicationRow,
  at: number,
  patienceDays: number,
): Check | undefined {
  if (row.waits_since === null) return undefined;
  const days = Math.floor((at - Date.parse(row.waits_since)) / DAY_MS);
  if (days < patienceDays) return undefined;
  return {
    id: 'publication-late',
    title: 'Changes of the port are decided',
    state: 'warning',
    words: `${counted(row.waiting, 'change')} that ${
      row.waiting === 1 ? 'loosens' : 'loosen'
    } access ${row.waiting === 1 ? 'waits' : 'wait'} for ${counted(
      days,
      'day',
    )}`,
    fix: fixOf(row),
  };
}

function fixOf(row: PublicationRow): string {
  const { approvers = [], because } = waitsForOf(row) ?? {};
  if (because === undefined) return "Mend the product's catalog file";
  return approvers.length > 0
    ? `Ask ${approvers.join(', ')} to decide in the inbox: ${because}`
    : `Set dataMesh.governance to somebody who is not of the product's team: ${because}`;
}
