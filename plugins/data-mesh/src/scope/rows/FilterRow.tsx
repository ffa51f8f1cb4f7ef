import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import CloseIcon from '@material-ui/icons/Close';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { ManyTexts } from '../ManyTexts';
import {
  FilterCondition,
  FilterOperator,
  FilterType,
  isValueOf,
  operatorsOf,
} from './filterLanguage';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  column: { flex: '2 1 180px', minWidth: 0 },
  operator: { flex: '1 1 150px', minWidth: 0 },
  value: { flex: '2 1 160px', minWidth: 0 },
}));

const hasValue = (operator: FilterOperator) =>
  operator !== 'null' && operator !== 'not-null';

/** One condition: a column, how it is compared, and with what. */
export function FilterRow(props: {
  id: string;
  position: number;
  condition: FilterCondition;
  /** Those that can be compared at all. */
  columns: readonly DataProductColumn[];
  typeOf: (column: string) => FilterType;
  onChange: (condition: FilterCondition) => void;
  onRemove?: () => void;
}) {
  const { id, position, condition, columns, typeOf, onChange, onRemove } =
    props;
  const { column, operator, values } = condition;
  const t = useT();
  const classes = useStyles();
  const type = typeOf(column);
  const operatorsFor = (name: string) =>
    operatorsOf(
      typeOf(name),
      columns.find(one => one.name === name),
    );
  const operators = operatorsFor(column);
  const label = (what: 'column' | 'operator' | 'value') =>
    t(`requestForm.rows.${what}`, { position: String(position) });
  const wrong = values.find(value => value !== '' && !isValueOf(type, value));
  const help = wrong === undefined ? '' : t('requestForm.rows.noNumber');

  const setOperator = (next: FilterOperator) => {
    const kept = next === 'in' ? values.filter(Boolean) : values.slice(0, 1);
    onChange({
      ...condition,
      operator: next,
      values: hasValue(next) ? kept : [],
    });
  };
  const setColumn = (next: string) => {
    const known = operatorsFor(next);
    onChange({
      column: next,
      operator: known.includes(operator) ? operator : known[0],
      values: typeOf(next) === type ? values : [],
    });
  };

  return (
    <div className={classes.root}>
      <TextField
        id={`${id}-column`}
        className={classes.column}
        select
        size="small"
        variant="outlined"
        label={label('column')}
        InputLabelProps={{ shrink: true }}
        SelectProps={{ displayEmpty: true }}
        value={column}
        onChange={event => setColumn(event.target.value)}
      >
        <MenuItem value="" disabled>
          {t('requestForm.rows.chooseColumn')}
        </MenuItem>
        {columns.map(one => (
          <MenuItem key={one.name} value={one.name}>
            {one.name}
          </MenuItem>
        ))}
      </TextField>
      <TextField
        id={`${id}-operator`}
        className={classes.operator}
        select
        size="small"
        variant="outlined"
        label={label('operator')}
        value={operator}
        onChange={event => {
          const next = operators.find(one => one === event.target.value);
          if (next) setOperator(next);
        }}
      >
        {operators.map(one => (
          <MenuItem key={one} value={one}>
            {t(`requestForm.rows.operators.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      {operator === 'in' && (
        <ManyTexts
          id={`${id}-values`}
          className={classes.value}
          label={label('value')}
          helperText={help || t('requestForm.rows.severalHint')}
          error={wrong !== undefined}
          values={values}
          onChange={next => onChange({ ...condition, values: next })}
        />
      )}
      {hasValue(operator) && operator !== 'in' && type === 'boolean' && (
        <TextField
          id={`${id}-value`}
          className={classes.value}
          select
          size="small"
          variant="outlined"
          label={label('value')}
          value={values[0] ?? ''}
          onChange={event =>
            onChange({ ...condition, values: [event.target.value] })
          }
        >
          <MenuItem value="true">{t('requestForm.rows.true')}</MenuItem>
          <MenuItem value="false">{t('requestForm.rows.false')}</MenuItem>
        </TextField>
      )}
      {hasValue(operator) && operator !== 'in' && type !== 'boolean' && (
        <TextField
          id={`${id}-value`}
          className={classes.value}
          size="small"
          variant="outlined"
          label={label('value')}
          value={values[0] ?? ''}
          error={wrong !== undefined}
          helperText={
            help || (operator === 'like' && t('requestForm.rows.likeHint'))
          }
          inputProps={{
            maxLength: 1024,
            spellCheck: false,
            inputMode: type === 'number' ? 'decimal' : undefined,
          }}
          onChange={event =>
            onChange({ ...condition, values: [event.target.value] })
          }
          onKeyDown={event => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
      {onRemove && (
        <IconButton
          size="small"
          aria-label={t('requestForm.rows.remove', {
            position: String(position),
          })}
          onClick={onRemove}
        >
          <CloseIcon fontSize="small" />
        </IconButton>
      )}
    </div>
  );
}
