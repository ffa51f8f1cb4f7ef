import { ReactNode } from 'react';
import ButtonBase from '@material-ui/core/ButtonBase';
import IconButton from '@material-ui/core/IconButton';
import ArrowIcon from '@material-ui/icons/ArrowDropDown';
import ClearIcon from '@material-ui/icons/Clear';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    minHeight: 32,
    maxWidth: '100%',
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    background: theme.palette.background.paper,
  },
  set: { borderColor: theme.palette.primary.main },
  button: {
    minHeight: 32,
    minWidth: 0,
    padding: theme.spacing(0, 1),
    gap: theme.spacing(0.75),
    borderRadius: 'inherit',
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  name: { color: theme.palette.text.secondary },
  value: {
    maxWidth: 200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  chosen: { fontWeight: 600 },
}));

/** A filter as a chip: its name, what is chosen, and a way to take it away. */
export function FilterChip(props: {
  name: string;
  value: ReactNode;
  isSet: boolean;
  clearLabel: string;
  onOpen: (anchor: HTMLElement) => void;
  onClear: () => void;
}) {
  const { name, value, isSet, clearLabel, onOpen, onClear } = props;
  const classes = useStyles();
  return (
    <span className={`${classes.root} ${isSet ? classes.set : ''}`}>
      <ButtonBase
        className={classes.button}
        aria-haspopup="true"
        onClick={event => onOpen(event.currentTarget)}
      >
        <span className={classes.name}>{name}</span>
        <span className={`${classes.value} ${isSet ? classes.chosen : ''}`}>
          {value}
        </span>
        {!isSet && <ArrowIcon fontSize="small" aria-hidden />}
      </ButtonBase>
      {isSet && (
        <IconButton size="small" aria-label={clearLabel} onClick={onClear}>
          <ClearIcon fontSize="small" />
        </IconButton>
      )}
    </span>
  );
}
