import { useState } from 'react';
import type {
  EntitlementDetail,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { EndEntitlementDialog } from '../access/EndEntitlementDialog';
import { EntitlementFailure } from '../access/EntitlementFailure';
import { EndMode } from '../access/useEndEntitlement';
import { Loaded } from '../api';
import {
  CardSkeleton,
  EndsIn,
  ErrorState,
  PlanView,
  StateChip,
} from '../components';
import { accessRouteRef } from '../routes';
import { accountAliasesOf } from '../components/accountAliasesOf';
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
  const accessLink = useRouteRef(accessRouteRef);
  const [ending, setEnding] = useState<EndMode>();
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
  const modes = (['revoke', 'relinquish'] as const).filter(mode =>
    value.actions.includes(mode),
  );
  return (
    <div>
      <div className={classes.line} aria-live="polite">
        <StateChip state={value.state} />
        {value.expiresAt && value.state === 'active' && (
          <EndsIn value={value.expiresAt} />
        )}
        <Link to={`${accessLink()}#${value.id}`}>
          {t('requests.entitlement.ends')}
        </Link>
        {modes.map(mode => (
          <Button
            key={mode}
            size="small"
            variant="outlined"
            onClick={() => setEnding(mode)}
          >
            {t(`requests.entitlement.${mode}`)}
          </Button>
        ))}
      </div>
      <EntitlementFailure entitlement={value} onChange={set} />
      <PlanView
        plan={request.plan}
        steps={value.steps}
        accountAliases={accountAliasesOf([request.principal])}
      />
      {ending && (
        <EndEntitlementDialog
          entitlement={value}
          mode={ending}
          open
          onClose={() => setEnding(undefined)}
          onDone={ended => {
            setEnding(undefined);
            set(ended);
          }}
        />
      )}
    </div>
  );
}
