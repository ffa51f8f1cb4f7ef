import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { alertApiRef, useApi } from '@backstage/core-plugin-api';
import type {
  Entitlement,
  TemporaryCredentials,
  Usage,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { CodeWords, ErrorState } from '../../components';
import { useT } from '../../useT';
import { CodeBlock } from './CodeBlock';
import { KeysLeft } from './KeysLeft';
import { useTemporaryKeys } from './useTemporaryKeys';

const useStyles = makeStyles(theme => ({
  part: { marginBottom: theme.spacing(2) },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(0.5),
  },
  words: { flex: 1 },
  table: { minWidth: 180 },
  keys: {
    display: 'grid',
    gridTemplateColumns: '112px minmax(0, 1fr)',
    margin: 0,
    fontSize: theme.typography.body2.fontSize,
    '& > *': {
      margin: 0,
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    '& dt': { color: theme.palette.text.secondary },
    '& dd': { fontFamily: 'monospace', overflowWrap: 'anywhere' },
  },
}));

const DOTS = '•'.repeat(16);

const exportsOf = (credentials: TemporaryCredentials) =>
  [
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    `export AWS_SESSION_TOKEN=${credentials.sessionToken}`,
    ...(credentials.region ? [`export AWS_REGION=${credentials.region}`] : []),
  ].join('\n');

function profileOf({ productRef, port }: Entitlement, table?: string): string {
  const { namespace, name } = parseEntityRef(productRef);
  const product = namespace === 'default' ? name : `${namespace}/${name}`;
  return [
    `[profile ${name}-${port}]`,
    `credential_process = npx @lakemesh/cli credentials ${product}:${port}${
      table ? ` --table ${table}` : ''
    }`,
  ].join('\n');
}

/** The profile and the keys, masked until somebody asks for them. */
function AvailableKeys(props: { entitlement: Entitlement; tables: string[] }) {
  const { entitlement, tables } = props;
  const t = useT();
  const classes = useStyles();
  const alerts = useApi(alertApiRef);
  const [table, setTable] = useState(tables[0] ?? '');
  const { keys, isShown, busy, error, renew, current, show, hide } =
    useTemporaryKeys(entitlement.id, table);

  const copy = async () => {
    const made = await current();
    if (!made) return;
    await navigator.clipboard?.writeText(exportsOf(made));
    alerts.post({
      message: t('common.copied'),
      severity: 'success',
      display: 'transient',
    });
  };
  return (
    <>
      <div className={classes.part}>
        <Typography variant="subtitle2" component="h3">
          {t('usage.credentials.profileTitle')}
        </Typography>
        <Typography variant="body2" color="textSecondary">
          {t('usage.credentials.profile')}
        </Typography>
        <CodeBlock
          text={profileOf(entitlement, tables.length > 1 ? table : undefined)}
          copyLabel={t('usage.credentials.copyProfile')}
        />
      </div>
      <div className={classes.head}>
        <Typography
          variant="subtitle2"
          component="h3"
          className={classes.words}
        >
          {t('usage.credentials.title')}{' '}
          {keys && <KeysLeft until={keys.expiration} />}
        </Typography>
        {tables.length > 1 && (
          <TextField
            id="data-mesh-credentials-table"
            className={classes.table}
            select
            size="small"
            variant="outlined"
            label={t('usage.credentials.table')}
            value={table}
            onChange={event => setTable(event.target.value)}
          >
            {tables.map(one => (
              <MenuItem key={one} value={one}>
                {one}
              </MenuItem>
            ))}
          </TextField>
        )}
        <Button
          size="small"
          color="primary"
          disabled={busy}
          onClick={() => (isShown ? hide() : void show())}
        >
          {t(isShown ? 'usage.credentials.hide' : 'usage.credentials.show')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          disabled={busy}
          onClick={() => void copy()}
        >
          {t('usage.credentials.copy')}
        </Button>
        {keys && (
          <Button
            size="small"
            variant="outlined"
            disabled={busy}
            onClick={() => void renew()}
          >
            {t('usage.credentials.renew')}
          </Button>
        )}
      </div>
      {error && (
        <ErrorState
          error={error}
          what={t('usage.credentials.what')}
          title={t('usage.credentials.failed')}
          permission="data-mesh.credentials.vend"
        />
      )}
      <dl className={classes.keys}>
        <dt>{t('usage.credentials.access')}</dt>
        <dd>{(isShown && keys?.accessKeyId) || DOTS}</dd>
        <dt>{t('usage.credentials.secret')}</dt>
        <dd>{(isShown && keys?.secretAccessKey) || DOTS}</dd>
        <dt>{t('usage.credentials.session')}</dt>
        <dd>{(isShown && keys?.sessionToken) || DOTS}</dd>
      </dl>
      <Typography variant="body2" color="textSecondary">
        {t('usage.credentials.words')}
      </Typography>
    </>
  );
}

/** Gives out temporary credentials, or says why there are none. */
export function CredentialsSection(props: {
  entitlement: Entitlement;
  credentials: Usage['credentials'];
}) {
  const { available, reason, tables = [] } = props.credentials;
  const t = useT();
  return (
    <section aria-label={t('usage.credentials.title')}>
      {available ? (
        <AvailableKeys entitlement={props.entitlement} tables={tables} />
      ) : (
        <>
          <Typography variant="subtitle2" component="h3">
            {t('usage.credentials.title')}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {reason ? <CodeWords text={reason} /> : t('usage.credentials.none')}
          </Typography>
        </>
      )}
    </section>
  );
}
