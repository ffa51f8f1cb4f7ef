import { memo, useEffect, useRef } from 'react';
import type {
  DataProductColumn,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Checkbox from '@material-ui/core/Checkbox';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import PersonIcon from '@material-ui/icons/PersonOutline';
import PartitionIcon from '@material-ui/icons/ViewWeekOutlined';
import KeyIcon from '@material-ui/icons/VpnKeyOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { toneColors } from '../../components';
import { Highlighted } from '../../components/text/Highlighted';
import { ClassificationChip } from '../../state/ClassificationChip';
import { PiiMark } from '../../state/PiiMark';
import { useT } from '../../useT';
import { ColumnTags } from './ColumnTags';
import { narrowColumns, ROW_HEIGHT, wideColumns } from './columnTableLayout';
import { ColumnTypeCell } from './ColumnTypeCell';

const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: wideColumns,
    alignItems: 'start',
    minHeight: ROW_HEIGHT,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    '& > *': {
      minWidth: 0,
      padding: theme.spacing(0, 1),
      lineHeight: `${ROW_HEIGHT - 1}px`,
    },
    [theme.breakpoints.down('sm')]: {
      gridTemplateColumns: narrowColumns,
      '& > [data-wide]': { display: 'none' },
    },
  },
  current: { boxShadow: `inset 3px 0 0 ${theme.palette.primary.main}` },
  ticked: { background: alpha(theme.palette.primary.main, 0.1) },
  never: { color: theme.palette.text.secondary },
  sign: { display: 'flex', alignItems: 'center', height: ROW_HEIGHT - 1 },
  box: { padding: theme.spacing(0.5) },
  check: {
    margin: theme.spacing(0, 0.5),
    color: toneColors(theme, 'good').color,
  },
  name: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    fontFamily: mono,
    fontSize: 12,
    '& > :first-child': {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    '& svg': { fontSize: 16, color: theme.palette.text.secondary },
  },
  personal: {
    display: 'none',
    '& svg': { color: toneColors(theme, 'attention').color },
    [theme.breakpoints.down('sm')]: { display: 'inline-flex' },
  },
  type: { fontFamily: mono, fontSize: 12 },
  description: {
    color: theme.palette.text.secondary,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  class: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: ROW_HEIGHT - 1,
  },
  agree: {
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    height: ROW_HEIGHT - 1,
    overflow: 'hidden',
    whiteSpace: 'nowrap',
    '& svg': { fontSize: 16 },
  },
  more: { color: toneColors(theme, 'attention').color },
  good: { color: toneColors(theme, 'good').color },
  tags: { padding: '0 !important' },
}));

function Row(props: {
  column: DataProductColumn;
  index: number;
  search: string;
  /** Its class goes without saying. */
  classIsUsual: boolean;
  neverShared: boolean;
  reads: boolean;
  /** Who must agree; undefined while it is not known. */
  agree?: string;
  /** More people than for most columns. */
  agreesMore: boolean;
  ownTags: readonly TagStanding[];
  /** Undefined where it cannot be ticked. */
  ticked?: boolean;
  withBox: boolean;
  current: boolean;
  takesFocus: boolean;
  onToggle: (column: DataProductColumn, on: boolean, range: boolean) => void;
}) {
  const { column, index, search, neverShared, reads, ticked } = props;
  const t = useT();
  const classes = useStyles();
  const row = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!props.takesFocus) return;
    const target = box.current?.disabled === false ? box.current : row.current;
    target?.focus({ preventScroll: true });
  }, [props.takesFocus]);
  const { description = '', classification } = column;
  const showsClass = classification && !column.pii && !props.classIsUsual;

  let who;
  if (reads) {
    who = (
      <span className={`${classes.agree} ${classes.good}`}>
        <CheckIcon aria-hidden />
        {t('product.schema.youRead')}
      </span>
    );
  } else if (neverShared) {
    who = (
      <span
        className={classes.agree}
        title={t('product.schema.neverSharedWhy')}
      >
        <BlockIcon aria-hidden />
        {t('product.schema.neverShared')}
      </span>
    );
  } else {
    who = (
      <span
        className={`${classes.agree} ${props.agreesMore ? classes.more : ''}`}
        title={props.agree}
      >
        {props.agree}
      </span>
    );
  }

  return (
    <div
      role="row"
      ref={row}
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={ticked}
      className={[
        classes.row,
        ticked ? classes.ticked : '',
        neverShared && !reads ? classes.never : '',
        props.current ? classes.current : '',
      ].join(' ')}
    >
      <span role="cell" className={classes.sign}>
        {reads && (
          <CheckIcon fontSize="small" className={classes.check} aria-hidden />
        )}
        {!reads && props.withBox && (
          <Checkbox
            className={classes.box}
            size="small"
            color="primary"
            checked={ticked ?? false}
            disabled={ticked === undefined}
            inputRef={box}
            inputProps={{
              'aria-label': t('product.schema.tick', { column: column.name }),
            }}
            onChange={event => {
              const { shiftKey } = event.nativeEvent as MouseEvent;
              props.onToggle(column, event.target.checked, shiftKey);
            }}
          />
        )}
      </span>
      <span role="rowheader" className={classes.name} title={column.name}>
        <span>
          <Highlighted text={column.name} search={search} />
        </span>
        {column.key && <KeyIcon titleAccess={t('product.schema.key')} />}
        {column.partitionKey && (
          <PartitionIcon titleAccess={t('product.schema.partition')} />
        )}
        {column.pii && (
          <span className={classes.personal}>
            <PersonIcon titleAccess={t('scope.pii')} />
          </span>
        )}
      </span>
      <span role="cell" className={classes.type} data-wide>
        <ColumnTypeCell column={column} />
      </span>
      <span role="cell" className={classes.description} title={description}>
        <Highlighted text={description} search={search} />
      </span>
      <span role="cell" className={classes.class} data-wide>
        {column.pii && <PiiMark />}
        {showsClass && <ClassificationChip classification={classification} />}
      </span>
      <span role="cell">{who}</span>
      <span role="cell" className={classes.tags}>
        <ColumnTags
          column={column}
          lfTags={props.ownTags}
          classification={
            showsClass || props.classIsUsual ? undefined : classification
          }
        />
      </span>
    </div>
  );
}

/** One column of a table; drawn again only where it changes. */
export const ColumnTableRow = memo(Row);
