import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { FieldProblems } from '../../../scope/FieldProblems';
import type { PlacedProblem } from '../../../scope/problemFields';
import { rowElementId, type RowId } from './rowsOfForm';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: '80px minmax(0, 1fr) auto',
    gap: theme.spacing(0, 2),
    alignItems: 'start',
    padding: theme.spacing(1.5, 2),
    '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    // As dense as the text around the fields. Class names of Material UI are
    // not stable below Backstage's theme, so elements are meant by their role.
    '& [role="radiogroup"] label > span:last-child': {
      fontSize: theme.typography.body2.fontSize,
    },
    [theme.breakpoints.down('xs')]: {
      gridTemplateColumns: 'minmax(0, 1fr) auto',
      '& > :first-child': { gridColumn: '1 / -1' },
      '& > [data-fields]': { gridColumn: '1 / -1' },
    },
  },
  label: {
    fontSize: theme.typography.body2.fontSize,
    fontWeight: 400,
    lineHeight: '32px',
    margin: 0,
    color: theme.palette.text.secondary,
  },
  answer: {
    minHeight: 32,
    display: 'flex',
    flexDirection: 'column',
    justifyContent: 'center',
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  fields: { gridColumn: '2 / -1', minWidth: 0, marginTop: theme.spacing(1) },
  action: { minHeight: 32 },
}));

/**
 * One question of the form, with its answer and a button that unfolds the
 * choice in place. What is wrong with it is said whether or not it is unfolded.
 */
export function FormRow(props: {
  id: RowId;
  label: string;
  answer?: ReactNode;
  /** Absent where there is nothing to choose, or where all is in sight. */
  action?: string;
  open?: boolean;
  onToggle?: () => void;
  problems?: readonly PlacedProblem[];
  /** What is unfolded. */
  children?: ReactNode;
}) {
  const { id, label, answer, action, open = true, onToggle, children } = props;
  const classes = useStyles();
  const root = rowElementId(id);
  return (
    <section
      id={root}
      tabIndex={-1}
      className={classes.root}
      aria-labelledby={`${root}-label`}
    >
      <Typography id={`${root}-label`} variant="h2" className={classes.label}>
        {label}
      </Typography>
      <div className={classes.answer}>{answer}</div>
      {action ? (
        <Button
          className={classes.action}
          size="small"
          variant="outlined"
          aria-expanded={open}
          onClick={onToggle}
        >
          {action}
        </Button>
      ) : (
        <span />
      )}
      {open && children && (
        <div className={classes.fields} data-fields>
          {children}
        </div>
      )}
      {props.problems && props.problems.length > 0 && (
        <div className={classes.fields} data-fields>
          <FieldProblems problems={[...props.problems]} />
        </div>
      )}
    </section>
  );
}
