import type { Reach } from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useT } from '../useT';
import { Code } from '../components/text/CodeWords';
import { PiiMark } from '../state/PiiMark';

const useStyles = makeStyles(theme => ({
  list: {
    margin: theme.spacing(0, 0, 1),
    paddingLeft: theme.spacing(2.5),
    fontSize: theme.typography.body2.fontSize,
    overflowWrap: 'anywhere',
  },
  quiet: { color: theme.palette.text.secondary },
}));

const SHOWN = 5;

/** What a scope reaches now, the tables with personal data first. */
export function ReachSummary(props: { reach: Reach }) {
  const { reach } = props;
  const t = useT();
  const classes = useStyles();
  const shown = reach.tables.slice(0, SHOWN);
  const more = reach.count - shown.length;
  return (
    <>
      {reach.unknown && (
        <Typography variant="body2" role="status">
          {t('reach.unknown', { reason: reach.unknown })}
        </Typography>
      )}
      <ul className={classes.list}>
        {shown.map(table => (
          <li key={`${table.database}.${table.table}`}>
            <Code>{`${table.database}.${table.table}`}</Code>
            {table.columns !== undefined && (
              <span className={classes.quiet}>
                {' '}
                {t('reach.columns', { count: table.columns })}
              </span>
            )}
            {table.personal.length > 0 && (
              <>
                {' '}
                {t('reach.personal', { count: table.personal.length })}{' '}
                <PiiMark />
              </>
            )}
            {Boolean(table.undeclared) && (
              <> · {t('reach.undeclared', { count: table.undeclared ?? 0 })}</>
            )}
            {table.productRefs.length === 0 && <> · {t('reach.noProduct')}</>}
            {table.domainRef && table.productRefs.length === 0 && (
              <>
                {', '}
                <EntityRefLink entityRef={table.domainRef} hideIcon />
              </>
            )}
          </li>
        ))}
        {more > 0 && <li>{t('reach.more', { count: more })}</li>}
      </ul>
    </>
  );
}
