import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { FieldProblems } from './FieldProblems';
import { PlacedProblem } from './problemFields';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  filter: { marginTop: theme.spacing(0.5), maxWidth: 560 },
}));

/** All rows, or only those where a condition holds. */
export function RowsField(props: {
  /** Undefined means all rows. */
  rowFilter?: string;
  problems: PlacedProblem[];
  onChange: (rowFilter?: string) => void;
}) {
  const { rowFilter, problems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const only = rowFilter !== undefined;
  return (
    <div className={classes.root}>
      <FormLabel id="data-mesh-rows">{t('requestForm.what.rows')}</FormLabel>
      <RadioGroup
        row
        aria-labelledby="data-mesh-rows"
        value={only ? 'only' : 'all'}
        onChange={(_, value) => onChange(value === 'all' ? undefined : '')}
      >
        <FormControlLabel
          value="all"
          control={<Radio color="primary" size="small" />}
          label={t('requestForm.what.allRows')}
        />
        <FormControlLabel
          value="only"
          control={<Radio color="primary" size="small" />}
          label={t('requestForm.what.onlyWhere')}
        />
      </RadioGroup>
      {only && (
        <TextField
          id="data-mesh-row-filter"
          className={classes.filter}
          size="small"
          fullWidth
          variant="outlined"
          label={t('requestForm.what.rowFilter')}
          helperText={t('requestForm.what.rowFilterHint')}
          value={rowFilter}
          error={problems.length > 0}
          inputProps={{ maxLength: 2048, spellCheck: false }}
          onChange={event => onChange(event.target.value)}
          onKeyDown={event => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
      <FieldProblems problems={problems} />
    </div>
  );
}
