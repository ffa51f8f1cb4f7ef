import { Fragment } from 'react';
import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import AddIcon from '@material-ui/icons/Add';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { FilterType, filterTypeOf, SimpleFilter } from './filterLanguage';
import { FilterRow } from './FilterRow';
import { emptyCondition } from './useFilterRows';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1), marginTop: theme.spacing(1) },
  join: { width: 90 },
  and: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  add: { justifySelf: 'start' },
}));

/** Conditions row by row; all of them hold, or one is enough. */
export function FilterBuilder(props: {
  id: string;
  rows: SimpleFilter;
  columns: readonly DataProductColumn[];
  typeOf: (column: string) => FilterType;
  onChange: (rows: SimpleFilter) => void;
}) {
  const { id, rows, columns, typeOf, onChange } = props;
  const { join, conditions } = rows;
  const t = useT();
  const classes = useStyles();
  const comparable = columns.filter(one => filterTypeOf(one) !== 'other');
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('requestForm.rows.label')}
    >
      {conditions.map((condition, index) => (
        <Fragment key={index}>
          {index === 1 && (
            <TextField
              id={`${id}-join`}
              className={classes.join}
              select
              size="small"
              variant="outlined"
              inputProps={{
                // What is seen of it is a part of its name.
                'aria-label': `${t('requestForm.rows.join')}: ${t(
                  `requestForm.rows.${join}`,
                )}`,
              }}
              value={join}
              onChange={event =>
                onChange({
                  ...rows,
                  join: event.target.value === 'or' ? 'or' : 'and',
                })
              }
            >
              <MenuItem value="and">{t('requestForm.rows.and')}</MenuItem>
              <MenuItem value="or">{t('requestForm.rows.or')}</MenuItem>
            </TextField>
          )}
          {index > 1 && (
            <div className={classes.and}>{t(`requestForm.rows.${join}`)}</div>
          )}
          <FilterRow
            id={`${id}-${index + 1}`}
            position={index + 1}
            condition={condition}
            columns={comparable}
            typeOf={typeOf}
            onChange={next =>
              onChange({
                ...rows,
                conditions: conditions.map((one, at) =>
                  at === index ? next : one,
                ),
              })
            }
            onRemove={
              conditions.length > 1
                ? () =>
                    onChange({
                      ...rows,
                      conditions: conditions.filter((_, at) => at !== index),
                    })
                : undefined
            }
          />
        </Fragment>
      ))}
      <Button
        className={classes.add}
        size="small"
        color="primary"
        startIcon={<AddIcon />}
        onClick={() =>
          onChange({ ...rows, conditions: [...conditions, emptyCondition] })
        }
      >
        {t('requestForm.rows.add')}
      </Button>
    </div>
  );
}
