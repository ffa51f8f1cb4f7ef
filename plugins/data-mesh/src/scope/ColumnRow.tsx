import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import BlockIcon from '@material-ui/icons/Block';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { Code, FreeText, MiddleEllipsis, ToneChip } from '../components';
import { PiiMark } from '../state/PiiMark';
import { useT } from '../useT';

/** Height of a row in pixels, the same for all so that they can be virtual. */
export const COLUMN_ROW_HEIGHT = 48;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    // The last column is as wide in every row, so that all stand in line.
    gridTemplateColumns:
      '36px minmax(128px, 3fr) minmax(0, 4fr) minmax(140px, 3fr)',
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    columnGap: theme.spacing(1),
    alignItems: 'center',
    height: COLUMN_ROW_HEIGHT,
    boxSizing: 'border-box',
    paddingRight: theme.spacing(1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    cursor: 'pointer',
    '&:hover': { background: theme.palette.action.hover },
  },
  picked: {
    background: alpha(theme.palette.primary.main, 0.1),
    '&:hover': { background: alpha(theme.palette.primary.main, 0.16) },
  },
  fixed: { cursor: 'default', color: theme.palette.text.secondary },
  box: { padding: theme.spacing(0.75) },
  name: {
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '& code': { whiteSpace: 'inherit' },
  },
  about: { minWidth: 0, fontSize: theme.typography.body2.fontSize },
  type: {
    display: 'flex',
    gap: theme.spacing(0.75),
    overflow: 'hidden',
    whiteSpace: 'nowrap',
  },
  description: {
    color: theme.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  marks: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'flex-end',
    alignItems: 'center',
    gap: theme.spacing(0, 0.75),
    fontSize: theme.typography.caption.fontSize,
    color: theme.palette.text.secondary,
    textAlign: 'right',
  },
}));

/** One column to pick: name, type, what it means, and what asking for it adds. */
export function ColumnRow(props: {
  column: DataProductColumn;
  picked: boolean;
  /** Set where it cannot be asked for. */
  refusal?: string;
  /** Who has to decide because of it, like `the data steward`. */
  adds: string[];
  onToggle: (picked: boolean) => void;
}) {
  const { column, picked, refusal, adds, onToggle } = props;
  const t = useT();
  const classes = useStyles();
  const notes = [
    column.key && t('requestForm.what.key'),
    column.partitionKey && t('requestForm.what.partition'),
  ].filter(Boolean);
  return (
    <label
      className={[
        classes.root,
        picked ? classes.picked : '',
        refusal ? classes.fixed : '',
      ].join(' ')}
    >
      <Checkbox
        className={classes.box}
        color="primary"
        size="small"
        checked={picked}
        disabled={Boolean(refusal)}
        onChange={event => onToggle(event.target.checked)}
        inputProps={{ 'aria-label': column.name }}
      />
      <span className={classes.name} title={column.name}>
        <Code>{column.name}</Code>
      </span>
      <span className={classes.about}>
        <span className={classes.type}>
          <MiddleEllipsis text={column.type} tail={4} />
          {notes.map(note => (
            <span key={String(note)}>· {note}</span>
          ))}
        </span>
        <div className={classes.description} title={column.description}>
          <FreeText>{column.description}</FreeText>
        </div>
      </span>
      <span className={classes.marks}>
        {column.pii && <PiiMark />}
        {refusal ? (
          <ToneChip
            tone="bad"
            icon={<BlockIcon aria-hidden />}
            label={t('requestForm.what.neverShared')}
            reason={refusal}
          />
        ) : (
          adds.length > 0 && (
            <span>{t('requestForm.what.adds', { who: adds.join(', ') })}</span>
          )
        )}
      </span>
    </label>
  );
}
