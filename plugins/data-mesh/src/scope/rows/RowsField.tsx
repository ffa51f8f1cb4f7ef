import { useState } from 'react';
import {
  type DataProductColumn,
  MAX_ROW_FILTER_CHARACTERS,
  checkRowFilter,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormLabel from '@material-ui/core/FormLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Code } from '../../components';
import { useT } from '../../useT';
import { FieldProblems } from '../FieldProblems';
import { PlacedProblem } from '../problemFields';
import { FilterBuilder } from './FilterBuilder';
import { useFilterProblem } from './useFilterProblem';
import { useFilterRows } from './useFilterRows';

const useStyles = makeStyles(theme => ({
  root: { marginTop: theme.spacing(2) },
  filter: { marginTop: theme.spacing(1) },
  behind: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
  toggle: { marginTop: theme.spacing(0.5) },
}));

/**
 * All rows, or only those where conditions hold: built row by row, or written
 * as the expression that stands behind the rows.
 */
export function RowsField(props: {
  /** Of the table; several stand on a page. */
  name: string;
  columns: readonly DataProductColumn[];
  /** Undefined means all rows. */
  rowFilter?: string;
  problems: PlacedProblem[];
  onChange: (rowFilter?: string) => void;
}) {
  const { name, columns, rowFilter, problems, onChange } = props;
  const id = `data-mesh-rows-${name}`;
  const t = useT();
  const classes = useStyles();
  const problemInWords = useFilterProblem();
  const text = rowFilter ?? '';
  const only = rowFilter !== undefined;
  const { rows, typeOf, change } = useFilterRows(text, columns, onChange);
  const [asText, setAsText] = useState(false);
  const written = asText || !rows;
  const read = checkRowFilter(text, columns);
  const wrong =
    only && text.trim() !== '' && !read.ok
      ? [{ field: 'rows' as const, reason: problemInWords(read.problem) }]
      : [];

  return (
    <div className={classes.root}>
      <FormLabel id={id}>{t('requestForm.what.rows')}</FormLabel>
      <RadioGroup
        row
        aria-labelledby={id}
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
      {only && !written && (
        <>
          <FilterBuilder
            id={id}
            rows={rows}
            columns={columns}
            typeOf={typeOf}
            onChange={change}
          />
          <Typography variant="body2" className={classes.behind}>
            {text ? (
              <>
                {t('requestForm.rows.behind')} <Code>{text}</Code>
              </>
            ) : (
              <span>{t('requestForm.rows.notYet')}</span>
            )}
          </Typography>
        </>
      )}
      {only && written && (
        <TextField
          id={`${id}-text`}
          className={classes.filter}
          size="small"
          fullWidth
          multiline
          variant="outlined"
          label={t('requestForm.what.rowFilter')}
          helperText={
            rows || !read.ok
              ? t('requestForm.what.rowFilterHint')
              : t('requestForm.rows.tooMuch')
          }
          value={text}
          error={problems.length > 0 || wrong.length > 0}
          inputProps={{
            maxLength: MAX_ROW_FILTER_CHARACTERS,
            spellCheck: false,
          }}
          onChange={event => {
            // Stays a text while it is typed, also where rows could show it.
            setAsText(true);
            onChange(event.target.value.replace(/\s*\n\s*/g, ' '));
          }}
          onKeyDown={event => {
            if (event.key === 'Enter') event.preventDefault();
          }}
        />
      )}
      <FieldProblems problems={wrong.length > 0 ? wrong : problems} />
      {only && (
        <Button
          className={classes.toggle}
          size="small"
          color="primary"
          disabled={written && !rows}
          onClick={() => setAsText(!written)}
        >
          {written
            ? t('requestForm.rows.asRows')
            : t('requestForm.rows.asText')}
        </Button>
      )}
    </div>
  );
}
