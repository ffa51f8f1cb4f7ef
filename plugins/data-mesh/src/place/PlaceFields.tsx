import type { PlaceKind } from '@lakemesh/backstage-plugin-data-mesh-common';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import type { PlaceDraft } from './placeDraft';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))',
    gap: theme.spacing(1.5),
    margin: theme.spacing(1, 0),
  },
}));

const KINDS: readonly PlaceKind[] = ['database', 'table', 'tag', 'catalog'];

/** The fields that name a place. */
export function PlaceFields(props: {
  draft: PlaceDraft;
  onChange: (draft: PlaceDraft) => void;
}) {
  const { draft, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const field = (
    name: Exclude<keyof PlaceDraft, 'kind' | 'system'>,
    label: string,
    options: { help?: string; required?: boolean; maxLength?: number } = {},
  ) => (
    <TextField
      id={`data-mesh-place-${name}`}
      variant="outlined"
      size="small"
      label={label}
      helperText={options.help}
      required={options.required ?? true}
      value={draft[name]}
      inputProps={{ maxLength: options.maxLength ?? 255, spellCheck: false }}
      onChange={event => onChange({ ...draft, [name]: event.target.value })}
    />
  );
  return (
    <div className={classes.root}>
      <TextField
        id="data-mesh-place-kind"
        select
        variant="outlined"
        size="small"
        label={t('places.dialog.kind')}
        value={draft.kind}
        onChange={event =>
          onChange({
            ...draft,
            kind: KINDS.find(kind => kind === event.target.value) ?? draft.kind,
          })
        }
      >
        {KINDS.map(kind => (
          <MenuItem key={kind} value={kind}>
            {t(`places.kind.${kind}`)}
          </MenuItem>
        ))}
      </TextField>
      {field('catalogId', t('places.dialog.account'))}
      {field('region', t('places.dialog.region'), {
        help: t('places.dialog.regionHelp'),
        required: false,
        maxLength: 64,
      })}
      {(draft.kind === 'database' || draft.kind === 'table') &&
        field('database', t('places.dialog.database'), {
          help: t('places.dialog.databaseHelp'),
        })}
      {draft.kind === 'table' &&
        field('table', t('places.dialog.table'), {
          help: t('places.dialog.tableHelp'),
        })}
      {draft.kind === 'tag' &&
        field('tagKey', t('places.dialog.tagKey'), { maxLength: 128 })}
      {draft.kind === 'tag' &&
        field('tagValues', t('places.dialog.tagValues'), {
          help: t('places.dialog.tagValuesHelp'),
          maxLength: 4000,
        })}
    </div>
  );
}
