import { useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
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
import { useDataMesh } from '../../api';
import { CodeWords, ErrorState, RelativeTime } from '../../components';
import { useT } from '../../useT';
import { CodeBlock } from './CodeBlock';

const useStyles = makeStyles(theme => ({
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    margin: theme.spacing(1, 0),
  },
  table: { minWidth: 180 },
}));

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

/** Gives out temporary credentials, or says why there are none. */
export function CredentialsSection(props: {
  entitlement: Entitlement;
  credentials: Usage['credentials'];
}) {
  const { entitlement, credentials } = props;
  const { available, reason, tables = [] } = credentials;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const [table, setTable] = useState(tables[0] ?? '');
  // In this component only, and gone with it.
  const [vended, setVended] = useState<TemporaryCredentials>();
  const [error, setError] = useState<Error>();
  const [busy, setBusy] = useState(false);

  const vend = async () => {
    setBusy(true);
    setError(undefined);
    try {
      setVended(await api.vendCredentials(entitlement.id, { table }));
    } catch (cause) {
      setError(cause as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-label={t('usage.credentials.title')}>
      <Typography variant="subtitle2" component="h3">
        {t('usage.credentials.title')}
      </Typography>
      {!available && (
        <Typography variant="body2" color="textSecondary">
          {reason ? <CodeWords text={reason} /> : t('usage.credentials.none')}
        </Typography>
      )}
      {available && (
        <>
          <Typography variant="body2" color="textSecondary">
            {t('usage.credentials.words')}
          </Typography>
          <div className={classes.actions}>
            {tables.length > 1 && (
              <TextField
                id="data-mesh-credentials-table"
                className={classes.table}
                select
                size="small"
                variant="outlined"
                label={t('usage.credentials.table')}
                value={table}
                onChange={event => {
                  setTable(event.target.value);
                  setVended(undefined);
                }}
              >
                {tables.map(one => (
                  <MenuItem key={one} value={one}>
                    {one}
                  </MenuItem>
                ))}
              </TextField>
            )}
            <Button
              variant="outlined"
              disabled={busy}
              onClick={() => void vend()}
            >
              {t('usage.credentials.get')}
            </Button>
            {vended && (
              <>
                <Typography variant="body2" color="textSecondary">
                  <RelativeTime
                    value={vended.expiration}
                    prefix={t('usage.credentials.ends')}
                  />
                </Typography>
                <Button onClick={() => setVended(undefined)}>
                  {t('usage.credentials.hide')}
                </Button>
              </>
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
          {vended && (
            <CodeBlock
              text={exportsOf(vended)}
              copyLabel={t('usage.credentials.copy')}
            />
          )}
          <Typography variant="body2" color="textSecondary">
            {t('usage.credentials.profile')}
          </Typography>
          <CodeBlock
            text={profileOf(entitlement, tables.length > 1 ? table : undefined)}
            copyLabel={t('usage.credentials.copyProfile')}
          />
        </>
      )}
    </section>
  );
}
