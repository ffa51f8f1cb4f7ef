import { useState } from 'react';
import type {
  CheckState,
  DoctorReport,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useDataMesh, useLoad } from '../../api';
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
  RefWords,
  RelativeTime,
  ToneChip,
} from '../../components';
import {
  CHECK_ICONS,
  CHECK_TONES,
  CheckList,
} from '../../components/state/CheckList';
import { useT } from '../../useT';

const ORDER: readonly CheckState[] = ['failed', 'warning', 'unknown', 'ok'];

const useStyles = makeStyles(theme => ({
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 2),
    marginBottom: theme.spacing(1.5),
  },
  words: { flex: '1 1 320px' },
  subject: { padding: theme.spacing(1.5, 2), marginBottom: theme.spacing(1.5) },
  name: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: 600,
  },
}));

type Subject = DoctorReport['items'][number];

/** How the worst check of a subject ended. */
export function worstOf({ checks }: Subject): CheckState {
  return (
    ORDER.find(state => checks.some(check => check.state === state)) ?? 'ok'
  );
}

function SubjectCard(props: { subject: Subject; onlyFindings: boolean }) {
  const { subject, onlyFindings } = props;
  const t = useT();
  const classes = useStyles();
  const worst = worstOf(subject);
  const Icon = CHECK_ICONS[worst];
  const shown = onlyFindings
    ? subject.checks.filter(({ state }) => state !== 'ok')
    : subject.checks;
  return (
    <Paper
      variant="outlined"
      component="section"
      className={classes.subject}
      aria-label={subject.subject}
    >
      <Typography variant="body1" component="h2" className={classes.name}>
        <ToneChip
          tone={CHECK_TONES[worst]}
          icon={<Icon aria-hidden />}
          label={t(`grants.doctor.worst.${worst}`)}
        />
        <span>
          <RefWords text={subject.subject} />
        </span>
      </Typography>
      <CheckList
        checks={[...shown].sort(
          (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state),
        )}
      />
    </Paper>
  );
}

/** What would make access fail or let the wrong people decide, before it does. */
export function DoctorView() {
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [all, setAll] = useState(false);
  // Each look costs calls to AWS: asked once, and again when somebody asks.
  const report = useLoad('doctor', () => api.getDoctor(), { live: false });
  const { value } = report;
  const sorted = [...(value?.items ?? [])].sort(
    (a, b) => ORDER.indexOf(worstOf(a)) - ORDER.indexOf(worstOf(b)),
  );
  const shown = all ? sorted : sorted.filter(one => worstOf(one) !== 'ok');
  return (
    <>
      <div className={classes.head}>
        <Typography variant="body2" className={classes.words}>
          {t('grants.doctor.words')}
        </Typography>
        {value && (
          <>
            <FormControlLabel
              control={
                <Checkbox
                  size="small"
                  color="primary"
                  checked={all}
                  onChange={(_, on) => setAll(on)}
                />
              }
              label={
                <Typography variant="body2">
                  {t('grants.doctor.all')}
                </Typography>
              }
            />
            <Typography variant="body2" color="textSecondary">
              <RelativeTime
                value={value.checkedAt}
                prefix={t('usage.readiness.checked')}
              />
            </Typography>
            <Button
              size="small"
              variant="outlined"
              disabled={report.reloading}
              onClick={() => void report.reload()}
            >
              {t('usage.readiness.again')}
            </Button>
          </>
        )}
      </div>
      {report.loading && (
        <Paper variant="outlined">
          <ListSkeleton rows={4} lines={3} />
        </Paper>
      )}
      {report.error && !value && (
        <ErrorState
          error={report.error}
          what={t('grants.doctor.what')}
          permission="data-mesh.doctor.read"
          onRetry={() => void report.reload()}
        />
      )}
      {value && shown.length === 0 && (
        <Paper variant="outlined">
          <EmptyState
            title={t('grants.doctor.none', { count: sorted.length })}
            description={t('grants.doctor.noneWords')}
          />
        </Paper>
      )}
      {shown.map(subject => (
        <SubjectCard
          key={`${subject.accountId} ${subject.region} ${subject.subject}`}
          subject={subject}
          onlyFindings={!all}
        />
      ))}
    </>
  );
}
