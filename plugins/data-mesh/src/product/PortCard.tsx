import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Code, FreeText, PiiMark, SafeLink, ToneChip } from '../components';
import { useT } from '../useT';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(1),
    padding: theme.spacing(2),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    minWidth: 0,
    fontFamily: theme.typography.fontFamily,
  },
  name: { overflowWrap: 'anywhere', fontWeight: 700 },
  quiet: { color: theme.palette.text.secondary, fontWeight: 400 },
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.5, 1.5),
    margin: 0,
    fontSize: theme.typography.body2.fontSize,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
  levels: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
  links: { marginTop: 'auto' },
}));

/** One output port: where it lives, what it holds, what it promises. */
export function PortCard(props: {
  port: OutputPort;
  /** Where its columns are shown. */
  schemaPath: string;
}) {
  const { port, schemaPath } = props;
  const t = useT();
  const classes = useStyles();
  const columns = port.tables.flatMap(table => table.columns);
  const personal = columns.filter(column => column.pii).length;
  const { database, catalogId, region } = port.location;
  return (
    <section className={classes.root} aria-label={port.title ?? port.name}>
      <Typography variant="subtitle1" component="h3" className={classes.name}>
        {port.title ?? port.name}{' '}
        {port.version && (
          <span className={classes.quiet}>
            {t('product.ports.version', { version: port.version })}
          </span>
        )}
      </Typography>
      {port.description && (
        <Typography variant="body2">
          <FreeText>{port.description}</FreeText>
        </Typography>
      )}
      <dl className={classes.list}>
        <dt>{t('product.ports.location')}</dt>
        <dd>
          {database ? <Code>{database}</Code> : port.type}
          {catalogId &&
            ` · ${t('product.ports.account', {
              account: accountInWords({ accountId: catalogId.slice(0, 12) }),
            })}`}
          {region && ` · ${region}`}
        </dd>
        <dt>{t('product.ports.holds')}</dt>
        <dd>
          {t('product.ports.tables', { count: port.tables.length })}
          {', '}
          {t('product.ports.columns', { count: columns.length })}
          {personal > 0 && (
            <>
              {', '}
              {t('product.ports.personal', { count: personal })} <PiiMark />
            </>
          )}
        </dd>
        {port.serviceLevels && port.serviceLevels.length > 0 && (
          <>
            <dt>{t('product.ports.levels')}</dt>
            <dd className={classes.levels}>
              {port.serviceLevels.map(level => (
                <ToneChip
                  key={level.name}
                  tone="neutral"
                  label={`${level.name} ${level.value}`}
                  reason={level.description}
                />
              ))}
            </dd>
          </>
        )}
        {port.contract && (
          <>
            <dt>{t('product.ports.contract')}</dt>
            <dd>
              <SafeLink to={port.contract}>{port.contract}</SafeLink>
            </dd>
          </>
        )}
      </dl>
      <Typography variant="body2" className={classes.links}>
        <Link
          to={schemaPath}
          aria-label={t('product.ports.schemaOf', {
            port: port.title ?? port.name,
          })}
        >
          {t('product.ports.schema')}
        </Link>
      </Typography>
    </section>
  );
}
