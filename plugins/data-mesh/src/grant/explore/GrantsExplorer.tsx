import { useCallback, useMemo, useRef } from 'react';
import type {
  BecauseKind,
  ScanStatus,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import MenuItem from '@material-ui/core/MenuItem';
import Paper from '@material-ui/core/Paper';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Loaded, useDataMesh, usePages } from '../../api';
import {
  DelayedTextField,
  EmptyState,
  ErrorState,
  ListSkeleton,
} from '../../components';
import { grantsRouteRef } from '../../routes';
import { useT } from '../../useT';
import { ExplanationPane } from './ExplanationPane';
import { isScanned } from '../scan/scanSummary';
import { grantQuery } from './grantQuery';
import {
  BECAUSE_KINDS,
  GrantsPivot,
  GrantsUrl,
  writeGrantsUrl,
} from '../grantsUrl';
import { GrantTable } from './GrantTable';
import { GroupTable } from './GroupTable';
import { OpenGroup } from './OpenGroup';
import { ScanNow } from '../scan/ScanNow';
import { ChangeGrantsUrl } from '../useGrantsUrl';

const PAGE = 100;

const useStyles = makeStyles(theme => ({
  filters: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(1.5),
  },
  place: { flex: 1, minWidth: 200, overflowWrap: 'anywhere' },
  reason: { minWidth: 170 },
  panes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gap: theme.spacing(2),
    alignItems: 'start',
  },
  withWhy: {
    gridTemplateColumns: 'minmax(0, 1fr) 330px',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  why: {
    position: 'sticky',
    top: theme.spacing(2),
    // Below each other, the answer stands above what was asked about.
    [theme.breakpoints.down('sm')]: { position: 'static', order: -1 },
  },
}));

interface ExplorerProps {
  by: GrantsPivot;
  url: GrantsUrl;
  change: ChangeGrantsUrl;
  scans: Loaded<ScanStatus>;
}

function Nothing(props: ExplorerProps) {
  const { url, change, scans } = props;
  const t = useT();
  if (url.text || url.because) {
    return (
      <EmptyState
        title={t('grants.empty.filtered')}
        action={
          <Button
            variant="outlined"
            onClick={() => change({ text: '', because: undefined })}
          >
            {t('grants.empty.clear')}
          </Button>
        }
      />
    );
  }
  const scanned = scans.value && isScanned(scans.value);
  return scanned ? (
    <EmptyState
      title={t('grants.empty.none')}
      description={t('grants.empty.noneWords')}
    />
  ) : (
    <EmptyState
      title={t('grants.empty.never')}
      description={t('grants.empty.neverWords')}
      action={<ScanNow scans={scans} />}
    />
  );
}

function Groups(props: ExplorerProps) {
  const { by, url } = props;
  const t = useT();
  const api = useDataMesh();
  const grantsLink = useRouteRef(grantsRouteRef);
  const query = { by, ...(url.text && { q: url.text }), limit: PAGE };
  const groups = usePages(`groups ${JSON.stringify(query)}`, cursor =>
    api.summarizeGrants({ ...query, cursor }),
  );
  return (
    <Paper variant="outlined">
      {groups.loading && <ListSkeleton rows={6} lines={2} />}
      {groups.error && !groups.value && (
        <ErrorState
          error={groups.error}
          what={t('grants.what')}
          permission="data-mesh.grants.read"
          onRetry={() => void groups.reload()}
        />
      )}
      {groups.value?.items.length === 0 && <Nothing {...props} />}
      {groups.value && groups.value.items.length > 0 && (
        <GroupTable
          by={by}
          groups={groups}
          linkTo={key =>
            `${grantsLink()}?${writeGrantsUrl({ tab: by, key, text: '' })}`
          }
        />
      )}
    </Paper>
  );
}

function GrantsOfOne(props: ExplorerProps) {
  const { url, change } = props;
  const t = useT();
  const classes = useStyles();
  const api = useDataMesh();
  const grantsLink = useRouteRef(grantsRouteRef);
  const query = useMemo(() => grantQuery(url), [url]);
  const grants = usePages(`grants ${JSON.stringify(query)}`, cursor =>
    api.listGrants({ ...query, limit: PAGE, cursor }),
  );
  const { id } = url;
  // Rows are drawn once, however many there are, so this must not change.
  const latest = useRef({ id, change });
  latest.current = { id, change };
  const toggle = useCallback((one: string) => {
    const now = latest.current;
    now.change({ id: one === now.id ? undefined : one });
  }, []);
  return (
    <div className={`${classes.panes} ${id ? classes.withWhy : ''}`}>
      <Paper variant="outlined">
        {grants.loading && <ListSkeleton rows={6} lines={2} />}
        {grants.error && !grants.value && (
          <ErrorState
            error={grants.error}
            what={t('grants.what')}
            permission="data-mesh.grants.read"
            onRetry={() => void grants.reload()}
          />
        )}
        {grants.value?.items.length === 0 && <Nothing {...props} />}
        {grants.value && grants.value.items.length > 0 && (
          <GrantTable
            grants={grants}
            openId={id}
            beside={id !== undefined}
            onOpen={toggle}
          />
        )}
      </Paper>
      {id && (
        <Paper variant="outlined" className={classes.why}>
          <ExplanationPane
            id={id}
            driftLink={`${grantsLink()}?${writeGrantsUrl({
              tab: 'drift',
              text: '',
            })}`}
            onClose={() => change({ id: undefined })}
          />
        </Paper>
      )}
    </div>
  );
}

/** Products, principals or accounts; and the grants of the one that is open. */
export function GrantsExplorer(props: ExplorerProps) {
  const { by, url, change } = props;
  const { key, text, because } = url;
  const t = useT();
  const classes = useStyles();
  const grantsLink = useRouteRef(grantsRouteRef);
  // Whoever asks for a reason looks through grants, whichever group is open.
  const listing = key !== undefined || because !== undefined;
  return (
    <>
      <div className={classes.filters}>
        <Typography variant="body2" component="div" className={classes.place}>
          {listing && (
            <>
              <Link
                to={`${grantsLink()}?${writeGrantsUrl({ tab: by, text: '' })}`}
              >
                {t(`grants.all.${by}`)}
              </Link>
              {key && (
                <>
                  {' / '}
                  <OpenGroup by={by} name={key} scans={props.scans} />
                </>
              )}
            </>
          )}
        </Typography>
        <DelayedTextField
          label={listing ? t('grants.filterGrants') : t('grants.filter')}
          clearLabel={t('grants.clearFilter')}
          text={text}
          onText={next =>
            change({ text: next, id: undefined }, { replace: true })
          }
        />
        <TextField
          id="data-mesh-grant-reason"
          className={classes.reason}
          select
          size="small"
          variant="outlined"
          label={t('grants.because')}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
          value={because ?? ''}
          onChange={event =>
            change({
              because: BECAUSE_KINDS.find(
                (one): one is BecauseKind => one === event.target.value,
              ),
              id: undefined,
            })
          }
        >
          <MenuItem value="">{t('grants.anyReason')}</MenuItem>
          {BECAUSE_KINDS.map(one => (
            <MenuItem key={one} value={one}>
              {t(`product.access.becauseOf.${one}`)}
            </MenuItem>
          ))}
        </TextField>
      </div>
      {listing ? <GrantsOfOne {...props} /> : <Groups {...props} />}
    </>
  );
}
