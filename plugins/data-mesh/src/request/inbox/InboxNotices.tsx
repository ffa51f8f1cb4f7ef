import { makeStyles } from '@material-ui/core/styles';
import { messageOf, toneColors } from '../../components';
import { useRequestWords } from '../../scope/requestWords';
import { useT } from '../../useT';
import type { FailedDecision } from './useDecisions';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    ...toneColors(theme, 'attention'),
  },
}));

/** What is not as it should be with the list, above it. */
export function InboxNotices(props: {
  /** Why what is shown may be old. */
  stale?: Error;
  /** Why claims and product changes are missing. */
  casesMissing?: Error;
  failed?: FailedDecision;
}) {
  const { stale, casesMissing, failed } = props;
  const t = useT();
  const classes = useStyles();
  const words = useRequestWords();
  const notices = [
    failed &&
      t('requests.list.notDecided', {
        what: words.what(failed.request),
        message: messageOf(failed.error),
      }),
    stale && t('requests.list.notLive', { message: messageOf(stale) }),
    casesMissing &&
      t('requests.list.casesMissing', { message: messageOf(casesMissing) }),
  ];
  return (
    <>
      {notices.flatMap(text =>
        text
          ? [
              <div key={text} className={classes.root} role="alert">
                {text}
              </div>,
            ]
          : [],
      )}
    </>
  );
}
