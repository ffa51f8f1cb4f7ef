import type { ScopeForm } from '@lakemesh/backstage-plugin-data-mesh-common';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../../../components';
import { useT } from '../../../useT';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(1, 0) },
  // Lines of 32 px: the columns below are what people come for.
  radio: { padding: theme.spacing(0.75, 1) },
  hint: { color: theme.palette.text.secondary },
}));

/** In which way the port is asked for: tables, all of it, or by tags. */
export function ScopeFormField(props: {
  form: ScopeForm;
  forms: readonly ScopeForm[];
  /** Columns that are never shared, so that not all can be asked for. */
  never: readonly string[];
  onChange: (form: ScopeForm) => void;
}) {
  const { form, forms, never, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const hint = (one: ScopeForm) => {
    if (one === 'tables') return undefined;
    if (one === 'all-tables' && never.length > 0) {
      return t('requestForm.form.allNever', {
        count: never.length,
        columns: never.join(', '),
      });
    }
    return t(`requestForm.form.${one}Hint`);
  };
  return (
    <div className={classes.root}>
      <FormLabel id="data-mesh-form">{t('requestForm.form.label')}</FormLabel>
      <RadioGroup
        aria-labelledby="data-mesh-form"
        value={form}
        onChange={(_, next) => {
          const chosen = forms.find(one => one === next);
          if (chosen) onChange(chosen);
        }}
      >
        {forms.map(one => (
          <FormControlLabel
            key={one}
            value={one}
            disabled={one === 'all-tables' && never.length > 0}
            control={
              <Radio color="primary" size="small" className={classes.radio} />
            }
            label={
              <>
                {t(`requestForm.form.${one}`)}
                <span className={classes.hint}>
                  {hint(one) && (
                    <>
                      , <CodeWords text={hint(one) ?? ''} />
                    </>
                  )}
                </span>
              </>
            }
          />
        ))}
      </RadioGroup>
    </div>
  );
}
