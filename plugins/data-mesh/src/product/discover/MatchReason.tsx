import { Fragment } from 'react';
import type { ProductSearchMatch } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { toneColors } from '../../components';
import { Highlighted } from '../../components/text/Highlighted';
import { columnInUrl } from '../../scope/columnsInUrl';
import { useT } from '../../useT';
import { chooseReasons } from './chooseReasons';

const useStyles = makeStyles(theme => ({
  root: {
    color: theme.palette.text.secondary,
    fontSize: theme.typography.body2.fontSize,
    lineHeight: '20px',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  found: { color: theme.palette.text.primary },
  personal: { color: toneColors(theme, 'attention').color },
}));

/** The address of the schema at a column, which is ticked there. */
function schemaAt(
  schemaPath: string,
  { port, table, text }: ProductSearchMatch,
) {
  if (!port || !table) return undefined;
  return `${schemaPath}?${new URLSearchParams({
    port,
    table,
    column: text,
    ...columnInUrl(port, table, text),
  })}`;
}

function Place(props: {
  match: ProductSearchMatch;
  search: string;
  schemaPath: string;
  portTitle: (port: string) => string;
}) {
  const { match, search, schemaPath, portTitle } = props;
  const t = useT();
  const classes = useStyles();
  const text = <Highlighted text={match.text} search={search} />;
  const to = match.kind === 'column' ? schemaAt(schemaPath, match) : undefined;
  return (
    <>
      <span>{t(`discover.match.${match.kind}`)}</span>{' '}
      {to ? (
        <Link
          to={to}
          aria-label={t('discover.match.open', { column: match.text })}
        >
          {text}
        </Link>
      ) : (
        <span className={classes.found}>{text}</span>
      )}
      {match.port && (
        <span>
          {' '}
          {t('discover.match.inPort')} {portTitle(match.port)}
        </span>
      )}
      {match.pii && (
        <>
          , <span className={classes.personal}>{t('scope.pii')}</span>
        </>
      )}
      {match.description && (
        <span>
          {' '}
          (<Highlighted text={match.description} search={search} />)
        </span>
      )}
    </>
  );
}

/** Says where the words were found, as far as that is not plain. */
export function MatchReason(props: {
  matches: readonly ProductSearchMatch[];
  /** How many more there are. */
  beyond?: number;
  search: string;
  /** What of the product is on the screen anyway. */
  visible: string;
  title: string;
  schemaPath: string;
  portTitle: (port: string) => string;
}) {
  const { matches, search, visible, title, schemaPath, portTitle } = props;
  const t = useT();
  const classes = useStyles();
  const reasons = chooseReasons(matches, search, visible);
  const { shown } = reasons;
  if (!shown.length) return null;
  const more = reasons.more + (props.beyond ?? 0);
  return (
    <div className={classes.root}>
      {shown.map((match, at) => (
        <Fragment key={at}>
          {at > 0 && ' · '}
          <Place
            match={match}
            search={search}
            schemaPath={schemaPath}
            portTitle={portTitle}
          />
        </Fragment>
      ))}{' '}
      {more > 0 && (
        <Link
          to={`${schemaPath}?${new URLSearchParams({ q: search })}`}
          aria-label={t('discover.match.allOf', {
            number: String(more + shown.length),
            title,
          })}
        >
          {t('discover.match.andMore', { number: String(more) })}
        </Link>
      )}
    </div>
  );
}
