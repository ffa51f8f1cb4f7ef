import type { Purpose } from '@lakemesh/backstage-plugin-data-mesh-common';
import { namesInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords } from '../components';
import { useT } from '../useT';
import { RequestChange } from './requestDiff';
import { purposeTitle, useRequestWords } from './requestWords';

const useStyles = makeStyles(theme => ({
  list: { margin: theme.spacing(0.5, 0), paddingLeft: theme.spacing(2.5) },
}));

/** What differs between two versions of a request, in words. */
export function ChangeList(props: {
  changes: readonly RequestChange[];
  purposes?: readonly Purpose[];
}) {
  const { changes, purposes } = props;
  const t = useT();
  const classes = useStyles();
  const words = useRequestWords();

  const inWords = (change: RequestChange): string => {
    switch (change.kind) {
      case 'tableAdded':
      case 'tableRemoved':
      case 'allColumns':
        return t(`requests.diff.${change.kind}`, { table: change.table });
      case 'columnsAdded':
      case 'columnsRemoved':
      case 'chosenColumns':
        return t(`requests.diff.${change.kind}`, {
          table: change.table,
          columns: namesInWords(change.columns),
        });
      case 'rows':
        return t('requests.diff.rows', {
          table: change.table,
          from: change.from ?? t('requests.diff.allRows'),
          to: change.to ?? t('requests.diff.allRows'),
        });
      case 'duration':
        return t('requests.diff.duration', {
          from: words.duration(change.from),
          to: words.duration(change.to),
        });
      case 'purpose':
        return t('requests.diff.purpose', {
          from: purposeTitle(change.from, purposes),
          to: purposeTitle(change.to, purposes),
        });
      case 'consumer':
        return t('requests.diff.consumer', {
          from: change.from ?? t('requests.diff.none'),
          to: change.to ?? t('requests.diff.none'),
        });
      case 'level':
        return t('requests.diff.level', {
          from: words.level(change.from),
          to: words.level(change.to),
        });
      case 'form':
        return t('requests.diff.form', { from: change.from, to: change.to });
      default:
        return t('requests.diff.reason');
    }
  };
  if (changes.length === 0) return null;
  return (
    <ul className={classes.list}>
      {changes.map(change => {
        const text = inWords(change);
        return (
          <li key={text}>
            <CodeWords text={text} />
          </li>
        );
      })}
    </ul>
  );
}
