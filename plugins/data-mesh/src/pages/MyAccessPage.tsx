import { productInWords } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useMe } from '../api';
import {
  EmptyState,
  ErrorState,
  FreeText,
  ListSkeleton,
  PageFrame,
} from '../components';
import { useSlashFocus } from '../components/list/useSlashFocus';
import { entitlementRouteRef, rootRouteRef } from '../routes';
import { useT } from '../useT';
import { AttentionPanel } from '../entitlement/notices/AttentionPanel';
import { EntitlementCard } from '../entitlement/EntitlementCard';
import {
  AccessView,
  filterEntitlements,
  groupByProduct,
  needingAttention,
} from '../entitlement/entitlementGroups';
import { useMyEntitlements } from '../entitlement/useMyEntitlements';

const useStyles = makeStyles(theme => ({
  tabs: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  tab: { minWidth: 96, textTransform: 'none' },
  group: { marginBottom: theme.spacing(2) },
  product: {
    padding: theme.spacing(1.25, 2),
    borderBottom: `1px solid ${theme.palette.divider}`,
    fontWeight: 600,
    fontSize: theme.typography.body1.fontSize,
  },
  filter: { width: 260, maxWidth: '100%' },
}));

/** What the caller's principals may read now, and could read before. */
export function MyAccessPage() {
  const t = useT();
  const classes = useStyles();
  const discoverLink = useRouteRef(rootRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const [search, setSearch] = useSearchParams();
  const view: AccessView = search.get('view') === 'past' ? 'past' : 'active';
  const text = search.get('q') ?? '';
  const loaded = useMyEntitlements(view);
  const me = useMe();
  const filter = useRef<HTMLInputElement>(null);
  useSlashFocus(filter);

  const change = (next: { view?: AccessView; q?: string }) => {
    const params = new URLSearchParams();
    const nextView = next.view ?? view;
    const nextText = next.q ?? text;
    if (nextView === 'past') params.set('view', 'past');
    if (nextText) params.set('q', nextText);
    setSearch(params, { replace: next.q !== undefined });
  };

  const items = loaded.value?.items ?? [];
  const found = filterEntitlements(items, text);
  const { failed, endingSoon } = needingAttention(items, Date.now());
  const ready = loaded.value !== undefined;

  const discover = (
    <LinkButton to={discoverLink()} variant="contained" color="primary">
      {t('access.discover')}
    </LinkButton>
  );
  const reload = () => void loaded.reload();

  return (
    <PageFrame
      title={t('pages.access')}
      subtitle={t('access.subtitle')}
      actions={
        items.length > 0 && (
          <TextField
            className={classes.filter}
            size="small"
            variant="outlined"
            placeholder={t('access.filter')}
            value={text}
            onChange={event => change({ q: event.target.value })}
            inputRef={filter}
            inputProps={{
              'aria-label': t('access.filter'),
              'aria-keyshortcuts': '/',
              type: 'search',
            }}
          />
        )
      }
    >
      <Tabs
        className={classes.tabs}
        value={view}
        indicatorColor="primary"
        aria-label={t('access.view.label')}
        onChange={(_, next: AccessView) => change({ view: next })}
      >
        <Tab
          className={classes.tab}
          value="active"
          label={t('access.view.active')}
        />
        <Tab
          className={classes.tab}
          value="past"
          label={t('access.view.past')}
        />
      </Tabs>
      {loaded.error && (
        <ErrorState
          error={loaded.error}
          what={t('access.what')}
          permission="data-mesh.entitlement.read"
          onRetry={reload}
        />
      )}
      {loaded.loading && (
        <Paper variant="outlined">
          <ListSkeleton rows={3} />
        </Paper>
      )}
      {ready && items.length === 0 && (
        <Paper variant="outlined">
          <EmptyState
            title={t(`access.empty.${view}Title`)}
            description={t(`access.empty.${view}Words`)}
            action={view === 'active' && discover}
          />
        </Paper>
      )}
      {ready && items.length > 0 && found.length === 0 && (
        <Paper variant="outlined">
          <EmptyState
            title={t('access.empty.filteredTitle', { text })}
            description={t('access.empty.filteredWords')}
            action={
              <Button variant="outlined" onClick={() => change({ q: '' })}>
                {t('access.empty.clear')}
              </Button>
            }
          />
        </Paper>
      )}
      {view === 'active' && !text && (
        <AttentionPanel
          failed={failed}
          endingSoon={endingSoon}
          linkTo={id => accessLink({ id })}
        />
      )}
      {groupByProduct(found).map(group => (
        <Paper
          key={group.productRef}
          variant="outlined"
          component="section"
          className={classes.group}
          aria-label={productInWords(group)}
        >
          <Typography component="h2" className={classes.product}>
            {group.items.some(({ successor }) => successor) ? (
              // The catalog has no page of it any more.
              <FreeText>{productInWords(group)}</FreeText>
            ) : (
              <EntityRefLink entityRef={group.productRef}>
                <FreeText>{productInWords(group)}</FreeText>
              </EntityRefLink>
            )}
          </Typography>
          {group.items.map(item => (
            <EntitlementCard
              key={item.id}
              entitlement={item}
              purposes={me.value?.purposes}
              onChange={reload}
            />
          ))}
        </Paper>
      ))}
      {loaded.value?.more && (
        <Typography variant="body2" color="textSecondary">
          {t('access.more', { count: items.length })}
        </Typography>
      )}
    </PageFrame>
  );
}
