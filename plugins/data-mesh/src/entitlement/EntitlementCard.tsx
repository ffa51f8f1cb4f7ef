import {
  isLiveEntitlement,
  productInWords,
  type EntitlementDetail,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn } from '../components';
import { StateChip } from '../state/StateChip';
import { useT } from '../useT';
import { EntitlementActions } from './actions/EntitlementActions';
import { EntitlementFacts } from './EntitlementFacts';
import { EntitlementNotices } from './EntitlementNotices';
import { HealthChip } from './HealthChip';
import { ReadinessChip } from './ReadinessChip';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2) },
  first: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.25),
    marginBottom: theme.spacing(1),
  },
  port: { fontWeight: 600 },
  actions: {
    display: 'flex',
    justifyContent: 'flex-end',
    marginTop: theme.spacing(1),
  },
}));

/** One access: its state, what can be done about it, and its facts. */
export function EntitlementCard(props: {
  entitlement: EntitlementDetail;
  purposes?: readonly Purpose[];
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, purposes, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const over = !isLiveEntitlement(entitlement);
  return (
    <article
      id={entitlement.id}
      className={classes.root}
      aria-label={`${productInWords(entitlement)} ${entitlement.port}`}
    >
      <div className={classes.first}>
        <StateChip state={entitlement.state} />
        <span className={classes.port}>
          {t('access.facts.port', { port: entitlement.port })}
        </span>
        {!over && entitlement.activatedAt && entitlement.expiresAt && (
          <EndsIn value={entitlement.expiresAt} />
        )}
        <HealthChip entitlement={entitlement} />
        <ReadinessChip entitlement={entitlement} />
      </div>
      <EntitlementNotices entitlement={entitlement} onChange={onChange} />
      <EntitlementFacts entitlement={entitlement} purposes={purposes} />
      {!over && (
        <div className={classes.actions}>
          <EntitlementActions
            entitlement={entitlement}
            without={['revoke']}
            onChange={onChange}
          />
        </div>
      )}
    </article>
  );
}
