import { useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
  Sentence,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { useDataMesh } from '../../api';
import { CodeWords, FreeText, RelativeTime } from '../../components';
import { useT } from '../../useT';
import { useNoticeStyles } from './noticeStyles';
import { ReasonDialog } from '../../components/ReasonDialog';
import { useEntitlementWrite } from '../actions/useEntitlementWrite';

/** What is still to be undone, in words. */
export function notUndone({ steps }: EntitlementDetail): Sentence[] {
  return steps
    .filter(
      ({ direction, state }) => direction === 'undo' && state !== 'undone',
    )
    .filter(({ state }) => state !== 'skipped')
    .map(({ step }) => step.undo?.words ?? step.words);
}

/**
 * Closes what could not be taken back, or tells what was closed so: it may be
 * in force until a scan proves it gone.
 */
export function ResidueNotice(props: {
  entitlement: Entitlement | EntitlementDetail;
  onChange: (entitlement: EntitlementDetail) => void;
}) {
  const { entitlement, onChange } = props;
  const t = useT();
  const classes = useNoticeStyles();
  const api = useDataMesh();
  const [open, setOpen] = useState(false);
  const { error, busy, write } = useEntitlementWrite(entitlement, changed => {
    setOpen(false);
    onChange(changed);
  });
  const { residue } = entitlement;
  if (residue) {
    return (
      <div className={`${classes.attention} ${classes.inherit}`}>
        {t('access.residue.closed')}{' '}
        <EntityRefLink entityRef={residue.closedBy} hideIcon />{' '}
        <RelativeTime value={residue.at} />: “
        <FreeText>{residue.reason}</FreeText>”
        <ul className={classes.list}>
          {residue.words.map(words => (
            <li key={words.text}>
              <CodeWords text={words} />
            </li>
          ))}
        </ul>
      </div>
    );
  }
  if (
    !('actions' in entitlement) ||
    !entitlement.actions.includes('close-residue')
  ) {
    return null;
  }
  const left = notUndone(entitlement);
  return (
    <>
      <Button
        size="small"
        variant="outlined"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {t('access.residue.open')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('access.residue.title')}
          words={t('access.residue.words')}
          what={t('access.residue.failed')}
          help={t('access.residue.help')}
          needsReason={t('access.residue.needsReason')}
          submit={t('access.residue.do')}
          error={error}
          busy={busy}
          onClose={() => setOpen(false)}
          onSubmit={reason =>
            void write(({ id, version }) =>
              api.closeResidue(id, version, reason),
            )
          }
        >
          <ul className={classes.list}>
            {left.map(words => (
              <li key={words.text}>
                <CodeWords text={words} />
              </li>
            ))}
          </ul>
        </ReasonDialog>
      )}
    </>
  );
}
