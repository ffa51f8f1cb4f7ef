import type {
  AvailablePrincipal,
  Me,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  accountInWords,
  ANNOTATION_PRINCIPALS,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  EntityDisplayName,
  EntityRefLink,
} from '@backstage/plugin-catalog-react';
import Checkbox from '@material-ui/core/Checkbox';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../components';
import { useT } from '../useT';
import { FieldProblems } from './FieldProblems';
import { PlacedProblem } from './problemFields';

const useStyles = makeStyles(theme => ({
  field: { maxWidth: 480 },
  via: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  secondary: { display: 'block', color: theme.palette.text.secondary },
  groups: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 1.5) },
  notice: { maxWidth: '70ch' },
}));

function label({ principal }: AvailablePrincipal): string {
  return [principal.name, accountInWords(principal)]
    .filter(Boolean)
    .join(' · ');
}

/** What to do for somebody to whom no principal resolves. */
function NoPrincipals(props: { me: Me }) {
  const { me } = props;
  const t = useT();
  const classes = useStyles();
  const groups = me.ownershipRefs.filter(ref => ref !== me.userRef);
  return (
    <div className={classes.notice} role="note">
      <Typography variant="subtitle2" component="p">
        {t('requestForm.whom.noneTitle')}
      </Typography>
      <Typography variant="body2" paragraph>
        <CodeWords
          text={t('requestForm.whom.noneWords', {
            annotation: `\`${ANNOTATION_PRINCIPALS}\``,
          })}
        />
      </Typography>
      {groups.length ? (
        <Typography variant="body2" component="div" className={classes.groups}>
          {t('requestForm.whom.noneGroups')}
          {groups.map(ref => (
            <EntityRefLink key={ref} entityRef={ref} />
          ))}
        </Typography>
      ) : (
        <Typography variant="body2">
          {t('requestForm.whom.noGroups')}
        </Typography>
      )}
    </div>
  );
}

/** Chooses who will read the data, out of what the caller may ask for. */
export function PrincipalField(props: {
  me: Me;
  chosen: string[];
  problems: PlacedProblem[];
  onChange: (principals: string[]) => void;
}) {
  const { me, chosen, problems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  if (me.principals.length === 0) return <NoPrincipals me={me} />;
  const byId = new Map(me.principals.map(one => [one.principal.id, one]));
  const through = ({ via }: AvailablePrincipal) =>
    via === me.userRef ? (
      t('requestForm.whom.yours')
    ) : (
      <>
        {t('requestForm.whom.through')} <EntityDisplayName entityRef={via} />
      </>
    );
  return (
    <div>
      <TextField
        id="data-mesh-principal"
        className={classes.field}
        select
        fullWidth
        size="small"
        variant="outlined"
        label={t('requestForm.whom.principal')}
        helperText={t('requestForm.whom.principalHelp')}
        error={problems.length > 0}
        value={chosen}
        onChange={event => {
          const value: unknown = event.target.value;
          onChange(Array.isArray(value) ? value.map(String) : []);
        }}
        InputLabelProps={{ shrink: true }}
        SelectProps={{
          multiple: true,
          displayEmpty: true,
          MenuProps: { getContentAnchorEl: null },
          renderValue: () => {
            const [first] = chosen;
            if (first === undefined) return t('requestForm.whom.choose');
            const only = byId.get(first);
            return chosen.length === 1 && only
              ? label(only)
              : t('requestForm.whom.chosen', { count: chosen.length });
          },
        }}
      >
        {me.principals.map(one => (
          <MenuItem key={one.principal.id} value={one.principal.id}>
            <Checkbox
              size="small"
              color="primary"
              checked={chosen.includes(one.principal.id)}
              inputProps={{ tabIndex: -1, 'aria-hidden': true }}
            />
            <ListItemText
              primary={label(one)}
              secondary={through(one)}
              title={one.principal.id}
            />
          </MenuItem>
        ))}
      </TextField>
      <ul className={classes.via}>
        {chosen.flatMap(id => {
          const one = byId.get(id);
          return one ? (
            <li key={id}>
              {one.principal.name}: {through(one)}
            </li>
          ) : (
            []
          );
        })}
      </ul>
      <FieldProblems problems={problems} />
    </div>
  );
}
