import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { SelectionBar } from '../../components';
import { useT } from '../../useT';
import { BulkDialog } from './BulkDialog';
import type { useInboxPage } from './useInboxPage';

/** What can be decided of the requests that are ticked. */
export function InboxSelection(props: {
  page: ReturnType<typeof useInboxPage>;
}) {
  const { page } = props;
  const t = useT();
  const [bulk, setBulk] = useState<'approve' | 'reject'>();
  return (
    <>
      <SelectionBar
        label={t('requests.bulk.label')}
        words={t('requests.bulk.selected', { count: page.ticked.length })}
      >
        <Button size="small" onClick={() => page.untick()}>
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
      {bulk && (
        <BulkDialog
          decision={bulk}
          requests={page.ticked}
          onClose={done => {
            setBulk(undefined);
            page.untick(done);
            if (done.includes(page.openId ?? '')) page.open(undefined);
            page.refresh();
          }}
        />
      )}
    </>
  );
}
