import { useState } from 'react';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { SelectionBar } from '../../components';
import { useT } from '../../useT';
import { actionsOf } from '../actions/actionsOf';
import { GiveUpDialog } from './GiveUpDialog';

/** What can be done with the accesses that are ticked. */
export function AccessSelection(props: {
  accesses: readonly Entitlement[];
  onRenew: () => void;
  onClear: () => void;
  onChange: () => void;
}) {
  const { accesses, onRenew, onClear, onChange } = props;
  const t = useT();
  const [isGivingUp, setIsGivingUp] = useState(false);
  const can = (action: 'renew' | 'relinquish') =>
    accesses.every(access => actionsOf(access).includes(action));
  const count = accesses.length;
  return (
    <>
      <SelectionBar
        label={t('access.many.label')}
        words={t('access.many.selected', { count })}
      >
        <Button size="small" onClick={onClear}>
          {t('access.many.clear')}
        </Button>
        {can('relinquish') && (
          <Button
            size="small"
            variant="outlined"
            aria-haspopup="dialog"
            onClick={() => setIsGivingUp(true)}
          >
            {t('access.many.giveUp', { count })}
          </Button>
        )}
        {can('renew') && (
          <Button
            size="small"
            variant="contained"
            color="primary"
            onClick={onRenew}
          >
            {t('access.many.renew', { count })}
          </Button>
        )}
      </SelectionBar>
      {isGivingUp && (
        <GiveUpDialog
          accesses={accesses}
          onClose={ended => {
            setIsGivingUp(false);
            if (ended > 0) {
              onClear();
              onChange();
            }
          }}
        />
      )}
    </>
  );
}
