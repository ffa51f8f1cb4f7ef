import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type {
  Me,
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { makeStyles, Theme } from '@material-ui/core/styles';
import { useDataMesh, useLoad, useMe } from '../api';
import {
  CardSkeleton,
  ErrorState,
  ListSkeleton,
  messageOf,
  PageFrame,
  SelectionBar,
  toneColors,
} from '../components';
import {
  claimRouteRef,
  publicationRouteRef,
  requestRouteRef,
  requestsRouteRef,
} from '../routes';
import { useT } from '../useT';
import { BulkDialog } from '../request/inbox/BulkDialog';
import { RequestFilters } from '../request/inbox/RequestFilters';
import { InboxListView } from '../request/inbox/InboxListView';
import { readItemId } from '../request/inbox/inboxItem';
import { ClaimPane, PublicationPane } from '../request/inbox/CasePane';
import { RequestPreviewPane } from '../request/RequestPreviewPane';
import { RequestsEmpty } from '../request/inbox/RequestsEmpty';
import { RequestsView, writeRequestsUrl } from '../request/inbox/requestsUrl';
import { useRequestWords } from '../scope/requestWords';
import { useInbox } from '../request/inbox/useInbox';
import { useRequestsUrl } from '../request/inbox/useRequestsUrl';

const useStyles = makeStyles(theme => ({
  tabs: {
    borderBottom: `1px solid ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
  },
  tab: { minWidth: 96, textTransform: 'none' },
  panes: {
    display: 'grid',
    gridTemplateColumns: 'minmax(320px, 2fr) minmax(0, 3fr)',
    alignItems: 'stretch',
  },
  list: { minWidth: 0 },
  pane: {
    minWidth: 0,
    borderLeft: `1px solid ${theme.palette.divider}`,
  },
  loading: { padding: theme.spacing(2, 2.5) },
  notice: {
    padding: theme.spacing(1, 1.5),
    marginBottom: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    '&$good': toneColors(theme, 'good'),
    '&$stale': toneColors(theme, 'attention'),
  },
  good: {},
  stale: {},
}));

const VIEWS: readonly RequestsView[] = ['toDecide', 'mine', 'all'];

function OpenItem(
  props: ReturnType<typeof readItemId> & {
    me?: Me;
    onChange: () => void;
    onDecided: (
      request: RequestDetail,
      decision: NewDecision['decision'],
    ) => void;
    onCaseDecided: () => void;
  },
) {
  const { kind, id, me, onChange, onDecided, onCaseDecided } = props;
  switch (kind) {
    case 'claim':
      return (
        <ClaimPane id={id} onChange={onChange} onDecided={onCaseDecided} />
      );
    case 'publication':
      return (
        <PublicationPane
          id={id}
          onChange={onChange}
          onDecided={onCaseDecided}
        />
      );
    default:
      return (
        <RequestPreviewPane
          id={id}
          me={me}
          onChange={onChange}
          onDecided={onDecided}
        />
      );
  }
}

/** Requests to decide, one's own, and all: a list with a preview beside it. */
export function RequestsPage() {
  const t = useT();
  const classes = useStyles();
  const navigate = useNavigate();
  const api = useDataMesh();
  const words = useRequestWords();
  const requestLink = useRouteRef(requestRouteRef);
  const claimLink = useRouteRef(claimRouteRef);
  const publicationLink = useRouteRef(publicationRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [url, change] = useRequestsUrl();
  const { view, text, state } = url;
  const inbox = useInbox(url);
  const list = inbox.requests;
  const counts = useLoad('request counts', () => api.countRequests());
  const me = useMe();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [bulk, setBulk] = useState<'approve' | 'reject'>();
  const [decided, setDecided] = useState<{
    request: RequestDetail;
    decision: NewDecision['decision'];
  }>();

  const { items } = inbox;
  const openId = narrow ? undefined : url.id ?? items[0]?.id;
  const open = openId === undefined ? undefined : readItemId(openId);
  // Beside an empty list there is nothing to look at.
  const single = narrow || (!openId && !list.loading);
  const chosen = items.flatMap(item =>
    item.kind === 'request' && selected.has(item.id) ? [item.request] : [],
  );
  const filtered = Boolean(text || state);
  const ownershipRefs = me.value?.ownershipRefs ?? [];

  const pageOf = (itemId: string) => {
    const { kind, id } = readItemId(itemId);
    switch (kind) {
      case 'claim':
        return claimLink({ id });
      case 'publication':
        return publicationLink({ id });
      default:
        return requestLink({ id });
    }
  };
  const linkTo = (id: string) =>
    narrow
      ? pageOf(id)
      : `${requestsLink()}?${writeRequestsUrl({ ...url, id })}`;
  const refresh = () => {
    inbox.reload();
    void counts.reload();
  };
  const openNext = (decidedId: string) => {
    if (view !== 'toDecide') return;
    // The next one that waits takes the place of the one that is decided.
    const index = items.findIndex(item => item.id === decidedId);
    const next = items[index + 1] ?? items[index - 1];
    change({ id: next?.id }, { replace: true });
  };
  const onDecided = (
    request: RequestDetail,
    decision: NewDecision['decision'],
  ) => {
    setDecided({ request, decision });
    openNext(request.id);
  };
  const countOf: Record<RequestsView, number | undefined> = {
    toDecide:
      counts.value &&
      counts.value.toDecide +
        (counts.value.claimsToDecide ?? 0) +
        (counts.value.publicationsToDecide ?? 0),
    mine: counts.value?.mine,
    all: undefined,
  };

  return (
    <PageFrame
      title={t('requests.title')}
      actions={
        <RequestFilters
          text={text}
          state={state}
          withState={view !== 'toDecide'}
          onText={next => change({ text: next, id: undefined })}
          onState={next => change({ state: next, id: undefined })}
        />
      }
    >
      <Tabs
        className={classes.tabs}
        value={view}
        indicatorColor="primary"
        aria-label={t('requests.tabs.label')}
        onChange={(_, next: RequestsView) => {
          setSelected(new Set());
          setDecided(undefined);
          change({ view: next, id: undefined, state: undefined });
        }}
      >
        {VIEWS.map(one => (
          <Tab
            key={one}
            className={classes.tab}
            value={one}
            label={
              countOf[one] === undefined
                ? t(`requests.tabs.${one}`)
                : `${t(`requests.tabs.${one}`)} · ${countOf[one]}`
            }
          />
        ))}
      </Tabs>
      {decided && (
        <div className={`${classes.notice} ${classes.good}`} role="status">
          {t(`requests.decidedNotice.${decided.decision}`)}:{' '}
          {words.what(decided.request)}.{' '}
          <Link to={requestLink({ id: decided.request.id })}>
            {t('requests.decidedNotice.see')}
          </Link>
        </div>
      )}
      {list.error && list.value && (
        <div className={`${classes.notice} ${classes.stale}`} role="alert">
          {t('requests.list.notLive', { message: messageOf(list.error) })}
        </div>
      )}
      {inbox.casesError && (
        <div className={`${classes.notice} ${classes.stale}`} role="alert">
          {t('requests.list.casesMissing', {
            message: messageOf(inbox.casesError),
          })}
        </div>
      )}
      {list.error && !list.value && (
        <ErrorState
          error={list.error}
          what={t('requests.what')}
          permission="data-mesh.request.read"
          onRetry={() => void list.reload()}
        />
      )}
      {!(list.error && !list.value) && (
        <Paper
          variant="outlined"
          className={single ? undefined : classes.panes}
        >
          <div className={classes.list}>
            {chosen.length > 0 && (
              <SelectionBar
                label={t('requests.bulk.label')}
                words={t('requests.bulk.selected', { count: chosen.length })}
              >
                <Button size="small" onClick={() => setSelected(new Set())}>
                  {t('requests.bulk.clear')}
                </Button>
                <Button
                  size="small"
                  variant="outlined"
                  onClick={() => setBulk('reject')}
                >
                  {t('requests.bulk.reject')}
                </Button>
                <Button
                  size="small"
                  variant="contained"
                  color="primary"
                  onClick={() => setBulk('approve')}
                >
                  {t('requests.bulk.approve')}
                </Button>
              </SelectionBar>
            )}
            {list.loading && <ListSkeleton rows={4} />}
            {list.value && items.length === 0 && (
              <RequestsEmpty
                view={view}
                filtered={filtered}
                onClear={() => change({ text: '', state: undefined })}
              />
            )}
            {items.length > 0 && (
              <InboxListView
                items={items}
                openId={openId}
                more={list.value?.more ?? false}
                loadingMore={list.loadingMore}
                ownershipRefs={ownershipRefs}
                selected={view === 'toDecide' ? selected : undefined}
                showState={view !== 'toDecide'}
                linkTo={linkTo}
                onMove={id => !narrow && change({ id }, { replace: true })}
                onOpen={id => navigate(pageOf(id))}
                onSelect={(id, on) =>
                  setSelected(before => {
                    const next = new Set(before);
                    if (on) next.add(id);
                    else next.delete(id);
                    return next;
                  })
                }
                onLoadMore={list.loadMore}
              />
            )}
          </div>
          {!single && (
            <div className={classes.pane}>
              {open ? (
                <OpenItem
                  key={openId}
                  {...open}
                  me={me.value}
                  onChange={refresh}
                  onDecided={onDecided}
                  onCaseDecided={() => openNext(openId ?? '')}
                />
              ) : (
                <div className={classes.loading}>
                  <CardSkeleton lines={8} />
                </div>
              )}
            </div>
          )}
        </Paper>
      )}
      {bulk && (
        <BulkDialog
          decision={bulk}
          requests={chosen}
          onClose={done => {
            setBulk(undefined);
            setSelected(
              before => new Set([...before].filter(id => !done.includes(id))),
            );
            if (done.includes(openId ?? '')) change({ id: undefined });
            refresh();
          }}
        />
      )}
    </PageFrame>
  );
}
