import { Fragment } from 'react';
import {
  type TagExpression,
  tagExpressionInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import IconButton from '@material-ui/core/IconButton';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import Autocomplete from '@material-ui/lab/Autocomplete';
import AddIcon from '@material-ui/icons/Add';
import CloseIcon from '@material-ui/icons/Close';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../../../components';
import { useT } from '../../../useT';
import { FieldProblems } from '../../../scope/FieldProblems';
import { ManyTexts } from '../../../scope/ManyTexts';
import { PlacedProblem } from '../../../scope/problemFields';
import { OfferedTags } from './offeredTags';

const useStyles = makeStyles(theme => ({
  root: { display: 'grid', gap: theme.spacing(1), marginTop: theme.spacing(1) },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
  },
  key: { flex: '1 1 180px', minWidth: 0 },
  values: { flex: '2 1 260px', minWidth: 0 },
  and: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  add: { justifySelf: 'start' },
}));

const emptyTag: TagExpression[number] = { key: '', values: [] };

function TagRow(props: {
  position: number;
  tag: TagExpression[number];
  offered: OfferedTags;
  others: readonly string[];
  onChange: (tag: TagExpression[number]) => void;
  onRemove?: () => void;
}) {
  const { position, tag, offered, others, onChange, onRemove } = props;
  const t = useT();
  const classes = useStyles();
  const label = (what: 'key' | 'values') =>
    t(`requestForm.tags.${what}`, { position: String(position) });
  return (
    <div className={classes.row}>
      <Autocomplete
        id={`data-mesh-tag-key-${position}`}
        className={classes.key}
        freeSolo
        size="small"
        options={[...offered.keys()].filter(key => !others.includes(key))}
        inputValue={tag.key}
        onInputChange={(_, key) => {
          if (key !== tag.key) onChange({ ...tag, key });
        }}
        renderInput={params => (
          <TextField
            {...params}
            variant="outlined"
            label={label('key')}
            InputLabelProps={{ ...params.InputLabelProps, shrink: true }}
            inputProps={{ ...params.inputProps, maxLength: 128 }}
          />
        )}
      />
      <ManyTexts
        id={`data-mesh-tag-values-${position}`}
        className={classes.values}
        label={label('values')}
        helperText={t('requestForm.tags.valuesHint')}
        values={tag.values}
        options={[...(offered.get(tag.key.trim()) ?? [])]}
        onChange={values => onChange({ ...tag, values })}
      />
      {onRemove && (
        <IconButton
          size="small"
          aria-label={t('requestForm.tags.remove', {
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

/** Asks by tags: each key must be carried with one of its values. */
export function TagExpressionField(props: {
  tags: TagExpression;
  offered: OfferedTags;
  problems: PlacedProblem[];
  onChange: (tags: TagExpression) => void;
}) {
  const { offered, problems, onChange } = props;
  const t = useT();
  const classes = useStyles();
  const tags = props.tags.length ? props.tags : [emptyTag];
  const filled = tags.filter(({ key, values }) => key.trim() && values.length);
  return (
    <div
      className={classes.root}
      role="group"
      aria-label={t('requestForm.tags.label')}
    >
      {tags.map((tag, index) => (
        <Fragment key={index}>
          {index > 0 && (
            <div className={classes.and}>{t('requestForm.tags.and')}</div>
          )}
          <TagRow
            position={index + 1}
            tag={tag}
            offered={offered}
            others={tags.flatMap((one, at) => (at === index ? [] : one.key))}
            onChange={next =>
              onChange(tags.map((one, at) => (at === index ? next : one)))
            }
            onRemove={
              tags.length > 1
                ? () => onChange(tags.filter((_, at) => at !== index))
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
        onClick={() => onChange([...tags, emptyTag])}
      >
        {t('requestForm.tags.add')}
      </Button>
      <Typography variant="body2" role="status">
        {filled.length > 0 ? (
          <>
            <CodeWords
              text={t('requestForm.tags.reaches', {
                expression: `\`${tagExpressionInWords(filled)}\``,
              })}
            />{' '}
          </>
        ) : null}
        {t('requestForm.tags.words')}
      </Typography>
      <FieldProblems problems={problems} />
    </div>
  );
}
