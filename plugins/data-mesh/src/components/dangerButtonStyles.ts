import { makeStyles } from '@material-ui/core/styles';

/** The filled button that takes something away. */
export const useDangerButtonStyles = makeStyles(theme => ({
  danger: {
    color: theme.palette.error.contrastText,
    background: theme.palette.error.dark,
    '&:hover': { background: theme.palette.error.dark },
  },
}));
