import {
  isolatedText,
  type DecisionFact,
  type RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import { makeStyles } from '@material-ui/core/styles';
import { SkeletonBar } from '../../components';
import { DecisionFacts } from '../../plan/DecisionFacts';
import { useMoment } from '../../useMoment';
import { useSentence } from '../../useSentence';
import { useT } from '../../useT';
import { ExistingAccessCard } from './ExistingAccessCard';
import { useEvidence, type Evidence } from './useEvidence';

/** Facts beside which nothing is read any longer. */
const AT_MOST = 4;

/** Names in one fact. */
const AT_MOST_NAMES = 4;

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(1.5) },
  // Two lines of facts are the rule: what comes later moves nothing.
  waiting: { minHeight: 40 },
  card: { marginTop: theme.spacing(1) },
}));

function useFacts(request: RequestDetail) {
  const t = useT();
  const say = useSentence();
  const momentOf = useMoment();
  const dayOf = (value: string) =>
    momentOf(value).toLocaleString(DateTime.DATE_MED);
  return ({ earlier, people }: Evidence): DecisionFact[] => {
    const { policy, existing, hiddenExisting, revisions } = request;
    const pii = request.sensitiveColumns?.length ?? 0;
    const [last] = earlier;
    const warnings: DecisionFact[] = [
      ...policy.refusals.map(({ reason }) => ({
        tone: 'warning' as const,
        title: say(reason),
      })),
      ...(last?.state === 'rejected'
        ? [
            {
              tone: 'warning' as const,
              title: t('requests.before.rejectedBefore', {
                date: dayOf(last.decidedAt ?? last.updatedAt),
              }),
              detail: last.justification && isolatedText(last.justification),
            },
          ]
        : []),
      ...(pii > 0
        ? [
            {
              tone: 'warning' as const,
              title: t('requests.before.pii', { count: pii }),
            },
          ]
        : []),
    ];
    const nothing =
      existing.length + hiddenExisting === 0
        ? [
            {
              tone: 'neutral' as const,
              title: t(
                request.amendsEntitlementId
                  ? 'requests.before.nothingElse'
                  : 'requests.before.nothing',
              ),
            },
          ]
        : [];
    const neutral: DecisionFact[] = [
      ...(people
        ? [
            {
              tone: 'neutral' as const,
              title: t('requests.before.people', { count: people.length }),
              detail: [
                ...people.slice(0, AT_MOST_NAMES),
                ...(people.length > AT_MOST_NAMES
                  ? [
                      t('requests.before.morePeople', {
                        count: people.length - AT_MOST_NAMES,
                      }),
                    ]
                  : []),
              ].join(', '),
            },
          ]
        : []),
      ...(last?.state === 'approved'
        ? [
            {
              tone: 'neutral' as const,
              title: t('requests.before.approvedBefore', {
                date: dayOf(last.decidedAt ?? last.updatedAt),
              }),
            },
          ]
        : []),
      ...(hiddenExisting > 0
        ? [
            {
              tone: 'neutral' as const,
              title: t('requests.before.hidden', { count: hiddenExisting }),
            },
          ]
        : []),
      ...(revisions.length > 0
        ? [
            {
              tone: 'neutral' as const,
              title: t('requests.before.revisions', {
                count: revisions.length,
              }),
            },
          ]
        : []),
      ...nothing,
    ];
    return [...warnings, ...neutral].slice(0, AT_MOST);
  };
}

/** What a careful approver wants to know, the most surprising first. */
export function BeforeYouDecide(props: { request: RequestDetail }) {
  const { request } = props;
  const t = useT();
  const classes = useStyles();
  const evidence = useEvidence(request);
  const factsOf = useFacts(request);
  return (
    <div className={classes.root}>
      {evidence ? (
        <DecisionFacts facts={factsOf(evidence)} />
      ) : (
        <div className={classes.waiting}>
          <SkeletonBar width="60%" />
        </div>
      )}
      {request.existing.map(one => (
        <div key={one.id} className={classes.card}>
          <ExistingAccessCard
            existing={one}
            principals={[
              { principal: request.principal, via: request.requesterRef },
            ]}
            relationWords={t(`requests.before.${one.relation}`)}
          />
        </div>
      ))}
    </div>
  );
}
