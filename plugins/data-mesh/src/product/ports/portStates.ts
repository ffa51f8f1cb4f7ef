import {
  type AccessRequest,
  type DataProductEntity,
  type Entitlement,
  type PortOverview,
} from '@lakemesh/backstage-plugin-data-mesh-common';

/** One thing that the caller has to do with a port. */
export type PortState =
  | { kind: 'access'; access: Entitlement }
  | { kind: 'request'; request: AccessRequest };

/** What can be used comes first, then what is live, then what was asked for. */
export function portStatesOf(overview: PortOverview | undefined): PortState[] {
  if (!overview) return [];
  const rank = (access: Entitlement) => (access.state === 'active' ? 0 : 1);
  return [
    ...[...overview.access]
      .sort((one, other) => rank(one) - rank(other))
      .map(access => ({ kind: 'access' as const, access })),
    ...overview.requests.map(request => ({
      kind: 'request' as const,
      request,
    })),
  ];
}

/** Whether access to a port can be asked for now. */
export function canBeAskedFor(
  product: DataProductEntity,
  overview: PortOverview | undefined,
): boolean {
  const { lifecycle } = product.spec;
  return (
    (lifecycle === 'active' || lifecycle === 'deprecated') &&
    overview?.publication?.requestable !== false
  );
}
