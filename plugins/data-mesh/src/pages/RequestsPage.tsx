import { useMe } from '../api';
import { ErrorState, PageFrame } from '../components';
import { DecidedBar } from '../request/inbox/DecidedBar';
import { InboxNotices } from '../request/inbox/InboxNotices';
import { InboxPanes } from '../request/inbox/InboxPanes';
import { InboxTabs } from '../request/inbox/InboxTabs';
import { RequestFilters } from '../request/inbox/RequestFilters';
import { useInboxPage } from '../request/inbox/useInboxPage';
import { useT } from '../useT';

/** Requests to decide, one's own, and all: a list with a preview beside it. */
export function RequestsPage() {
  const t = useT();
  const page = useInboxPage();
  const me = useMe();
  const { url, change, decisions, inbox } = page;
  const list = inbox.requests;
  return (
    <PageFrame
      title={t('requests.title')}
      actions={
        <RequestFilters
          text={url.text}
          state={url.state}
          withState={!page.isToDecide}
          onText={text => change({ text, id: undefined })}
          onState={state => change({ state, id: undefined })}
        />
      }
    >
      <InboxTabs
        view={url.view}
        counts={page.counts}
        decided={page.leaving}
        onView={view => {
          page.untick();
          decisions.forget();
          change({ view, id: undefined, state: undefined });
        }}
      />
      <InboxNotices
        failed={decisions.failed}
        stale={list.value && list.error}
        casesMissing={inbox.casesError}
      />
      {list.error && !list.value ? (
        <ErrorState
          error={list.error}
          what={t('requests.what')}
          permission="data-mesh.request.read"
          onRetry={() => void list.reload()}
        />
      ) : (
        <InboxPanes page={page} me={me.value} />
      )}
      {decisions.last && (
        <DecidedBar
          key={decisions.last.request.id}
          made={decisions.last}
          onUndo={() => void decisions.undo()}
          onClose={decisions.forget}
        />
      )}
    </PageFrame>
  );
}
