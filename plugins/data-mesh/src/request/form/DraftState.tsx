import Button from '@material-ui/core/Button';
import { RelativeTime } from '../../components';
import { useT } from '../../useT';
import type { KeptDraft } from './draft/useFormDraft';

/** Whether what was entered is kept, and the way back to an empty form. */
export function DraftState(props: { form: KeptDraft }) {
  const { notKept, restored, savedAt, startOver } = props.form;
  const t = useT();
  return (
    <>
      <span role="status">
        {notKept && t('requestForm.draft.notKept')}
        {!notKept && restored && <>{t('requestForm.draft.restored')} · </>}
        {!notKept && savedAt && (
          <RelativeTime value={savedAt} prefix={t('requestForm.draft.saved')} />
        )}
      </span>
      {savedAt && (
        <Button size="small" onClick={startOver}>
          {t('requestForm.draft.startOver')}
        </Button>
      )}
    </>
  );
}
