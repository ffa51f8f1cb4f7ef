import type { AccessLevel } from '@lakemesh/backstage-plugin-data-mesh-common';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../../useT';
import { FieldProblems } from '../../../scope/FieldProblems';
import { PlacedProblem } from '../../../scope/problemFields';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(1) },
  radio: { padding: theme.spacing(0.75, 1) },
  hint: { color: theme.palette.text.secondary },
}));

/** What may be done with the data, with what each level lets one do. */
export function LevelField(props: {
  level: AccessLevel;
  levels: readonly AccessLevel[];
  problems: PlacedProblem[];
  onChange: (level: AccessLevel) => void;
}) {
  const { level, levels, problems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <FormLabel id="data-mesh-level">{t('requestForm.level.label')}</FormLabel>
      <RadioGroup
        aria-labelledby="data-mesh-level"
        value={level}
        onChange={(_, next) => {
          const chosen = levels.find(one => one === next);
          if (chosen) onChange(chosen);
        }}
      >
        {levels.map(one => (
          <FormControlLabel
            key={one}
            value={one}
            control={
              <Radio color="primary" size="small" className={classes.radio} />
            }
            label={
              <>
                {t(`requestForm.level.${one}`)}
                <span className={classes.hint}>
                  , {t(`requestForm.level.${one}Hint`)}
                </span>
              </>
            }
          />
        ))}
      </RadioGroup>
      <FieldProblems problems={problems} />
    </div>
  );
}
