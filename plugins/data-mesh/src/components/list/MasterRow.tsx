import { forwardRef, KeyboardEvent, ReactNode } from 'react';
import { Link } from '@backstage/core-components';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { AgeChip } from '../state/AgeChip';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1.25, 1.5, 1.25, 1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    borderLeft: '3px solid transparent',
    '&:hover': { background: theme.palette.action.hover },
  },
  open: {
    borderLeftColor: theme.palette.primary.main,
    background: alpha(theme.palette.primary.main, 0.12),
    '&:hover': { background: alpha(theme.palette.primary.main, 0.16) },
  },
  box: { padding: theme.spacing(0.75), zIndex: 1 },
  noBox: { width: theme.spacing(1) },
  icon: {
    display: 'flex',
    padding: theme.spacing(0.25, 0.75, 0, 0.25),
    color: theme.palette.text.secondary,
    '& svg': { fontSize: 18 },
  },
  words: { flex: '1 1 auto', minWidth: 0 },
  title: {
    // Long names end after two lines; the whole is in the tooltip.
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    fontWeight: 600,
    color: 'inherit',
    overflowWrap: 'anywhere',
    // The whole row is the target.
    '&::after': { content: '""', position: 'absolute', inset: 0 },
  },
  about: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  age: { flexShrink: 0, zIndex: 1 },
  // Below the words: beside them it would leave them no room.
  marks: {
    position: 'relative',
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    marginTop: theme.spacing(0.5),
    zIndex: 1,
  },
}));

/** What a row needs of the list that it stands in. */
export interface MasterRowPlace {
  to: string;
  open: boolean;
  focusable: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** A row of a list with a preview beside it: a title, lines about it, its age. */
export const MasterRow = forwardRef<
  HTMLAnchorElement,
  Omit<MasterRowPlace, 'onKeyDown'> & {
    /** Answers keys on the row, where the list around it does not. */
    onKeyDown?: MasterRowPlace['onKeyDown'];
    /** The element of the row; an item of a list, if left out. */
    component?: 'li' | 'div';
    title: string;
    /** Says what kind of thing it is, where a list mixes them. */
    icon?: ReactNode;
    lines: ReactNode[];
    marks?: ReactNode;
    /** Since when it waits; absent where it does not. */
    since?: string;
    selection?: {
      selected: boolean;
      label: string;
      disabled?: boolean;
      onSelect: (selected: boolean) => void;
    };
  }
>((props, ref) => {
  const { title, icon, lines, marks, since, selection, open } = props;
  const { component: Row = 'li' } = props;
  const classes = useStyles();
  return (
    <Row className={`${classes.root} ${open ? classes.open : ''}`}>
      {selection ? (
        <Checkbox
          className={classes.box}
          size="small"
          color="primary"
          checked={selection.selected}
          disabled={selection.disabled}
          onChange={event => selection.onSelect(event.target.checked)}
          inputProps={{ 'aria-label': selection.label }}
        />
      ) : (
        <span className={icon ? classes.icon : classes.noBox}>{icon}</span>
      )}
      <div className={classes.words}>
        <Link
          ref={ref}
          to={props.to}
          className={classes.title}
          title={title}
          underline="none"
          tabIndex={props.focusable ? 0 : -1}
          aria-current={open ? 'true' : undefined}
          onKeyDown={props.onKeyDown}
        >
          {title}
        </Link>
        {lines.map((line, index) => (
          <div key={index} className={classes.about}>
            {line}
          </div>
        ))}
        {marks && <div className={classes.marks}>{marks}</div>}
      </div>
      {since && (
        <span className={classes.age}>
          <AgeChip since={since} />
        </span>
      )}
    </Row>
  );
});
MasterRow.displayName = 'MasterRow';
