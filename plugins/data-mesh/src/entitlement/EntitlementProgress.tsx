import type {
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { ChangeNotice } from './notices/ChangeNotice';
import { EntitlementActions } from './actions/EntitlementActions';
import { EntitlementFailure } from './notices/EntitlementFailure';
import { HealthChip } from './HealthChip';
import { HealthNotice } from './notices/HealthNotice';
import { PendingChanges } from './notices/PendingChanges';
import { ReadinessChip } from './ReadinessChip';
import { ResidueNotice } from './notices/ResidueNotice';
import { SuccessorNotice } from './notices/SuccessorNotice';
import { SuspensionNotice } from './notices/SuspensionNotice';
import { Loaded, useMe } from '../api';
import { CardSkeleton, EndsIn, ErrorState } from '../components';
import { PlanView } from '../plan/PlanView';
import { StateChip } from '../state/StateChip';
import { entitlementRouteRef } from '../routes';
import { accountAliasesOf } from '../principal/accountAliasesOf';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
}));

/** What came of an approved request: its state, its steps, and what can be done. */
export function EntitlementProgress(props: {
  request: RequestDetail;
  entitlement: Loaded<EntitlementDetail>;
}) {
  const { request, entitlement } = props;
  const t = useT();
  const classes = useStyles();
  const me = useMe().value;
  const accessLink = useRouteRef(entitlementRouteRef);
  const { value, error, set, reload } = entitlement;
  if (!value) {
    return error ? (
      <ErrorState
        error={error}
        what={t('requests.entitlement.what')}
        onRetry={() => void reload()}
      />
    ) : (
      <CardSkeleton lines={3} />
    );
  }
  return (
    <div>
      <div className={classes.line} aria-live="polite">
        <StateChip state={value.state} />
        {value.expiresAt && value.state === 'active' && (
          <EndsIn value={value.expiresAt} />
        )}
        {value.state === 'active' && me?.userRef === request.requesterRef ? (
          <LinkButton
            variant="contained"
            color="primary"
            size="small"
            to={accessLink({ id: value.id })}
          >
            {t('usage.open')}
          </LinkButton>
        ) : (
          <Link to={accessLink({ id: value.id })}>
            {t('requests.entitlement.see')}
          </Link>
        )}
        <HealthChip entitlement={value} />
        <ReadinessChip entitlement={value} />
        <EntitlementActions entitlement={value} onChange={set} />
      </div>
      <SuccessorNotice entitlement={value} onChange={set} />
      <SuspensionNotice entitlement={value} />
      <EntitlementFailure entitlement={value} onChange={set} />
      <ResidueNotice entitlement={value} onChange={set} />
      <HealthNotice entitlement={value} onChange={set} />
      <ChangeNotice entitlement={value} onChange={set} />
      <PendingChanges
        entitlement={{
          // The page itself is about that one.
          requests: value.requests?.filter(one => one.id !== request.id),
        }}
      />
      <PlanView
        plan={request.plan}
        steps={value.steps}
        accountAliases={accountAliasesOf([request.principal])}
      />
    </div>
  );
}
