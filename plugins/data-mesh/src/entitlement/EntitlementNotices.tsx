import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { ChangeNotice } from './notices/ChangeNotice';
import { EntitlementFailure } from './notices/EntitlementFailure';
import { HealthNotice } from './notices/HealthNotice';
import { PendingChanges } from './notices/PendingChanges';
import { ResidueNotice } from './notices/ResidueNotice';
import { SuccessorNotice } from './notices/SuccessorNotice';
import { SuspensionNotice } from './notices/SuspensionNotice';

/** All that is out of the ordinary with an access, each with its way out. */
export function EntitlementNotices(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  return (
    <>
      <EntitlementFailure entitlement={entitlement} onChange={onChange} />
      <SuccessorNotice entitlement={entitlement} onChange={onChange} />
      <SuspensionNotice entitlement={entitlement} />
      <ResidueNotice entitlement={entitlement} onChange={onChange} />
      <HealthNotice entitlement={entitlement} onChange={onChange} />
      <ChangeNotice entitlement={entitlement} onChange={onChange} />
      {'actions' in entitlement && <PendingChanges entitlement={entitlement} />}
    </>
  );
}
