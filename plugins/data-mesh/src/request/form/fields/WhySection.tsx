import type { Purpose } from '@lakemesh/backstage-plugin-data-mesh-common';
import FormHelperText from '@material-ui/core/FormHelperText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../../useT';
import { DurationField } from './DurationField';
import { durationLimit } from './durations';
import { FieldProblems } from '../../../scope/FieldProblems';
import { AboutAccess, FormDraft, FormEvent } from '../draft/formDraft';
import { FormSection } from '../../../components/FormSection';
import { EndInstead } from './EndInstead';
import { PlacedProblem, problemsAt } from '../../../scope/problemFields';

const useStyles = makeStyles(theme => ({
  line: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
  },
  purpose: { flex: '0 1 280px', minWidth: 220 },
  reason: { marginTop: theme.spacing(2) },
}));

/** What the data is for, until when, and why. */
export function WhySection(props: {
  draft: FormDraft;
  purposes: Purpose[];
  /** What the product allows, for the case that the portal knows none of it. */
  allowedIds?: string[];
  limit: ReturnType<typeof durationLimit>;
  problems: readonly PlacedProblem[];
  about?: AboutAccess;
  dispatch: (event: FormEvent) => void;
}) {
  const { draft, purposes, allowedIds, limit, problems, about, dispatch } =
    props;
  const t = useT();
  const classes = useStyles();
  const purposeProblems = problemsAt(problems, 'purpose');
  const durationProblems = problemsAt(problems, 'duration');
  return (
    <FormSection
      id="data-mesh-why"
      number={3}
      title={t('requestForm.why.title')}
    >
      <div className={classes.line}>
        <div className={classes.purpose}>
          <TextField
            id="data-mesh-purpose"
            fullWidth
            select
            size="small"
            variant="outlined"
            label={t('requestForm.why.purpose')}
            error={purposeProblems.length > 0}
            value={draft.purpose}
            disabled={purposes.length === 0}
            onChange={event =>
              dispatch({ type: 'purpose', purpose: event.target.value })
            }
            InputLabelProps={{ shrink: true }}
            SelectProps={{ displayEmpty: true }}
          >
            <MenuItem value="" disabled>
              {t('requestForm.why.choosePurpose')}
            </MenuItem>
            {purposes.map(({ id, title }) => (
              <MenuItem key={id} value={id}>
                {title}
              </MenuItem>
            ))}
          </TextField>
          <FieldProblems problems={purposeProblems} />
        </div>
        <div>
          {about?.kind !== 'amend' && (
            <>
              <DurationField
                days={draft.durationDays}
                limit={limit}
                error={durationProblems.length > 0}
                onChange={days => dispatch({ type: 'duration', days })}
              />
              <FormHelperText>
                {about
                  ? t('requestForm.why.limitFromNow', {
                      days: String(limit.days),
                    })
                  : t(`requestForm.why.limit.${limit.by}`, {
                      days: String(limit.days),
                    })}
              </FormHelperText>
            </>
          )}
          {about && <EndInstead about={about} days={draft.durationDays} />}
          <FieldProblems problems={durationProblems} />
        </div>
      </div>
      {purposes.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('requestForm.why.noPurposes', {
            purposes: (allowedIds ?? []).join(', '),
          })}
        </Typography>
      )}
      <TextField
        id="data-mesh-reason"
        className={classes.reason}
        fullWidth
        multiline
        rows={3}
        variant="outlined"
        label={t('requestForm.why.reason')}
        helperText={t('requestForm.why.reasonHelp')}
        value={draft.reason}
        error={problemsAt(problems, 'reason').length > 0}
        inputProps={{ maxLength: 4000 }}
        onChange={event =>
          dispatch({ type: 'reason', reason: event.target.value })
        }
      />
      <FieldProblems problems={problemsAt(problems, 'reason')} />
    </FormSection>
  );
}
