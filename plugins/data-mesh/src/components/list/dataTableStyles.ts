import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '..';

/** Tables of records: the first column stays while the rest scrolls. */
export const useDataTableStyles = makeStyles(theme => ({
  table: {
    width: '100%',
    borderCollapse: 'collapse',
    fontSize: theme.typography.body2.fontSize,
    '& th': {
      textAlign: 'left',
      fontWeight: 700,
      whiteSpace: 'nowrap',
    },
    '& th, & td': {
      padding: theme.spacing(1, 1.5),
      verticalAlign: 'top',
    },
    '& tbody tr': { borderTop: `1px solid ${theme.palette.divider}` },
    '& tr > :first-child': {
      position: 'sticky',
      left: 0,
      zIndex: 1,
      minWidth: 160,
      background: theme.palette.background.paper,
      fontWeight: 400,
      whiteSpace: 'normal',
    },
    '& thead tr > :first-child': { fontWeight: 700 },
  },
  wide: { minWidth: 180 },
  line: { whiteSpace: 'nowrap' },
  quiet: { color: theme.palette.text.secondary },
  lines: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'flex-start',
    gap: theme.spacing(0.5),
  },
  buttons: {
    display: 'flex',
    justifyContent: 'flex-end',
    whiteSpace: 'nowrap',
  },
  danger: { color: toneColors(theme, 'bad').color },
  notice: { marginBottom: theme.spacing(1.5) },
}));
