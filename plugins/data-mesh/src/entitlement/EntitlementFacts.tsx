import { useState } from 'react';
import {
  isLiveEntitlement,
  type EntitlementDetail,
  type Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { RelativeTime } from '../components';
import { ScopeSummary } from '../plan/ScopeSummary';
import { Approvers } from '../principal/Approvers';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { requestRouteRef } from '../routes';
import { purposeTitle } from '../scope/requestWords';
import { useT } from '../useT';
import { DataPlaceFacts } from './DataPlaceFacts';

const useStyles = makeStyles(theme => ({
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    marginTop: theme.spacing(1),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  fact: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(0.5),
    minHeight: 24,
    '& b': { fontWeight: 400, color: theme.palette.text.primary },
  },
  where: { marginLeft: theme.spacing(-0.75) },
}));

function isRef(text: string | undefined): text is string {
  return /^[a-z]+:[^/]+\/.+$/i.test(text ?? '');
}

/** What an access covers, for whom, for what, since when and by whose decision. */
export function EntitlementFacts(props: {
  entitlement: EntitlementDetail;
  purposes?: readonly Purpose[];
}) {
  const { entitlement, purposes } = props;
  const t = useT();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  const [placeShown, setPlaceShown] = useState(false);
  const { state } = entitlement;
  const over = !isLiveEntitlement(entitlement);
  return (
    <>
      <ScopeSummary scope={entitlement.scope} />
      <div className={classes.facts}>
        <span className={classes.fact}>
          {t('access.facts.principal')}{' '}
          <PrincipalLabel principal={entitlement.principal} />
        </span>
        <span className={classes.fact}>
          {t('access.facts.purpose')}{' '}
          <b>{purposeTitle(entitlement.purpose, purposes)}</b>
        </span>
        <span className={classes.fact}>
          {entitlement.activatedAt ? (
            <RelativeTime
              value={entitlement.activatedAt}
              prefix={t('access.facts.since')}
            />
          ) : (
            <>
              {t('access.facts.notYet')},{' '}
              {t('access.facts.days', { count: entitlement.durationDays })}
            </>
          )}
        </span>
        <span className={classes.fact}>
          {t('access.facts.decidedBy')}{' '}
          <Approvers
            refs={entitlement.approvedBy}
            byRule={t('access.facts.byRule')}
          />
        </span>
        {over && entitlement.endedAt && (
          <span className={classes.fact}>
            <RelativeTime
              value={entitlement.endedAt}
              prefix={t('access.facts.ended')}
            />
            {state === 'expired' && t('access.facts.endedBySystem')}
            {state !== 'expired' && isRef(entitlement.endedBy) && (
              <>
                {t('access.facts.by')}{' '}
                <EntityRefLink entityRef={entitlement.endedBy} hideIcon />
              </>
            )}
            {entitlement.endReason && <>“{entitlement.endReason}”</>}
          </span>
        )}
        <span className={classes.fact}>
          <Link to={requestLink({ id: entitlement.requestId })}>
            {t('access.actions.request')}
          </Link>
        </span>
      </div>
      {!over && (
        <Button
          size="small"
          color="primary"
          className={classes.where}
          endIcon={placeShown ? <LessIcon /> : <MoreIcon />}
          aria-expanded={placeShown}
          onClick={() => setPlaceShown(!placeShown)}
        >
          {placeShown ? t('access.where.hide') : t('access.where.show')}
        </Button>
      )}
      {!over && placeShown && <DataPlaceFacts entitlement={entitlement} />}
    </>
  );
}
