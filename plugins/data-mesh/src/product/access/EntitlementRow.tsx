import { useState } from 'react';
import {
  actionsOfPhase,
  isLiveEntitlement,
  type Entitlement,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import RightIcon from '@material-ui/icons/ChevronRight';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { Code, EndsIn, RelativeTime } from '../../components';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { ScopeSummary } from '../../plan/ScopeSummary';
import { StateChip } from '../../state/StateChip';
import { HealthChip } from '../../entitlement/HealthChip';
import { Approvers } from '../../principal/Approvers';
import { purposeTitle } from '../../scope/requestWords';
import { requestRouteRef } from '../../routes';
import { useT } from '../../useT';
import { useDataTableStyles } from '../../components/list/dataTableStyles';
import { EntitlementSteps } from './EntitlementSteps';

/** One entitlement; unfolds to its steps. */
export function EntitlementRow(props: {
  entitlement: Entitlement;
  purposes?: readonly Purpose[];
  mayRevoke: boolean;
  onRevoke: () => void;
  onChanged: () => void;
}) {
  const { entitlement, mayRevoke, onRevoke, onChanged } = props;
  const { principal, state } = entitlement;
  const t = useT();
  const classes = useDataTableStyles();
  const requestPath = useRouteRef(requestRouteRef);
  const [open, setOpen] = useState(false);
  const { name } = principal;
  const over = !isLiveEntitlement(entitlement);
  const until = entitlement.endedAt ?? entitlement.expiresAt;
  const Icon = open ? ExpandIcon : RightIcon;
  return (
    <>
      <tr>
        <th scope="row">
          <PrincipalLabel principal={principal} />
        </th>
        <td className={classes.wide}>
          <div>
            <Code>{entitlement.port}</Code>
          </div>
          <ScopeSummary scope={entitlement.scope} />
        </td>
        <td>
          <div className={classes.lines}>
            <StateChip
              state={state}
              reason={
                entitlement.error
                  ? `${entitlement.error.code}: ${entitlement.error.message}`
                  : entitlement.endReason
              }
            />
            <HealthChip entitlement={entitlement} />
          </div>
        </td>
        <td className={classes.wide}>
          <div>
            <Link to={requestPath({ id: entitlement.requestId })}>
              <EntityDisplayName
                entityRef={entitlement.requesterRef}
                hideIcon
                disableTooltip
              />
            </Link>
            {' · '}
            {purposeTitle(entitlement.purpose, props.purposes)}
          </div>
          <div className={classes.quiet}>
            {t('product.access.decidedBy')}{' '}
            <Approvers
              refs={entitlement.approvedBy}
              byRule={t('product.access.byRule')}
            />
          </div>
        </td>
        <td>
          <div className={classes.lines}>
            {entitlement.activatedAt && (
              <span className={classes.line}>
                <RelativeTime value={entitlement.activatedAt} />
              </span>
            )}
            {over && until ? (
              <span className={classes.line}>
                <RelativeTime value={until} prefix={t(`state.${state}`)} />
              </span>
            ) : (
              // Time begins when access does: before, there is no end.
              until && <EndsIn value={until} />
            )}
            {!entitlement.activatedAt && !until && '–'}
          </div>
        </td>
        <td>
          <div className={classes.buttons}>
            {mayRevoke && actionsOfPhase(entitlement).includes('revoke') && (
              <Button
                size="small"
                className={classes.danger}
                aria-label={t('product.access.revokeOf', { name })}
                onClick={onRevoke}
              >
                {t('product.access.revoke')}
              </Button>
            )}
            <Tooltip title={t('product.access.details', { name })}>
              <IconButton
                size="small"
                aria-label={t('product.access.details', { name })}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                <Icon />
              </IconButton>
            </Tooltip>
          </div>
        </td>
      </tr>
      {open && (
        <tr>
          <td colSpan={6}>
            <EntitlementSteps entitlement={entitlement} onChanged={onChanged} />
          </td>
        </tr>
      )}
    </>
  );
}
