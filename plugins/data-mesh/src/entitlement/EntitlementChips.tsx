import {
  isLiveEntitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EndsIn } from '../components';
import { StateChip } from '../state/StateChip';
import { HealthChip } from './HealthChip';
import { ReadinessChip } from './ReadinessChip';

/** How it is with an access: its state, what AWS holds, and until when. */
export function EntitlementChips(props: { entitlement: EntitlementDetail }) {
  const { entitlement } = props;
  const { state, activatedAt, expiresAt } = entitlement;
  return (
    <>
      <StateChip state={state} />
      <HealthChip entitlement={entitlement} />
      <ReadinessChip entitlement={entitlement} />
      {isLiveEntitlement(entitlement) && activatedAt && expiresAt && (
        <EndsIn value={expiresAt} />
      )}
    </>
  );
}
