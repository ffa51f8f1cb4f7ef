import type {
  DataProductEntity,
  EntitlementDetail,
  NewRequest,
  OutputPort,
  RequestDetail,
  RequestDraft,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { addPicks, PickedColumns } from '../../../scope/columnsInUrl';
import {
  PortPicks,
  PortWay,
  scopeOfPicks,
  picksOfScope,
  TablePick,
  usualWay,
  wayOfScope,
} from '../../../scope/picks';

/** The access that a request renews or changes. */
export interface AboutAccess {
  kind: 'renew' | 'amend';
  entitlement: EntitlementDetail;
}

/** What the form holds. Picks are kept per port, so that switching loses none. */
export interface FormDraft {
  port: string;
  picks: { [port: string]: PortPicks };
  /** Where it is not reading some tables. */
  ways?: { [port: string]: PortWay };
  principals: string[];
  consumerRef?: string;
  purpose: string;
  /** As typed; empty while nothing valid is there. */
  durationDays?: number;
  reason: string;
  /** The link whose columns are in it, so that they are put in once. */
  link?: string;
}

/** Columns that were ticked elsewhere, as a link to the form carries them. */
export interface LinkedColumns {
  link: string;
  picked: PickedColumns;
}

/** A draft with the columns of a link on top of what it has. */
export function withLinked(
  draft: FormDraft,
  linked: LinkedColumns | undefined,
): FormDraft {
  if (!linked || draft.link === linked.link) return draft;
  const picks = { ...draft.picks };
  for (const [port, tables] of Object.entries(linked.picked)) {
    picks[port] = addPicks(picks[port] ?? {}, tables);
  }
  return { ...draft, picks, link: linked.link };
}

/**
 * A draft of an earlier visit that a link leads to: it is about what was ticked
 * now, and keeps what else was entered.
 */
export function relinked(
  saved: FormDraft,
  start: FormDraft,
  linked: LinkedColumns | undefined,
): FormDraft {
  if (!linked || saved.link === linked.link) return saved;
  const { picks, ways, port, link } = start;
  return { ...saved, picks: { ...saved.picks, ...picks }, ways, port, link };
}

/** What can happen to the form. */
export type FormEvent =
  | { type: 'port'; port: string }
  | { type: 'pick'; table: string; pick: TablePick }
  | { type: 'way'; way: Partial<PortWay> }
  | { type: 'principals'; principals: string[] }
  | { type: 'consumer'; consumerRef?: string }
  | { type: 'purpose'; purpose: string }
  | { type: 'duration'; days?: number }
  | { type: 'reason'; reason: string }
  | { type: 'replace'; draft: FormDraft };

/** The next content of the form. */
export function reduceDraft(draft: FormDraft, event: FormEvent): FormDraft {
  switch (event.type) {
    case 'port':
      return { ...draft, port: event.port };
    case 'pick':
      return {
        ...draft,
        picks: {
          ...draft.picks,
          [draft.port]: {
            ...draft.picks[draft.port],
            [event.table]: event.pick,
          },
        },
      };
    case 'way':
      return {
        ...draft,
        ways: {
          ...draft.ways,
          [draft.port]: { ...wayOf(draft), ...event.way },
        },
      };
    case 'principals':
      return { ...draft, principals: event.principals };
    case 'consumer':
      return { ...draft, consumerRef: event.consumerRef };
    case 'purpose':
      return { ...draft, purpose: event.purpose };
    case 'duration':
      return { ...draft, durationDays: event.days };
    case 'reason':
      return { ...draft, reason: event.reason };
    default:
      return event.draft;
  }
}

/** The way in which the draft asks for its port. */
export function wayOf({
  port,
  ways,
}: Pick<FormDraft, 'port' | 'ways'>): PortWay {
  return ways?.[port] ?? usualWay;
}

/** The port a draft is about, as long as the product has it. */
export function portOf(
  product: DataProductEntity,
  draft: Pick<FormDraft, 'port'>,
): OutputPort | undefined {
  return product.spec.outputPorts.find(port => port.name === draft.port);
}

/** What the form starts with: the only choices are made already. */
export function initialDraft(options: {
  product: DataProductEntity;
  port?: string;
  principals: string[];
  purposes: string[];
  durationDays: number;
}): FormDraft {
  const { product, principals, purposes, durationDays } = options;
  const ports = product.spec.outputPorts;
  const port = ports.find(one => one.name === options.port) ?? ports[0];
  return {
    port: port?.name ?? '',
    picks: {},
    principals: principals.length === 1 ? principals : [],
    purpose: purposes.length === 1 ? purposes[0] : '',
    durationDays,
    reason: '',
  };
}

/** The form with what a request says, to change it. */
export function draftOfRequest(request: RequestDetail): FormDraft {
  return {
    port: request.port,
    picks: { [request.port]: picksOfScope(request.scope) },
    ways: { [request.port]: wayOfScope(request.scope) },
    principals: [request.principal.id],
    consumerRef: request.consumerRef,
    purpose: request.purpose,
    durationDays: request.durationDays,
    reason: request.justification ?? '',
  };
}

/** The form with what somebody holds, to hold it longer or to change it. */
export function draftOfAccess({ entitlement }: AboutAccess): FormDraft {
  const { port, scope } = entitlement;
  return {
    port,
    picks: { [port]: picksOfScope(scope) },
    ways: { [port]: wayOfScope(scope) },
    principals: [entitlement.principal.id],
    consumerRef: entitlement.consumerRef,
    purpose: entitlement.purpose,
    durationDays: entitlement.durationDays,
    reason: '',
  };
}

/**
 * A saved draft, without what the product or the caller no longer has: ports,
 * tables, columns and principals change between two visits.
 */
export function pruneDraft(
  draft: FormDraft,
  world: {
    product: DataProductEntity;
    principals: string[];
    purposes: string[];
  },
): FormDraft {
  const { product } = world;
  const picks: FormDraft['picks'] = {};
  for (const port of product.spec.outputPorts) {
    const kept: PortPicks = {};
    for (const table of port.tables) {
      const pick = draft.picks[port.name]?.[table.name];
      if (!pick) continue;
      const known = new Set(table.columns.map(column => column.name));
      kept[table.name] = {
        ...pick,
        columns: pick.columns.filter(column => known.has(column)),
      };
    }
    if (Object.keys(kept).length) picks[port.name] = kept;
  }
  return {
    ...draft,
    port: portOf(product, draft)?.name ?? product.spec.outputPorts[0]?.name,
    picks,
    principals: draft.principals.filter(id => world.principals.includes(id)),
    purpose: world.purposes.includes(draft.purpose) ? draft.purpose : '',
  };
}

/** The form as far as it is filled in, to ask what would happen. */
export function toRequestDraft(
  productRef: string,
  product: DataProductEntity,
  draft: FormDraft,
  about?: AboutAccess,
): RequestDraft {
  const port = portOf(product, draft);
  const scope =
    port && scopeOfPicks(port, draft.picks[port.name] ?? {}, wayOf(draft));
  return {
    productRef,
    port: port?.name ?? about?.entitlement.port,
    // A renewal keeps what is held, also what the product no longer has.
    scope: about?.kind === 'renew' ? about.entitlement.scope : scope,
    ...(about && { kind: about.kind, entitlementId: about.entitlement.id }),
    principals: draft.principals.length ? draft.principals : undefined,
    consumerRef: draft.consumerRef || undefined,
    purpose: draft.purpose || undefined,
    justification: draft.reason.trim() || undefined,
    durationDays: draft.durationDays,
  };
}

/** The request to send, or undefined while something it needs is missing. */
export function toNewRequest(draft: RequestDraft): NewRequest | undefined {
  const { productRef, port, scope, principals, purpose, durationDays } = draft;
  if (!port || !scope || !principals || !purpose || !durationDays) {
    return undefined;
  }
  return {
    productRef,
    port,
    scope,
    principals,
    purpose,
    durationDays,
    consumerRef: draft.consumerRef,
    justification: draft.justification,
    ...(draft.kind && {
      kind: draft.kind,
      entitlementId: draft.entitlementId,
    }),
  };
}

/** Whether anything was entered that would be missed. */
export function isWorthSaving(draft: FormDraft, start: FormDraft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(start);
}
