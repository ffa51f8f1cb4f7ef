import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from './state/tones';

/** The bar with which a thing is decided: it stays at the bottom in sight. */
export const useDecisionBarStyles = makeStyles(theme => ({
  root: {
    position: 'sticky',
    bottom: 0,
    zIndex: 1,
    padding: theme.spacing(1.5, 0),
    background: theme.palette.background.paper,
    borderTop: `1px solid ${theme.palette.divider}`,
  },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
  },
  reject: { color: toneColors(theme, 'bad').color },
  primary: { marginLeft: 'auto' },
  others: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginLeft: 'auto',
    '& button': { minHeight: 32 },
  },
  why: { flex: '1 1 100%' },
  hint: {
    marginTop: theme.spacing(0.75),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
  },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    ...toneColors(theme, 'attention'),
  },
}));
