import { ReactNode } from 'react';
import type {
  EntitlementDetail,
  Purpose,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, RelativeTime } from '../components';
import { useSentence } from '../useSentence';
import { useT } from '../useT';
import { ChangeList } from '../scope/ChangeList';
import { TimelineEntry, timelineOf } from './timeline';
import { useRequestWords } from '../scope/requestWords';

const useStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    borderLeft: `2px solid ${theme.palette.divider}`,
  },
  item: {
    position: 'relative',
    padding: theme.spacing(0, 0, 1.5, 2),
    '&::before': {
      content: '""',
      position: 'absolute',
      left: -5,
      top: 7,
      width: 8,
      height: 8,
      borderRadius: '50%',
      background: theme.palette.text.secondary,
    },
  },
  time: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  text: {
    margin: theme.spacing(0.5, 0, 0),
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** What happened to a request, in the order given. */
export function TimelineList(props: {
  entries: readonly TimelineEntry[];
  purposes?: readonly Purpose[];
}) {
  const { entries, purposes } = props;
  const t = useT();
  const say = useSentence();
  const classes = useStyles();
  const words = useRequestWords();

  const sentence = (entry: TimelineEntry): ReactNode => {
    switch (entry.kind) {
      case 'created':
        return t('requests.timeline.created', {
          scope: scopeInWords(entry.scope),
          duration: words.duration(entry.durationDays),
        });
      case 'commented':
        return t('requests.timeline.commented');
      case 'revised':
        return t('requests.timeline.revised');
      case 'decided':
        if (entry.decision === 'approve') {
          return entry.narrowed
            ? t('requests.timeline.approvedNarrowed')
            : t('requests.timeline.approved');
        }
        return entry.decision === 'reject'
          ? t('requests.timeline.rejected')
          : t('requests.timeline.request-changes');
      case 'byRule':
        return t('requests.timeline.byRule', {
          because: entry.because ? say(entry.because) : '',
        });
      case 'failed':
        return t('requests.timeline.failed', { message: entry.text });
      case 'ended':
        return t('requests.timeline.ended');
      default:
        return t(`requests.timeline.${entry.kind}`);
    }
  };

  return (
    <ol className={classes.list}>
      {entries.map(entry => (
        <li key={entry.id} className={classes.item}>
          {'actorRef' in entry && entry.actorRef && entry.kind !== 'ended' && (
            <>
              {entry.actorRef.startsWith('plugin:') ? (
                t('requests.timeline.system')
              ) : (
                <EntityRefLink entityRef={entry.actorRef} hideIcon />
              )}{' '}
            </>
          )}
          {sentence(entry)}
          {entry.kind === 'ended' && entry.actorRef?.includes(':') && (
            <>
              {' '}
              {t('requests.timeline.by')}{' '}
              <EntityRefLink entityRef={entry.actorRef} hideIcon />
            </>
          )}{' '}
          <span className={classes.time}>
            <RelativeTime value={entry.at} />
          </span>
          {(entry.kind === 'revised' || entry.kind === 'decided') && (
            <ChangeList changes={entry.changes} purposes={purposes} />
          )}
          {'text' in entry && entry.text && entry.kind !== 'failed' && (
            <p className={classes.text}>
              {entry.kind === 'commented' &&
              entry.actorRef.startsWith('plugin:') ? (
                <CodeWords text={entry.text} />
              ) : (
                t('requests.facts.quoted', { text: entry.text })
              )}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}

/** All that happened to a request, oldest first. */
export function RequestTimeline(props: {
  request: RequestDetail;
  entitlement?: EntitlementDetail;
  purposes?: readonly Purpose[];
}) {
  const { request, entitlement, purposes } = props;
  return (
    <TimelineList
      entries={timelineOf(request, entitlement)}
      purposes={purposes}
    />
  );
}
