import { ReactNode } from 'react';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { Tone, toneColors } from './tones';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    maxWidth: '100%',
    boxSizing: 'border-box',
    padding: theme.spacing(0.25, 1),
    borderRadius: 12,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.pxToRem(12),
    fontWeight: 600,
    lineHeight: '18px',
    verticalAlign: 'middle',
    whiteSpace: 'nowrap',
    '& svg': { fontSize: 14, flexShrink: 0 },
  },
  // Written once each, not once a chip: lists have many.
  neutral: toneColors(theme, 'neutral'),
  waiting: toneColors(theme, 'waiting'),
  attention: toneColors(theme, 'attention'),
  good: toneColors(theme, 'good'),
  bad: toneColors(theme, 'bad'),
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
}));

/** A word on a coloured ground, with an icon beside it. */
export function ToneChip(props: {
  tone: Tone;
  label: string;
  icon?: ReactNode;
  /** Shown when the chip is pointed at or focused. */
  reason?: string;
}) {
  const { tone, label, icon, reason } = props;
  const classes = useStyles();
  const chip = (
    <span
      className={`${classes.root} ${classes[tone]}`}
      // With a reason it takes the focus, so that the keyboard reads it too.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={reason ? 0 : undefined}
    >
      {icon}
      <span className={classes.text}>{label}</span>
    </span>
  );
  return reason ? (
    <Tooltip title={reason} aria-label={`${label}: ${reason}`}>
      {chip}
    </Tooltip>
  ) : (
    chip
  );
}
