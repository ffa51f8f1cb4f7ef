import { parseEntityRef } from '@backstage/catalog-model';
import type {
  Entitlement,
  EntitlementAction,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';
import { actionsOf } from './actionsOf';
import { useEntitlementDialogs } from './useEntitlementDialogs';

/** What stands as a button; the rest stands beside what makes it needed. */
type Offered = Extract<
  EntitlementAction,
  'renew' | 'amend' | 'narrow' | 'revoke' | 'relinquish'
>;

const ORDER: readonly Offered[] = [
  'renew',
  'amend',
  'narrow',
  'revoke',
  'relinquish',
];

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What one may do with an entitlement: longer, other, less, or no more. */
export function EntitlementActions(props: {
  entitlement: Entitlement | EntitlementDetail;
  /** Those that have their own place on the page. */
  without?: readonly EntitlementAction[];
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, without = [], onChange } = props;
  const t = useT();
  const classes = useStyles();
  const formLink = useRouteRef(requestFormRouteRef);
  const { open, dialog } = useEntitlementDialogs(entitlement, onChange);
  const { namespace, name } = parseEntityRef(entitlement.productRef);
  const may = actionsOf(entitlement);
  const shown = ORDER.filter(
    action => may.includes(action) && !without.includes(action),
  );
  if (shown.length === 0) return null;
  return (
    <div className={classes.root}>
      {shown.map(action =>
        action === 'renew' || action === 'amend' ? (
          <LinkButton
            key={action}
            size="small"
            variant="outlined"
            to={`${formLink({ namespace, name })}?${new URLSearchParams({
              [action]: entitlement.id,
            })}`}
          >
            {t(`access.actions.${action}`)}
          </LinkButton>
        ) : (
          <Button
            key={action}
            size="small"
            variant="outlined"
            aria-haspopup="dialog"
            onClick={() => open(action)}
          >
            {t(`access.actions.${action}`)}
          </Button>
        ),
      )}
      {dialog}
    </div>
  );
}
