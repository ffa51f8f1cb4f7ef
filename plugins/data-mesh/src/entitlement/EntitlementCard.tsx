import { useRef, useState } from 'react';
import {
  isInForce,
  isLiveEntitlement,
  isUnderWay,
  productInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import type {
  Entitlement,
  EntitlementDetail,
  Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Link, LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import LessIcon from '@material-ui/icons/ExpandLess';
import MoreIcon from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn, RelativeTime } from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { ScopeSummary } from '../plan/ScopeSummary';
import { StateChip } from '../state/StateChip';
import { Approvers } from '../principal/Approvers';
import { entitlementRouteRef, requestRouteRef } from '../routes';
import { useT } from '../useT';
import { useDataMesh, useLoad } from '../api';
import { ChangeNotice } from './notices/ChangeNotice';
import { DataPlaceFacts } from './DataPlaceFacts';
import { EntitlementActions } from './actions/EntitlementActions';
import { EntitlementFailure } from './notices/EntitlementFailure';
import { HealthChip } from './HealthChip';
import { HealthNotice } from './notices/HealthNotice';
import { PendingChanges } from './notices/PendingChanges';
import { ReadinessChip } from './ReadinessChip';
import { ResidueNotice } from './notices/ResidueNotice';
import { SuccessorNotice } from './notices/SuccessorNotice';
import { SuspensionNotice } from './notices/SuspensionNotice';
import { useSeen } from './useSeen';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
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
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginLeft: 'auto',
  },
  foot: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginTop: theme.spacing(1),
  },
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

function isDetail(
  entitlement: Entitlement | EntitlementDetail,
): entitlement is EntitlementDetail {
  return 'actions' in entitlement;
}

/** One entitlement: state, what, as whom, until when, by whose decision. */
export function EntitlementCard(props: {
  entitlement: Entitlement | EntitlementDetail;
  purposes?: readonly Purpose[];
  /** Whether it is shown by itself, on the page of its own. */
  isOpen?: boolean;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { purposes, isOpen = false, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const requestLink = useRouteRef(requestRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const [placeShown, setPlaceShown] = useState(false);
  const root = useRef<HTMLElement>(null);
  const seen = useSeen(root);
  const listed = props.entitlement;
  const api = useDataMesh();
  // The list says neither what may be done, nor what is asked for besides.
  const detail = useLoad(
    seen && isLiveEntitlement(listed) && !isDetail(listed)
      ? `access ${listed.id} ${listed.version}`
      : undefined,
    () => api.getEntitlement(listed.id),
    { pollWhile: isUnderWay },
  );
  const entitlement =
    detail.value && detail.value.version >= listed.version
      ? detail.value
      : listed;
  const known = isDetail(entitlement) ? entitlement : undefined;
  const { state } = entitlement;
  const over = !isLiveEntitlement(entitlement);
  const changed = (next: EntitlementDetail) => {
    detail.set(next);
    onChange(next);
  };

  return (
    <article
      ref={root}
      id={entitlement.id}
      className={classes.root}
      aria-label={`${productInWords(entitlement)} ${entitlement.port}`}
    >
      <div className={classes.first}>
        <StateChip state={state} />
        <span className={classes.port}>
          {t('access.facts.port', { port: entitlement.port })}
        </span>
        {!over && entitlement.activatedAt && entitlement.expiresAt && (
          <EndsIn value={entitlement.expiresAt} />
        )}
        <HealthChip entitlement={entitlement} />
        {known && <ReadinessChip entitlement={known} />}
      </div>
      <EntitlementFailure entitlement={entitlement} onChange={changed} />
      <SuccessorNotice entitlement={entitlement} onChange={changed} />
      <SuspensionNotice entitlement={entitlement} />
      <ResidueNotice entitlement={entitlement} onChange={changed} />
      <HealthNotice entitlement={entitlement} onChange={changed} />
      <ChangeNotice entitlement={entitlement} onChange={changed} />
      {known && <PendingChanges entitlement={known} />}
      <ScopeSummary scope={entitlement.scope} />
      <div className={classes.facts}>
        <span className={classes.fact}>
          {t('access.facts.principal')}{' '}
          <PrincipalLabel principal={entitlement.principal} />
        </span>
        <span className={classes.fact}>
          {t('access.facts.purpose')}{' '}
          <b>
            {purposes?.find(one => one.id === entitlement.purpose)?.title ??
              entitlement.purpose}
          </b>
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
        <div className={classes.foot}>
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
          <div className={classes.actions}>
            {isInForce(entitlement) && !isOpen && (
              <LinkButton
                size="small"
                variant="outlined"
                to={accessLink({ id: entitlement.id })}
              >
                {t('usage.open')}
              </LinkButton>
            )}
            <EntitlementActions
              entitlement={entitlement}
              without={['revoke']}
              onChange={changed}
            />
          </div>
        </div>
      )}
      {!over && placeShown && <DataPlaceFacts entitlement={entitlement} />}
    </article>
  );
}
