import { ReactNode } from 'react';
import type {
  AccessRequest,
  Purpose,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { EndsIn, PrincipalLabel, ScopeSummary } from '../components';
import { useT } from '../useT';
import { purposeTitle } from './requestWords';

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
  /** When the access ends, once it began. */
  expiresAt?: string;
}) {
  const { request, purposes, expiresAt } = props;
  const t = useT();
  const classes = useStyles();
  const facts: Array<[string, ReactNode]> = [
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
    [
      t('requests.facts.until'),
      expiresAt ? (
        <EndsIn value={expiresAt} />
      ) : (
        t('requests.facts.untilDays', { count: request.durationDays })
      ),
    ],
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
