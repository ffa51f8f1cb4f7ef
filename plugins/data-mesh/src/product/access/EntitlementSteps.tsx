import {
  isUnderWay,
  type Entitlement,
  type EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { ChangeNotice } from '../../entitlement/notices/ChangeNotice';
import { EntitlementActions } from '../../entitlement/actions/EntitlementActions';
import { EntitlementFailure } from '../../entitlement/notices/EntitlementFailure';
import { HealthNotice } from '../../entitlement/notices/HealthNotice';
import { PendingChanges } from '../../entitlement/notices/PendingChanges';
import { ReadinessChip } from '../../entitlement/ReadinessChip';
import { ResidueNotice } from '../../entitlement/notices/ResidueNotice';
import { SuccessorNotice } from '../../entitlement/notices/SuccessorNotice';
import { SuspensionNotice } from '../../entitlement/notices/SuspensionNotice';
import { useDataMesh, useLoad } from '../../api';
import { CardSkeleton, ErrorState } from '../../components';
import { PlanView } from '../../plan/PlanView';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  first: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
}));

/**
 * What was done for an entitlement, step by step, with what is to be known of
 * it and what may be done with it.
 */
export function EntitlementSteps(props: {
  entitlement: Entitlement;
  onChanged: () => void;
}) {
  const { entitlement, onChanged } = props;
  const { id, principal } = entitlement;
  const t = useT();
  const classes = useStyles();
  const dataMesh = useDataMesh();
  const detail = useLoad(
    `entitlement ${id}`,
    () => dataMesh.getEntitlement(id),
    { pollWhile: isUnderWay },
  );
  const { value } = detail;
  const changed = (next: EntitlementDetail) => {
    detail.set(next);
    onChanged();
  };

  if (detail.loading) return <CardSkeleton lines={3} />;
  if (!value) {
    return detail.error ? (
      <ErrorState
        error={detail.error}
        what={t('product.access.stepsWhat')}
        onRetry={detail.reload}
      />
    ) : null;
  }
  return (
    <>
      <div className={classes.first}>
        <ReadinessChip entitlement={value} />
        <EntitlementActions
          entitlement={value}
          without={['revoke']}
          onChange={changed}
        />
      </div>
      <SuccessorNotice entitlement={value} onChange={changed} />
      <SuspensionNotice entitlement={value} />
      <EntitlementFailure entitlement={value} onChange={changed} />
      <ResidueNotice entitlement={value} onChange={changed} />
      <HealthNotice entitlement={value} onChange={changed} />
      <ChangeNotice entitlement={value} onChange={changed} />
      <PendingChanges entitlement={value} />
      <PlanView
        steps={value.steps}
        accountAliases={
          principal.accountId && principal.accountAlias
            ? { [principal.accountId]: principal.accountAlias }
            : undefined
        }
      />
    </>
  );
}
