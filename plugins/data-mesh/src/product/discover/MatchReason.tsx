import { Fragment } from 'react';
import type { SearchMatch } from '@lakemesh/backstage-plugin-data-mesh-common';
import { makeStyles } from '@material-ui/core/styles';
import { Code } from '../../components';
import { PiiMark } from '../../state/PiiMark';
import { Highlighted } from '../../components/text/Highlighted';
import { useT } from '../../useT';
import { chooseReasons } from './chooseReasons';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: theme.spacing(0.75),
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  found: { color: theme.palette.text.primary },
}));

function Place(props: { match: SearchMatch; search: string }) {
  const { match, search } = props;
  const t = useT();
  const classes = useStyles();
  return (
    <>
      <span>{t(`discover.match.${match.kind}`)}</span>
      <span className={classes.found}>
        <Highlighted text={match.text} search={search} />
      </span>
      {match.pii && <PiiMark />}
      {match.port && (
        <span>
          {t('discover.match.inPort')} <Code>{match.port}</Code>
        </span>
      )}
      {match.description && (
        <span>
          (<Highlighted text={match.description} search={search} />)
        </span>
      )}
    </>
  );
}

/** Says where the words were found, as far as that is not plain. */
export function MatchReason(props: {
  matches: readonly SearchMatch[];
  search: string;
  /** What of the product is on the screen anyway. */
  visible: string;
}) {
  const { matches, search, visible } = props;
  const t = useT();
  const classes = useStyles();
  const { shown, more } = chooseReasons(matches, search, visible);
  if (!shown.length) return null;
  return (
    <div className={classes.root}>
      {shown.map((match, at) => (
        <Fragment key={at}>
          {at > 0 && <span>·</span>}
          <Place match={match} search={search} />
        </Fragment>
      ))}
      {more > 0 && (
        <span>{t('discover.match.andMore', { number: String(more) })}</span>
      )}
    </div>
  );
}
