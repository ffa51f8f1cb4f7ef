import { useState } from 'react';
import type {
  DriftAction,
  DriftItem,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import BackIcon from '@material-ui/icons/ArrowBack';
import { makeStyles } from '@material-ui/core/styles';
import {
  CodeWords,
  ErrorState,
  RelativeTime,
  SubTitle,
  ToneChip,
} from '../../components';
import { DecisionFacts } from '../../plan/DecisionFacts';
import { PrincipalLabel } from '../../principal/PrincipalLabel';
import { useT } from '../../useT';
import { DriftBar } from './DriftBar';
import { driftMatrix } from './driftMatrix';
import { DriftMatrixTable } from './DriftMatrixTable';
import { principalOfDrift, productsOfDrift } from './driftWords';
import { useDriftFacts } from './useDriftFacts';
import { useDriftWords } from './useDriftWords';
import { usePersonalColumns } from './usePersonalColumns';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    minHeight: '100%',
    padding: theme.spacing(2, 2.5, 0),
    '& > :last-child': { marginTop: 'auto' },
  },
  title: {
    fontSize: theme.typography.pxToRem(18),
    fontWeight: 700,
    overflowWrap: 'anywhere',
  },
  about: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    margin: theme.spacing(0.5, 0, 1.5),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  section: { marginTop: theme.spacing(2) },
  back: { alignSelf: 'flex-start', marginLeft: theme.spacing(-1) },
}));

/** One difference: what was approved, what is held, and what may be done. */
export function DriftPane(props: {
  item: DriftItem;
  /** Leads back to the list where it is not beside. */
  onBack?: () => void;
  onDone: (action: DriftAction) => void;
}) {
  const { item, onBack, onDone } = props;
  const t = useT();
  const classes = useStyles();
  const words = useDriftWords();
  const isPersonal = usePersonalColumns(item);
  const facts = useDriftFacts(item, isPersonal);
  const [error, setError] = useState<Error>();
  const principal = principalOfDrift(item);
  const matrix = driftMatrix(item);
  const place = item.grant?.grant.resource;
  return (
    <section className={classes.root} aria-label={t('grants.drift.one')}>
      {onBack && (
        <Button
          size="small"
          className={classes.back}
          startIcon={<BackIcon />}
          onClick={onBack}
        >
          {t('grants.drift.back')}
        </Button>
      )}
      <Typography variant="h2" className={classes.title}>
        <CodeWords text={words.title(item)} />
      </Typography>
      <div className={classes.about}>
        {item.kind !== 'excess' && (
          <ToneChip
            tone="attention"
            label={t(`grants.drift.kind.${item.kind}`)}
          />
        )}
        {principal && <PrincipalLabel principal={principal} />}
        {productsOfDrift(item).map(ref => (
          <EntityRefLink key={ref} entityRef={ref} />
        ))}
        {place?.table && (
          <CodeWords text={`\`${place.database}.${place.table}\``} />
        )}
        <RelativeTime value={item.since} prefix={t('grants.drift.seenSince')} />
      </div>
      {matrix ? (
        <DriftMatrixTable
          matrix={matrix}
          revocable={item.actions.includes('revoke')}
          isPersonal={isPersonal}
        />
      ) : (
        <Typography variant="body2">
          {t(`grants.drift.means.${item.kind}`)}
        </Typography>
      )}
      {facts.length > 0 && (
        <div className={classes.section}>
          <SubTitle component="h3">{t('requests.before.title')}</SubTitle>
          <DecisionFacts facts={facts} />
        </div>
      )}
      {error && (
        <div className={classes.section}>
          <ErrorState
            error={error}
            what={t('grants.resolve.previewWhat')}
            title={t('grants.resolve.failed')}
            permission="data-mesh.drift.resolve"
          />
        </div>
      )}
      <DriftBar item={item} onError={setError} onDone={onDone} />
    </section>
  );
}
