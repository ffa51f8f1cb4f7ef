import { useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, FreeText, RelativeTime } from '../components';
import { DeltaLines } from '../plan/DeltaLines';
import { entitlementRouteRef, requestRouteRef } from '../routes';
import { useLocale } from '../useMoment';
import { useT } from '../useT';
import { auditDelta, awsOf, wordsOf } from './auditDelta';
import { requestOf } from './Sentence';
import { AuditEntry } from './useAuditTrail';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
    gap: theme.spacing(1.5, 3),
    padding: theme.spacing(1, 2, 2, 11),
    background: theme.palette.background.default,
    fontSize: theme.typography.body2.fontSize,
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: 'minmax(0, 1fr)',
      paddingLeft: theme.spacing(2),
    },
  },
  words: {
    margin: theme.spacing(1, 0, 0),
    color: theme.palette.text.secondary,
  },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    gap: theme.spacing(0.5, 1.5),
    margin: 0,
    alignContent: 'start',
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
  hash: { fontFamily: 'monospace' },
  links: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2) },
  json: {
    gridColumn: '1 / -1',
    margin: 0,
    maxHeight: 400,
    overflow: 'auto',
    padding: theme.spacing(1),
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    fontSize: theme.typography.pxToRem(12),
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** What an entry says: the difference, the words, the chain, AWS and all of it. */
export function EntryDetails(props: { entry: AuditEntry; events?: number }) {
  const { entry, events } = props;
  const { event } = entry;
  const t = useT();
  const classes = useStyles();
  const number = new Intl.NumberFormat(useLocale());
  const requestLink = useRouteRef(requestRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const [json, setJson] = useState(false);
  const lines = auditDelta(event);
  const words = wordsOf(event);
  const aws = awsOf(event);
  const requestId = requestOf(entry);
  const accessId = /^entitlement:(.+)$/.exec(event.subject)?.[1];
  return (
    <div className={classes.root}>
      <div>
        {lines.length > 0 && <DeltaLines lines={lines} />}
        {words && (
          <p className={classes.words}>
            “<FreeText>{words}</FreeText>”
          </p>
        )}
        <div className={classes.links}>
          {requestId && (
            <Link to={requestLink({ id: requestId })}>
              {t('audit.entry.request')}
            </Link>
          )}
          {accessId && (
            <Link to={accessLink({ id: accessId })}>
              {t('audit.entry.access')}
            </Link>
          )}
        </div>
      </div>
      <dl className={classes.facts}>
        <dt>{t('audit.entry.number')}</dt>
        <dd>
          {events === undefined
            ? number.format(event.sequence)
            : t('audit.entry.of', {
                sequence: number.format(event.sequence),
                events: number.format(events),
              })}
          {' · '}
          <RelativeTime value={event.at} />
        </dd>
        <dt>{t('audit.entry.linked')}</dt>
        <dd title={event.previousHash}>
          {event.previousHash ? (
            <>
              {number.format(event.sequence - 1)} ·{' '}
              <span className={classes.hash}>{short(event.previousHash)}</span>
            </>
          ) : (
            t('audit.entry.first')
          )}
        </dd>
        <dt>{t('audit.entry.hash')}</dt>
        <dd title={event.hash} className={classes.hash}>
          {short(event.hash)}
        </dd>
        {aws && (
          <>
            <dt>{t('audit.entry.aws')}</dt>
            <dd>
              <CodeWords text={aws} />
            </dd>
          </>
        )}
      </dl>
      <div>
        <Button
          size="small"
          aria-expanded={json}
          onClick={() => setJson(before => !before)}
        >
          {t(json ? 'audit.entry.hideJson' : 'audit.entry.json')}
        </Button>
      </div>
      {json && (
        <pre className={classes.json}>{JSON.stringify(event, null, 2)}</pre>
      )}
    </div>
  );
}

function short(hash: string): string {
  return `${hash.slice(0, 4)}…${hash.slice(-4)}`;
}
