import { memo, useState } from 'react';
import type {
  DataProductColumn,
  TagStanding,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import IconButton from '@material-ui/core/IconButton';
import BlockIcon from '@material-ui/icons/Block';
import RightIcon from '@material-ui/icons/ChevronRight';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import KeyIcon from '@material-ui/icons/VpnKeyOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { ClassificationChip } from '../../state/ClassificationChip';
import { PiiMark } from '../../state/PiiMark';
import { ToneChip } from '../../components';
import { Highlighted } from '../../components/text/Highlighted';
import { TagChips } from '../../tag/TagChips';
import { useT } from '../../useT';
import { gridTemplateColumns } from './columnTableLayout';
import { formatType } from './formatType';

const mono = 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns,
    alignItems: 'baseline',
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    '& > *': { padding: theme.spacing(1, 1.5), overflowWrap: 'anywhere' },
  },
  name: {
    position: 'sticky',
    left: 0,
    zIndex: 1,
    background: theme.palette.background.paper,
    fontFamily: mono,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
  },
  type: { fontFamily: mono, fontSize: 12 },
  nested: { margin: 0, whiteSpace: 'pre-wrap', font: 'inherit' },
  unfold: { width: 24, height: 24, padding: 2, margin: '-4px 0 -4px -6px' },
  tags: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  words: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    color: theme.palette.text.secondary,
  },
}));

function TypeCell(props: { column: DataProductColumn }) {
  const { name, type } = props.column;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  if (!type.includes('<')) return <span className={classes.type}>{type}</span>;
  const Icon = open ? ExpandIcon : RightIcon;
  return (
    <span className={classes.type}>
      <IconButton
        className={classes.unfold}
        aria-label={t('product.schema.unfold', { column: name })}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon fontSize="small" />
      </IconButton>
      {open ? (
        <pre className={classes.nested}>{formatType(type)}</pre>
      ) : (
        `${type.slice(0, type.indexOf('<'))}<…>`
      )}
    </span>
  );
}

function Row(props: {
  column: DataProductColumn;
  index: number;
  search: string;
  neverShared: boolean;
  /** In force on it, as far as they are known. */
  lfTags: TagStanding[];
}) {
  const { column, index, search, neverShared, lfTags } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <div role="row" className={classes.row} aria-rowindex={index + 2}>
      <span role="rowheader" className={classes.name}>
        <span>
          <Highlighted text={column.name} search={search} />
        </span>
        {column.key && (
          <ToneChip
            tone="neutral"
            icon={<KeyIcon aria-hidden />}
            label={t('product.schema.key')}
          />
        )}
        {column.partitionKey && (
          <ToneChip tone="neutral" label={t('product.schema.partition')} />
        )}
      </span>
      <span role="cell">
        <TypeCell column={column} />
      </span>
      <span role="cell" className={classes.tags}>
        {column.pii && <PiiMark />}
        {column.classification && (
          <ClassificationChip classification={column.classification} />
        )}
        {neverShared && (
          <ToneChip
            tone="bad"
            icon={<BlockIcon aria-hidden />}
            label={t('product.schema.neverShared')}
          />
        )}
      </span>
      <span role="cell">
        <Highlighted text={column.description ?? ''} search={search} />
      </span>
      <span role="cell" className={classes.words}>
        {column.tags?.join(', ')}
        {lfTags.length > 0 && <TagChips tags={lfTags} />}
      </span>
    </div>
  );
}

/** One column of a table; drawn again only where it changes. */
export const ColumnTableRow = memo(Row);
