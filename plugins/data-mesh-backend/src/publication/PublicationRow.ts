import { createHash } from 'node:crypto';
import type {
  FactDifference,
  PublicationState,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  waitingOf,
  type AcceptedFacts,
  type Decided,
  type DecisionPart,
  type Judgement,
  type SignedDifference,
} from './Publication';

/** A row of `publications`. */
export interface PublicationRow {
  id: string;
  product_ref: string;
  port: string;
  state: PublicationState;
  version: number;
  present: boolean | number;
  requestable: boolean | number;
  why: string | null;
  product_title: string;
  product_version: string | null;
  port_title: string;
  owner_ref: string | null;
  accepted_owner_ref: string | null;
  domain_ref: string | null;
  snapshot: number;
  accepted: string | null;
  accepted_hash: string | null;
  current: string | null;
  differences: string;
  in_force: string;
  parts: string;
  part_accepts: string;
  sent_back: string;
  estranged: boolean | number;
  waiting: number;
  waits_since: string | null;
  order_key: string;
  fingerprint: string;
  updated_at: string;
}

/** How the catalog presents a port. */
export interface PortLooks {
  productTitle: string;
  productVersion?: string;
  portTitle: string;
  ownerRef?: string;
  domainRef?: string;
}

export const hashOf = (value: unknown) =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** What was decided about a port that nobody has looked at yet. */
export const NOTHING_DECIDED: Decided = {
  sentBack: {},
  partAccepts: [],
  estranged: false,
};

export function acceptedOf(
  row: Pick<PublicationRow, 'accepted'>,
): AcceptedFacts | undefined {
  return row.accepted === null
    ? undefined
    : (JSON.parse(row.accepted) as AcceptedFacts);
}

export function decidedOf(row: PublicationRow): Decided {
  const accepted = acceptedOf(row);
  return {
    ...(accepted && { accepted }),
    sentBack: JSON.parse(row.sent_back) as Decided['sentBack'],
    partAccepts: JSON.parse(row.part_accepts) as Decided['partAccepts'],
    estranged: Boolean(row.estranged),
  };
}

export const differencesOf = (row: Pick<PublicationRow, 'differences'>) =>
  JSON.parse(row.differences) as SignedDifference[];

export const inForceOf = (row: Pick<PublicationRow, 'in_force'>) =>
  JSON.parse(row.in_force) as FactDifference[];

export const partsOfRow = (row: Pick<PublicationRow, 'parts'>) =>
  JSON.parse(row.parts) as DecisionPart[];

/** The columns that a judgement comes to. */
export function columnsOf(
  judged: Judgement,
  seen:
    | Pick<PublicationRow, 'waits_since' | 'waiting' | 'in_force'>
    | undefined,
  key: { productRef: string; port: string; at: string },
) {
  const waiting = waitingOf(judged).length;
  const since =
    waiting > 0 ? (seen?.waiting && seen.waits_since) || key.at : null;
  return {
    state: judged.state,
    present: judged.present,
    requestable: judged.requestable,
    why: judged.why ?? null,
    accepted_owner_ref: judged.accepted?.facts.ownerRef ?? null,
    accepted: judged.accepted ? JSON.stringify(judged.accepted) : null,
    accepted_hash: judged.accepted ? hashOf(judged.accepted.facts) : null,
    current: judged.current ? JSON.stringify(judged.current) : null,
    differences: JSON.stringify(judged.differences),
    in_force: JSON.stringify(inForceAfter(judged, seen, waiting)),
    parts: JSON.stringify(judged.parts),
    part_accepts: JSON.stringify(judged.partAccepts),
    sent_back: JSON.stringify(judged.sentBack),
    estranged: judged.estranged,
    waiting,
    waits_since: since,
    order_key:
      since === null
        ? `1 ${key.productRef} ${key.port}`.slice(0, 320)
        : `0 ${since}`,
  };
}

/** What was tightened stays on the card for as long as the card waits. */
function inForceAfter(
  judged: Judgement,
  seen: Pick<PublicationRow, 'in_force' | 'waiting'> | undefined,
  waiting: number,
): FactDifference[] {
  const before =
    seen && (waiting > 0 || judged.inForce.length === 0) ? inForceOf(seen) : [];
  return [
    ...new Map(
      [...before, ...judged.inForce].map(one => [one.id, one]),
    ).values(),
  ];
}
