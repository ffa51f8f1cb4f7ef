import { ReactNode } from 'react';
import type { DeltaLine } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { RefWords } from '../components/text/RefWords';
import { toneColors } from '../components/state/tones';

/** The look of a difference. */
export const useDeltaStyles = makeStyles(theme => ({
  list: {
    listStyle: 'none',
    margin: 0,
    padding: 0,
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    overflow: 'hidden',
  },
  line: {
    display: 'grid',
    gridTemplateColumns: '28px minmax(0, 1fr) auto',
    alignItems: 'stretch',
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
  },
  sign: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    fontWeight: 700,
  },
  words: {
    padding: theme.spacing(0.75, 1.25),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  action: { alignSelf: 'center', paddingRight: theme.spacing(1) },
  add: toneColors(theme, 'good'),
  remove: toneColors(theme, 'bad'),
  change: toneColors(theme, 'attention'),
  keep: toneColors(theme, 'neutral'),
  unapproved: toneColors(theme, 'bad'),
  quiet: { color: theme.palette.text.secondary },
}));

const signs = {
  add: '+',
  remove: '−',
  change: '~',
  keep: '=',
  unapproved: '+',
} as const;

/** A line of a difference; `unapproved` is in the system, and nobody's decision. */
export type ShownLine = DeltaLine | { sign: 'unapproved'; words: string };

/** One line of a difference: its sign, and what it is about. */
export function DeltaRow(props: {
  sign: ShownLine['sign'];
  /** What can be done about the line. */
  action?: ReactNode;
  children: ReactNode;
}) {
  const { sign, action, children } = props;
  const t = useT();
  const classes = useDeltaStyles();
  return (
    <li className={classes.line}>
      <span
        className={`${classes.sign} ${classes[sign]}`}
        role="img"
        aria-label={t(`delta.${sign}`)}
      >
        {signs[sign]}
      </span>
      <span
        className={`${classes.words} ${sign === 'keep' ? classes.quiet : ''}`}
      >
        {children}
      </span>
      {action && <span className={classes.action}>{action}</span>}
    </li>
  );
}

/** A computed difference, line by line: what comes, goes, changes and stays. */
export function DeltaLines(props: { lines: readonly ShownLine[] }) {
  const classes = useDeltaStyles();
  return (
    <ul className={classes.list}>
      {props.lines.map(({ sign, words }, index) => (
        <DeltaRow key={index} sign={sign}>
          <RefWords text={words} />
        </DeltaRow>
      ))}
    </ul>
  );
}
