import { makeStyles } from '@material-ui/core/styles';
import LockIcon from '@material-ui/icons/LockOutlined';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 1),
    border: `1px solid ${theme.palette.text.secondary}`,
    borderRadius: 12,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.pxToRem(12),
    lineHeight: '20px',
    whiteSpace: 'nowrap',
    '& svg': { fontSize: 13 },
  },
}));

/** How sensitive data is; a lock where not everybody may see it. */
export function ClassificationChip(props: { classification: string }) {
  const { classification } = props;
  const t = useT();
  const classes = useStyles();
  const guarded =
    classification === 'confidential' || classification === 'restricted';
  let words = classification;
  switch (classification) {
    case 'public':
    case 'internal':
    case 'confidential':
    case 'restricted':
    case 'unclassified':
      words = t(`discover.classification.${classification}`);
      break;
    default:
  }
  return (
    <span className={classes.root}>
      {guarded && <LockIcon aria-hidden />}
      {words}
    </span>
  );
}
