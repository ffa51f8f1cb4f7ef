import { useState } from 'react';
import type { DataProductColumn } from '@lakemesh/backstage-plugin-data-mesh-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import RightIcon from '@material-ui/icons/ChevronRight';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../../useT';
import { fieldsOf } from './columnRows';
import { formatType } from './formatType';

const useStyles = makeStyles(theme => ({
  cut: {
    display: 'block',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  unfold: {
    font: 'inherit',
    justifyContent: 'flex-start',
    maxWidth: '100%',
    height: 32,
    marginLeft: theme.spacing(-0.75),
  },
  nested: {
    margin: theme.spacing(0, 0, 1),
    whiteSpace: 'pre-wrap',
    font: 'inherit',
    overflowWrap: 'anywhere',
  },
}));

/** The type of a column; a nested one unfolds. */
export function ColumnTypeCell(props: { column: DataProductColumn }) {
  const { name, type } = props.column;
  const t = useT();
  const classes = useStyles();
  const [open, setOpen] = useState(false);
  if (!type.includes('<')) {
    return (
      <span className={classes.cut} title={type}>
        {type}
      </span>
    );
  }
  const kind = type.slice(0, type.indexOf('<'));
  const fields = fieldsOf(type);
  const Icon = open ? ExpandIcon : RightIcon;
  return (
    <>
      <ButtonBase
        className={classes.unfold}
        aria-label={t('product.schema.unfold', { column: name })}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        <Icon fontSize="small" />
        <span className={classes.cut}>
          {fields === undefined
            ? `${kind}<…>`
            : t('product.schema.fields', { kind, count: fields })}
        </span>
      </ButtonBase>
      {open && <pre className={classes.nested}>{formatType(type)}</pre>}
    </>
  );
}
