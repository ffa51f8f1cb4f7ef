import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import { RefWords, toneColors } from '../../components';
import { useT } from '../../useT';
import { ConflictChange } from './conflictChanges';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    margin: theme.spacing(0, 0, 1.5),
    borderRadius: theme.shape.borderRadius,
    fontSize: theme.typography.body2.fontSize,
    ...toneColors(theme, 'attention'),
  },
  title: { fontWeight: 600 },
  list: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
}));

/** Says what changed while somebody was about to decide. */
export function ConflictNotice(props: { changes: readonly ConflictChange[] }) {
  const t = useT();
  const classes = useStyles();
  const inWords = (change: ConflictChange) => {
    switch (change.kind) {
      case 'state':
        return t('requests.conflict.state', {
          state: t(`state.${change.state}`),
        });
      case 'stage':
        return t('requests.conflict.stage', { stage: String(change.stage) });
      case 'comment':
        return t('requests.conflict.comment', { count: change.count });
      case 'judged':
        return <RefWords text={change.words} />;
      case 'decision':
        return (
          <>
            <EntityDisplayName entityRef={change.actorRef} hideIcon />{' '}
            {t('requests.conflict.decided')}
          </>
        );
      default:
        return t(`requests.conflict.${change.kind}`);
    }
  };
  return (
    <div className={classes.root} role="alert">
      <div className={classes.title}>{t('requests.conflict.title')}</div>
      <ul className={classes.list}>
        {props.changes.map((change, index) => (
          <li key={`${change.kind} ${index}`}>{inWords(change)}</li>
        ))}
      </ul>
      {t('requests.conflict.words')}
    </div>
  );
}
