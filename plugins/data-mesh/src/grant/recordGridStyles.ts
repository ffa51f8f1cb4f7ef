import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../components';

/**
 * Lists of very many records, as grids that never scroll sideways: what does
 * not fit stands on a second line. The areas are for each list to name.
 */
export const useRecordGridStyles = makeStyles(theme => ({
  frame: { maxHeight: 'max(420px, calc(100vh - 220px))' },
  head: {
    display: 'grid',
    '& > *': { padding: theme.spacing(0.5, 1.5), minWidth: 0 },
    paddingTop: theme.spacing(0.5),
    paddingBottom: theme.spacing(0.5),
    alignItems: 'center',
  },
  row: {
    display: 'grid',
    // What is taller than its neighbours makes the last line higher, so that
    // the first ones stay together.
    gridTemplateRows: 'auto 1fr',
    alignItems: 'start',
    paddingTop: theme.spacing(0.5),
    paddingBottom: theme.spacing(0.5),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontSize: theme.typography.body2.fontSize,
    '& > *': {
      padding: theme.spacing(0.25, 1.5),
      minWidth: 0,
      overflowWrap: 'anywhere',
    },
  },
  quiet: { color: theme.palette.text.secondary },
  danger: { color: toneColors(theme, 'bad').color },
  more: { padding: theme.spacing(1.5), textAlign: 'center' },
}));
