import { DateTime } from 'luxon';
import Button from '@material-ui/core/Button';
import ButtonBase from '@material-ui/core/ButtonBase';
import Paper from '@material-ui/core/Paper';
import ChevronIcon from '@material-ui/icons/ChevronRight';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { Pages } from '../api';
import { EmptyState, ErrorState, ListSkeleton } from '../components';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import { AUDIT_KINDS, AuditUrl, isFiltered } from './auditUrl';
import { EntryDetails } from './EntryDetails';
import { ActorMark, Sentence } from './Sentence';
import { AuditEntry } from './useAuditTrail';
import { ChangeAuditUrl } from './useAuditUrl';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  day: {
    margin: 0,
    padding: theme.spacing(1, 2),
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 600,
    color: theme.palette.text.secondary,
    background: theme.palette.background.default,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  row: {
    display: 'grid',
    gridTemplateColumns: '52px 22px minmax(0, 1fr) auto 32px',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    minHeight: 37,
    padding: theme.spacing(0.25, 1, 0.25, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    // At 768 what stands on the right is in the part that unfolds.
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: '52px 22px minmax(0, 1fr) 32px',
    },
  },
  open: { background: alpha(theme.palette.primary.main, 0.12) },
  time: { fontFamily: 'monospace', color: theme.palette.text.secondary },
  words: { minWidth: 0, overflowWrap: 'anywhere' },
  kind: {
    color: theme.palette.text.secondary,
    whiteSpace: 'nowrap',
    [theme.breakpoints.down('sm')]: { display: 'none' },
  },
  button: {
    width: 32,
    height: 32,
    borderRadius: '50%',
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));

/** Entries by the day that they were written on, where the reader is. */
export function byDay(entries: readonly AuditEntry[]) {
  const days: Array<{ day: string; entries: AuditEntry[] }> = [];
  for (const entry of entries) {
    const day = DateTime.fromISO(entry.event.at).toFormat('yyyy-MM-dd');
    const last = days[days.length - 1];
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

function useDayWords() {
  const t = useT();
  const momentOf = useMoment();
  return (day: string): string => {
    const date = momentOf(day);
    const words = date.toLocaleString({
      day: 'numeric',
      month: 'long',
      ...(!date.hasSame(DateTime.local(), 'year') && { year: 'numeric' }),
    });
    if (date.hasSame(DateTime.local(), 'day')) {
      return t('audit.today', { day: words });
    }
    return date.hasSame(DateTime.local().minus({ days: 1 }), 'day')
      ? t('audit.yesterday', { day: words })
      : words;
  };
}

function Row(props: {
  entry: AuditEntry;
  events?: number;
  open: boolean;
  onToggle: () => void;
}) {
  const { entry, events, open, onToggle } = props;
  const { event } = entry;
  const t = useT();
  const classes = useStyles();
  const momentOf = useMoment();
  const time = momentOf(event.at);
  const kind = AUDIT_KINDS.find(one => event.action.startsWith(`${one}.`));
  const Icon = open ? ExpandIcon : ChevronIcon;
  return (
    <li>
      <div className={`${classes.row} ${open ? classes.open : ''}`}>
        <time
          className={classes.time}
          dateTime={event.at}
          title={time.toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS)}
        >
          {time.toFormat('HH:mm')}
        </time>
        <ActorMark actorRef={event.actorRef} />
        <span className={classes.words}>
          <Sentence entry={entry} />
        </span>
        <span className={classes.kind}>
          {kind ? t(`audit.kind.${kind}`) : event.action}
        </span>
        <ButtonBase
          className={classes.button}
          aria-label={t('audit.open', { sequence: String(event.sequence) })}
          aria-expanded={open}
          onClick={onToggle}
        >
          <Icon fontSize="small" />
        </ButtonBase>
      </div>
      {open && <EntryDetails entry={entry} events={events} />}
    </li>
  );
}

/** The entries of the trail by day, newest first, each of which unfolds. */
export function AuditList(props: {
  entries: Pages<AuditEntry>;
  url: AuditUrl;
  change: ChangeAuditUrl;
  events?: number;
}) {
  const { entries, url, change, events } = props;
  const t = useT();
  const classes = useStyles();
  const dayWords = useDayWords();
  const { value } = entries;
  return (
    <Paper variant="outlined" component="section" aria-label={t('audit.list')}>
      {entries.loading && <ListSkeleton rows={8} />}
      {entries.error && !value && (
        <ErrorState
          error={entries.error}
          what={t('audit.what')}
          permission="data-mesh.audit.read"
          onRetry={() => void entries.reload()}
        />
      )}
      {value && value.items.length === 0 && !value.more && (
        <EmptyState
          title={t(isFiltered(url) ? 'audit.nothingFound' : 'audit.none')}
          description={isFiltered(url) ? undefined : t('audit.noneWords')}
          action={
            isFiltered(url) && (
              <Button
                variant="outlined"
                onClick={() =>
                  change({
                    text: '',
                    days: undefined,
                    who: undefined,
                    kinds: [],
                    productRef: undefined,
                    principal: undefined,
                  })
                }
              >
                {t('audit.clearFilters')}
              </Button>
            )
          }
        />
      )}
      {byDay(value?.items ?? []).map(({ day, entries: ofDay }) => (
        <section key={day} aria-label={dayWords(day)}>
          <h2 className={classes.day}>{dayWords(day)}</h2>
          <ol className={classes.list} reversed>
            {ofDay.map(entry => {
              const { sequence } = entry.event;
              return (
                <Row
                  key={sequence}
                  entry={entry}
                  events={events}
                  open={sequence === url.open}
                  onToggle={() =>
                    change(
                      { open: sequence === url.open ? undefined : sequence },
                      { replace: true },
                    )
                  }
                />
              );
            })}
          </ol>
        </section>
      ))}
      {value?.more && (
        <div className={classes.more}>
          <Button
            variant="outlined"
            disabled={entries.loadingMore}
            onClick={entries.loadMore}
          >
            {t('audit.more')}
          </Button>
        </div>
      )}
    </Paper>
  );
}
