import { useEffect, useState } from 'react';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Snackbar from '@material-ui/core/Snackbar';
import { KeyHint, useKeys } from '../../components';
import { requestRouteRef } from '../../routes';
import { useRequestWords } from '../../scope/requestWords';
import { useT } from '../../useT';
import type { MadeDecision } from './useDecisions';

/** How long the bar stays after it was saved and the last moment of undoing. */
const STAYS_MS = 6_000;

function useSecondsUntil(moment: string | undefined): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!moment) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [moment]);
  return moment ? Math.ceil((Date.parse(moment) - now) / 1_000) : 0;
}

/** Says what was decided, and takes it back as long as that can be done. */
export function DecidedBar(props: {
  made: MadeDecision;
  onUndo: () => void;
  onClose: () => void;
}) {
  const { made, onUndo, onClose } = props;
  const t = useT();
  const words = useRequestWords();
  const requestLink = useRouteRef(requestRouteRef);
  const seconds = useSecondsUntil(made.undoUntil);
  const canUndo = seconds > 0;
  useKeys({ z: canUndo && onUndo });
  return (
    <Snackbar
      open
      anchorOrigin={{ vertical: 'bottom', horizontal: 'center' }}
      autoHideDuration={canUndo || !made.isSaved ? null : STAYS_MS}
      onClose={(_, reason) => reason === 'timeout' && onClose()}
      message={
        <span role="status">
          {t(`requests.decidedNotice.${made.decision.decision}`)}:{' '}
          {words.what(made.request)}.{' '}
          <Link to={requestLink({ id: made.request.id })} color="inherit">
            {t('requests.decidedNotice.see')}
          </Link>
        </span>
      }
      action={
        canUndo && (
          <Button
            size="small"
            color="inherit"
            aria-keyshortcuts="z"
            onClick={onUndo}
          >
            {t('requests.decidedNotice.undo', { count: seconds })}
            <KeyHint of="Z" />
          </Button>
        )
      }
    />
  );
}
