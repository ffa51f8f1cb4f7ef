import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { alpha } from '@material-ui/core/styles/colorManipulator';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1.5),
  },
  chip: {
    minHeight: 32,
    padding: theme.spacing(0.5, 1.5),
    borderRadius: 16,
    border: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    fontFamily: theme.typography.fontFamily,
    fontSize: theme.typography.body2.fontSize,
    '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
  },
  chosen: {
    fontWeight: 600,
    borderColor: theme.palette.primary.main,
    background: alpha(theme.palette.primary.main, 0.12),
  },
}));

/** Filters of a list, each with how many it finds; one or none is chosen. */
export function CountChips<Id extends string>(props: {
  label: string;
  all: number | string;
  items: ReadonlyArray<{ id: Id; label: string; count: number | string }>;
  chosen: Id | undefined;
  onChoose: (id: Id | undefined) => void;
}) {
  const { label, all, items, chosen, onChoose } = props;
  const t = useT();
  const classes = useStyles();
  const chip = (id: Id | undefined, words: string, count: number | string) => (
    <ButtonBase
      key={id ?? ''}
      className={`${classes.chip} ${id === chosen ? classes.chosen : ''}`}
      aria-pressed={id === chosen}
      onClick={() => onChoose(id)}
    >
      {words} {count}
    </ButtonBase>
  );
  return (
    <div className={classes.root} role="group" aria-label={label}>
      {chip(undefined, t('common.all'), all)}
      {items.map(item => chip(item.id, item.label, item.count))}
    </div>
  );
}
