import type { TagStanding } from '@lakemesh/backstage-plugin-data-mesh-common';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { ToneChip } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    minWidth: 0,
  },
  chip: { display: 'inline-flex', maxWidth: '100%' },
  // What comes from further up steps back behind what is the column's own.
  inherited: { '& > span': { fontWeight: 400 } },
}));

/** The LF-Tags in force on a column; those that differ are marked. */
export function TagChips(props: { tags: TagStanding[] }) {
  const t = useT();
  const classes = useStyles();
  const wordsOf = ({ key, found }: TagStanding) =>
    t('tags.chip.same', { key, value: found ?? t('tags.chip.none') });
  const hintOf = (tag: TagStanding) => {
    const { state, wanted, foundAt } = tag;
    // Of what is too long for the chip, the whole.
    const hints: string[] = [wordsOf(tag)];
    if (foundAt === 'column') hints.push(t('tags.chip.own'));
    else if (foundAt) {
      hints.push(
        t('tags.chip.inherited', { place: t(`tags.chip.${foundAt}`) }),
      );
    }
    if (state !== 'same') {
      hints.push(
        wanted === undefined
          ? t('tags.chip.declaredNone')
          : t('tags.chip.declared', { value: wanted }),
      );
    }
    return hints.join(', ');
  };
  return (
    <span className={classes.root}>
      {props.tags.map(tag => (
        <span
          key={tag.key}
          title={hintOf(tag)}
          className={
            tag.foundAt === 'column'
              ? classes.chip
              : `${classes.chip} ${classes.inherited}`
          }
        >
          <ToneChip
            tone={tag.state === 'same' ? 'neutral' : 'attention'}
            icon={
              tag.state !== 'same' && (
                <WarningIcon titleAccess={t(`tags.states.${tag.state}`)} />
              )
            }
            label={wordsOf(tag)}
          />
        </span>
      ))}
    </span>
  );
}
