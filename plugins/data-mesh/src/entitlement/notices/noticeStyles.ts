import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../../components';

/** Notes on an entitlement, one below the other. */
export const useNoticeStyles = makeStyles(theme => {
  const base = {
    margin: theme.spacing(1, 0),
    padding: theme.spacing(0.75, 1.5),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere' as const,
  };
  return {
    attention: { ...base, ...toneColors(theme, 'attention') },
    waiting: { ...base, ...toneColors(theme, 'waiting') },
    bad: { ...base, ...toneColors(theme, 'bad') },
    neutral: { ...base, ...toneColors(theme, 'neutral') },
    buttons: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(0.75),
      '& button': { color: 'inherit', borderColor: 'currentColor' },
    },
    list: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
    inherit: { '& a': { color: 'inherit', textDecoration: 'underline' } },
  };
});
