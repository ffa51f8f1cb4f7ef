import type { PublicationDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { People } from '../principal/People';
import { RefWords, RelativeTime, SubTitle, useTicks } from '../components';
import { useT } from '../useT';
import { DifferenceRow } from './DifferenceRow';
import { PublicationChip } from './PublicationChip';
import { PublicationDecisionBar } from './PublicationDecisionBar';
import { publicationInWords } from './publicationInWords';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2, 2.5, 0) },
  title: {
    fontSize: theme.typography.pxToRem(18),
    fontWeight: 700,
    overflowWrap: 'anywhere',
  },
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1.25),
    margin: theme.spacing(0.75, 0, 1.5),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  list: {
    listStyle: 'none',
    margin: theme.spacing(0, 0, 1.5),
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  more: {
    marginBottom: theme.spacing(1),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
    '& summary': { cursor: 'pointer', lineHeight: '32px' },
  },
  hint: {
    marginBottom: theme.spacing(2),
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
  },
  history: {
    margin: theme.spacing(0, 0, 2),
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What a publication is about, after the name of its product. */
export function usePublicationTitle() {
  const t = useT();
  return ({ state, waiting }: { state: string; waiting: number }) => {
    switch (state) {
      case 'change-pending':
        return t('publications.card.loosens', { count: waiting });
      case 'suspended':
        return t('publications.card.suspended');
      case 'published':
        return t('publications.card.published');
      default:
        return t('publications.card.first');
    }
  };
}

/** What waits to be accepted of a port, difference by difference. */
export function PublicationCard(props: {
  publication: PublicationDetail;
  onChange: (publication: PublicationDetail) => void;
  onDecided?: () => void;
  /** True where a page around it has the title already. */
  untitled?: boolean;
}) {
  const { publication, onChange, onDecided, untitled = false } = props;
  const { differences, inForce, decisions, waitsFor, state } = publication;
  const t = useT();
  const classes = useStyles();
  const titleOf = usePublicationTitle();
  const { ids: ticked, tick, clear } = useTicks();
  const mine = publication.actions.includes('decide');
  const waiting = differences.filter(({ sentBack }) => !sentBack);
  // What was never accepted is accepted as a whole; only changes of what was
  // are decided one by one.
  const oneByOne = state === 'change-pending';
  const chosen = oneByOne ? ticked : new Set(waiting.map(({ id }) => id));
  const { openRequests = 0, liveEntitlements = 0 } = publication;
  return (
    <div className={classes.root}>
      {!untitled && (
        <Typography variant="h2" className={classes.title}>
          {publicationInWords(publication)} {titleOf(publication)}
        </Typography>
      )}
      <div className={classes.line}>
        <PublicationChip
          state={state}
          label={mine ? t('publications.card.waitsForYou') : undefined}
        />
        {waitsFor && !mine && (
          <span>
            {t('publications.card.waitsFor')}{' '}
            <People refs={waitsFor.approvers} />
          </span>
        )}
        {waitsFor?.since && (
          <RelativeTime
            value={waitsFor.since}
            prefix={t('publications.card.since')}
          />
        )}
        {publication.ownerRef && (
          <EntityRefLink entityRef={publication.ownerRef} hideIcon />
        )}
        <EntityRefLink entityRef={publication.productRef}>
          {t('publications.card.seeProduct')}
        </EntityRefLink>
      </div>
      {publication.why && (
        <div className={classes.hint}>
          <RefWords text={publication.why} />
        </div>
      )}
      {differences.length > 0 ? (
        <ul className={classes.list}>
          {differences.map(difference => (
            <DifferenceRow
              key={difference.id}
              difference={difference}
              ticked={
                mine && oneByOne && !difference.sentBack
                  ? ticked.has(difference.id)
                  : undefined
              }
              onTick={on => tick(difference.id, on)}
            />
          ))}
        </ul>
      ) : (
        state === 'published' && (
          <div className={classes.hint}>{t('publications.card.nothing')}</div>
        )
      )}
      {openRequests + liveEntitlements > 0 && differences.length > 0 && (
        <div className={classes.hint}>
          {t('publications.card.touches', {
            requests: t('publications.card.requests', { count: openRequests }),
            accesses: t('publications.card.accesses', {
              count: liveEntitlements,
            }),
          })}
        </div>
      )}
      {inForce.length > 0 && (
        <details className={classes.more}>
          <summary>
            {t('publications.card.inForce', { count: inForce.length })}
          </summary>
          <ul className={classes.list}>
            {inForce.map(difference => (
              <DifferenceRow key={difference.id} difference={difference} />
            ))}
          </ul>
        </details>
      )}
      {waiting.length > 0 && (
        <div className={classes.hint}>
          {state === 'change-pending'
            ? t('publications.card.until')
            : t('publications.card.untilFirst')}
        </div>
      )}
      {decisions.length > 0 && (
        <>
          <SubTitle component="h3">{t('publications.card.history')}</SubTitle>
          <ul className={classes.history}>
            {decisions.map(({ id, actorRef, decision, comment, at }) => (
              <li key={id}>
                <EntityDisplayName entityRef={actorRef} hideIcon /> · {decision}{' '}
                · <RelativeTime value={at} />
                {comment && (
                  <>
                    {': '}
                    <bdi>{comment}</bdi>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <PublicationDecisionBar
        key={publication.id}
        publication={publication}
        waiting={waiting.map(({ id }) => id)}
        ticked={chosen}
        oneByOne={oneByOne}
        onTickAll={() =>
          tick(
            waiting.map(({ id }) => id),
            true,
          )
        }
        onChange={onChange}
        onDecided={() => {
          clear();
          onDecided?.();
        }}
      />
    </div>
  );
}
