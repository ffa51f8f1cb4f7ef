import type { Purpose } from '@lakemesh/backstage-plugin-data-mesh-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { PlacedProblem, problemsAt } from '../../../scope/problemFields';
import { ReasonField } from '../../../components';
import { useT } from '../../../useT';
import { FormDraft, FormEvent } from '../draft/formDraft';

const useStyles = makeStyles(theme => ({
  purpose: { width: 280, maxWidth: '100%', marginBottom: theme.spacing(1) },
}));

/** What the data is for. */
export function WhyFields(props: {
  draft: FormDraft;
  purposes: Purpose[];
  /** What the product allows, for the case that the portal knows none of it. */
  allowedIds?: string[];
  problems: readonly PlacedProblem[];
  dispatch: (event: FormEvent) => void;
}) {
  const { draft, purposes, allowedIds, problems, dispatch } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <>
      <div>
        <TextField
          id="data-mesh-purpose"
          className={classes.purpose}
          select
          size="small"
          variant="outlined"
          label={t('requestForm.why.purpose')}
          error={problemsAt(problems, 'purpose').length > 0}
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
      </div>
      {purposes.length === 0 && (
        <Typography variant="body2" color="textSecondary" paragraph>
          {t('requestForm.why.noPurposes', {
            purposes: (allowedIds ?? []).join(', '),
          })}
        </Typography>
      )}
      <ReasonField
        id="data-mesh-reason"
        fullWidth
        rows={2}
        variant="outlined"
        size="small"
        label={t('requestForm.why.reason')}
        helperText={t('requestForm.why.reasonHelp')}
        value={draft.reason}
        error={problemsAt(problems, 'reason').length > 0}
        onChange={event =>
          dispatch({ type: 'reason', reason: event.target.value })
        }
      />
    </>
  );
}
