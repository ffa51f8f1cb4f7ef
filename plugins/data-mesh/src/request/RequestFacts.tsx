import { ReactNode } from 'react';
import type {
  AccessRequest,
  Entitlement,
  Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { DateTime } from 'luxon';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn, RelativeTime } from '../components';
import { PrincipalLabel } from '../principal/PrincipalLabel';
import { ScopeSummary } from '../plan/ScopeSummary';
import { entitlementRouteRef } from '../routes';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import { ChangeList } from '../scope/ChangeList';
import { diffScopes } from '../scope/requestDiff';
import { purposeTitle } from '../scope/requestWords';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'minmax(80px, 120px) minmax(0, 1fr)',
    gap: theme.spacing(1, 1.5),
    margin: theme.spacing(2, 0),
  },
  term: { color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
  hint: { color: theme.palette.text.secondary },
  as: { display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
  reason: { whiteSpace: 'pre-wrap' },
}));

/** What is asked for: reads, as whom, for what, until when, why. */
export function RequestFacts(props: {
  request: AccessRequest;
  purposes?: readonly Purpose[];
  /** What came of it: when it ends, or when it ended. */
  entitlement?: Entitlement;
}) {
  const { request, purposes, entitlement } = props;
  const t = useT();
  const momentOf = useMoment();
  const classes = useStyles();
  const accessLink = useRouteRef(entitlementRouteRef);
  const { kind, amendsEntitlementId: aboutId } = request;
  const undecided = !request.entitlementId;
  const changes =
    kind === 'amend' && undecided && entitlement
      ? diffScopes(entitlement.scope, request.scope)
      : [];
  let until: ReactNode = t('requests.facts.untilDays', {
    count: request.durationDays,
  });
  if (entitlement?.endedAt) {
    until = (
      <RelativeTime
        value={entitlement.endedAt}
        prefix={t(`state.${entitlement.state}`)}
      />
    );
  } else if (kind === 'renew' && undecided && entitlement?.expiresAt) {
    const end = momentOf(entitlement.expiresAt);
    until = t('requests.facts.untilInstead', {
      until: end
        .plus({ days: request.durationDays })
        .toLocaleString(DateTime.DATE_MED),
      from: end.toLocaleString(DateTime.DATE_MED),
    });
  } else if (
    (kind === 'amend' || kind === 'resume') &&
    undecided &&
    entitlement?.expiresAt
  ) {
    until = (
      <>
        <EndsIn value={entitlement.expiresAt} />. {t('requests.facts.endStays')}
      </>
    );
  } else if (entitlement?.expiresAt) {
    until = <EndsIn value={entitlement.expiresAt} />;
  }
  const facts: Array<[string, ReactNode]> = [
    ...(aboutId && (kind === 'renew' || kind === 'amend' || kind === 'resume')
      ? [
          [
            t(`requests.facts.${kind}s`),
            <Link to={accessLink({ id: aboutId })}>
              {t('requests.facts.heldAccess')}
            </Link>,
          ] as [string, ReactNode],
        ]
      : []),
    ...(changes.length
      ? [
          [
            t('requests.facts.changes'),
            <ChangeList changes={changes} purposes={purposes} />,
          ] as [string, ReactNode],
        ]
      : []),
    [
      t('requests.facts.reads'),
      <ScopeSummary
        scope={request.scope}
        sensitiveColumns={request.sensitiveColumns}
      />,
    ],
    [
      t('requests.facts.as'),
      <span className={classes.as}>
        <PrincipalLabel principal={request.principal} />
        {request.principalVia && (
          <span className={classes.hint}>
            {' '}
            {t('requests.facts.throughLabel')}{' '}
            <EntityRefLink entityRef={request.principalVia} hideIcon />
          </span>
        )}
      </span>,
    ],
    [
      t('requests.facts.for'),
      <>
        {purposeTitle(request.purpose, purposes)}
        {request.consumerRef && (
          <>
            , {t('requests.facts.into')}{' '}
            <EntityRefLink entityRef={request.consumerRef} hideIcon />
          </>
        )}
      </>,
    ],
    [t('requests.facts.until'), until],
    [
      t('requests.facts.reason'),
      request.justification ? (
        <span className={classes.reason}>
          {t('requests.facts.quoted', { text: request.justification })}
        </span>
      ) : (
        <span className={classes.hint}>{t('requests.facts.noReason')}</span>
      ),
    ],
  ];
  return (
    <dl className={classes.list}>
      {facts.map(([term, value]) => (
        <FactRow key={term} term={term}>
          {value}
        </FactRow>
      ))}
    </dl>
  );
}

function FactRow(props: { term: string; children: ReactNode }) {
  const classes = useStyles();
  return (
    <>
      <dt className={classes.term}>{props.term}</dt>
      <dd className={classes.value}>{props.children}</dd>
    </>
  );
}
