import {
  isOpenClaim,
  type ClaimDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, RelativeTime, SubTitle } from '../components';
import { DecisionFacts } from '../plan/DecisionFacts';
import { DeltaLines } from '../plan/DeltaLines';
import { People } from '../principal/People';
import { useT } from '../useT';
import { ClaimChip } from './ClaimChip';
import { ClaimDecisionBar } from './ClaimDecisionBar';
import { OverlapList } from './OverlapList';
import { PlaceContentsView } from './PlaceContentsView';
import { placeWhere } from './placeWhere';

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
    margin: theme.spacing(0.75, 0),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  reason: {
    margin: theme.spacing(1, 0, 1.5),
    padding: theme.spacing(0.25, 1.25),
    borderLeft: `3px solid ${theme.palette.divider}`,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    unicodeBidi: 'isolate',
  },
  section: { marginBottom: theme.spacing(2) },
  history: {
    margin: 0,
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

function ClaimTurn(props: { claim: ClaimDetail }) {
  const { claim } = props;
  const t = useT();
  let label: string | undefined;
  if (claim.actions.includes('accept')) label = t('places.claim.waitsForYou');
  if (claim.actions.includes('revise'))
    label = t('places.claim.waitsForYourChanges');
  return (
    <>
      <ClaimChip claim={claim} label={label} />
      {claim.state === 'pending' && !label && (
        <span>
          {t('places.claim.waitsFor')} <People refs={claim.waitsFor} />
        </span>
      )}
    </>
  );
}

/** A claim of a place: what changes about who decides, and what is in it. */
export function ClaimCard(props: {
  claim: ClaimDetail;
  onChange: (claim: ClaimDetail) => void;
  onDecided?: () => void;
  /** True where a page around it has the title already. */
  untitled?: boolean;
}) {
  const { claim, onChange, onDecided, untitled = false } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      {!untitled && (
        <Typography variant="h2" className={classes.title}>
          <EntityDisplayName entityRef={claim.domainRef} hideIcon />{' '}
          {t('places.claim.claims')} <CodeWords text={claim.words} />
        </Typography>
      )}
      <div className={classes.line}>
        <ClaimTurn claim={claim} />
        <RelativeTime
          value={isOpenClaim(claim) ? claim.createdAt : claim.updatedAt}
        />
        <EntityRefLink entityRef={claim.requesterRef} hideIcon />
        <span>{placeWhere(claim.place, claim.accountAlias)}</span>
      </div>
      <div className={classes.reason}>{claim.reason}</div>
      <section className={classes.section}>
        <SubTitle component="h3">{t('places.claim.delta')}</SubTitle>
        <DeltaLines lines={claim.delta} />
      </section>
      <OverlapList overlaps={claim.overlaps} />
      {claim.contents && (
        <PlaceContentsView
          contents={claim.contents}
          overlaps={claim.overlaps}
          domainRef={claim.domainRef}
        />
      )}
      {claim.facts && claim.facts.length > 0 && (
        <section className={classes.section}>
          <SubTitle component="h3">{t('places.claim.before')}</SubTitle>
          <DecisionFacts facts={claim.facts} />
        </section>
      )}
      {claim.decisions.length > 0 && (
        <section className={classes.section}>
          <SubTitle component="h3">{t('places.claim.decisions')}</SubTitle>
          <ul className={classes.history}>
            {claim.decisions.map(({ id, actorRef, decision, comment, at }) => (
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
        </section>
      )}
      <ClaimDecisionBar
        key={claim.id}
        claim={claim}
        onChange={onChange}
        onDecided={onDecided}
      />
    </div>
  );
}
