import type { TagStanding } from '@lakemesh/backstage-plugin-data-mesh-common';
import WarningIcon from '@material-ui/icons/WarningOutlined';
import { makeStyles } from '@material-ui/core/styles';
import { ToneChip } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5),
    maxWidth: '100%',
  },
  // What comes from further up steps back behind what is the column's own.
  inherited: { opacity: 0.8, '& > span': { fontWeight: 400 } },
}));

/** The LF-Tags in force on a column; those that differ are marked. */
export function TagChips(props: { tags: TagStanding[] }) {
  const t = useT();
  const classes = useStyles();
  const hintOf = ({ state, wanted, foundAt }: TagStanding) => {
    const hints: string[] = [];
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
          className={tag.foundAt === 'column' ? undefined : classes.inherited}
        >
          <ToneChip
            tone={tag.state === 'same' ? 'neutral' : 'attention'}
            icon={
              tag.state !== 'same' && (
                <WarningIcon titleAccess={t(`tags.states.${tag.state}`)} />
              )
            }
            label={t('tags.chip.same', {
              key: tag.key,
              value: tag.found ?? t('tags.chip.none'),
            })}
          />
        </span>
      ))}
    </span>
  );
}
