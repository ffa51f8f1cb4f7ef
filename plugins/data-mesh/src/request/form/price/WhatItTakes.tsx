import type { Me } from '@lakemesh/backstage-plugin-data-mesh-common';
import { scopeForm } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  CardSkeleton,
  messageOf,
  toneColors,
  SubTitle,
  ToneChip,
} from '../../../components';
import { ReachSummary } from '../../../plan/ReachSummary';
import { useSentence } from '../../../useSentence';
import { useT } from '../../../useT';
import { ExistingAccessCard } from '../../decide/ExistingAccessCard';
import { FormSection } from '../../../components/FormSection';
import { StageList } from './StageList';
import { Preview } from './usePreview';
import { PlanInWords } from './PlanInWords';
import { useUsually } from './PriceWords';

const useStyles = makeStyles(theme => ({
  body: { position: 'relative' },
  progress: { position: 'absolute', top: -8, left: 0, right: 0, height: 2 },
  stale: { opacity: 0.6 },
  refused: {
    padding: theme.spacing(1),
    marginBottom: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'bad'),
  },
  failed: { color: theme.palette.text.secondary },
}));

/** Who decides, what is done then, and what exists already; follows the form. */
export function WhatItTakes(props: {
  preview: Preview;
  me: Me;
  portType?: string;
  /** The request that is changed: it is no access beside itself. */
  revisedId?: string;
  canLeaveOut: (columns: string[]) => boolean;
  onLeaveOut: (columns: string[]) => void;
}) {
  const { preview, me, portType, revisedId, canLeaveOut, onLeaveOut } = props;
  const t = useT();
  const say = useSentence();
  const classes = useStyles();
  const usually = useUsually();
  const { value, loading, error } = preview;
  const policy = value?.policy;
  const plan = value?.plan;
  const existing = (value?.existing ?? []).filter(({ id }) => id !== revisedId);
  const system =
    me.provisioners.find(one => one.portType === portType)?.title ??
    portType ??
    '';
  const usual = policy?.stages.length
    ? usually(value?.medianDecisionHours)
    : '';
  const renews = preview.about?.kind === 'renew';
  const started = Boolean(preview.about?.scope);
  // Of named tables the form itself shows what they are.
  const showsReach =
    Boolean(value?.reach?.unknown) ||
    (preview.about?.scope && scopeForm(preview.about.scope) !== 'tables');

  return (
    <>
      <FormSection
        id="data-mesh-happen"
        title={t('requestForm.happen.title')}
        aside={usual && <ToneChip tone="waiting" label={usual} />}
      >
        <div className={classes.body} aria-live="polite" aria-busy={loading}>
          {loading && value && (
            <LinearProgress
              className={classes.progress}
              aria-label={t('requestForm.happen.loading')}
            />
          )}
          {error && (
            <div className={classes.failed} role="alert">
              <Typography variant="subtitle2" component="p">
                {t('requestForm.happen.failed')}
              </Typography>
              <Typography variant="body2">{messageOf(error)}</Typography>
              <Typography variant="body2" paragraph>
                {t('requestForm.happen.failedWords')}
              </Typography>
              <Button size="small" variant="outlined" onClick={preview.retry}>
                {t('common.retry')}
              </Button>
            </div>
          )}
          {!value && loading && <CardSkeleton lines={5} />}
          {value && !started && (
            <Typography variant="body2" color="textSecondary">
              {t('requestForm.happen.idle')}
            </Typography>
          )}
          {value && started && (
            <div className={error ? classes.stale : undefined}>
              {policy && policy.refusals.length > 0 && (
                <div className={classes.refused}>
                  {t('requestForm.happen.refused')}
                </div>
              )}
              {policy?.autoApproved && (
                <Typography variant="body2" paragraph>
                  <strong>{t('requestForm.happen.byRule')}</strong>
                  {policy.autoApprovedBecause &&
                    `: ${say(policy.autoApprovedBecause)}`}
                </Typography>
              )}
              {policy && (
                <StageList
                  stages={policy.stages}
                  canLeaveOut={canLeaveOut}
                  onLeaveOut={onLeaveOut}
                />
              )}
              {value.reach && showsReach && (
                <>
                  <SubTitle component="h3">{t('reach.title')}</SubTitle>
                  <ReachSummary reach={value.reach} />
                </>
              )}
              {renews && (
                <Typography variant="body2">
                  {t('requests.plan.renewal')}
                </Typography>
              )}
              {!renews && plan && (
                <PlanInWords
                  plan={plan}
                  system={system}
                  principals={me.principals.map(({ principal }) => principal)}
                />
              )}
              {!renews && value.planError && (
                <Typography variant="body2" color="textSecondary">
                  {t('requestForm.happen.noPlan', { reason: value.planError })}
                </Typography>
              )}
            </div>
          )}
        </div>
      </FormSection>
      {value && existing.length + value.hiddenExisting > 0 && (
        <FormSection
          id="data-mesh-existing"
          title={t('requestForm.existing.label')}
        >
          {existing.map(one => (
            <ExistingAccessCard
              key={one.id}
              existing={one}
              principals={me.principals}
            />
          ))}
          {value.hiddenExisting > 0 && (
            <Typography variant="body2" color="textSecondary">
              {t('requestForm.existing.hidden', {
                count: value.hiddenExisting,
              })}
            </Typography>
          )}
        </FormSection>
      )}
    </>
  );
}
