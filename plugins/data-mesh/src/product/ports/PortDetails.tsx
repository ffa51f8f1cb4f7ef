import type { OutputPort } from '@lakemesh/backstage-plugin-data-mesh-common';
import { accountInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Code, FreeText, SafeLink, ToneChip } from '../../components';
import { useT } from '../../useT';

const useStyles = makeStyles(theme => ({
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0.5, 1.5),
    margin: theme.spacing(0.5, 0, 0),
    fontSize: theme.typography.body2.fontSize,
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
  levels: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
}));

/** What a port is for, where it lives, and what it promises. */
export function PortDetails(props: { port: OutputPort }) {
  const { port } = props;
  const t = useT();
  const classes = useStyles();
  const { database, catalogId, region } = port.location;
  return (
    <>
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
    </>
  );
}
