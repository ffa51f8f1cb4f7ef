import { ReactNode, useState } from 'react';
import type {
  Entitlement,
  EntitlementDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EndEntitlementDialog } from './EndEntitlementDialog';
import { NarrowAccessDialog } from './NarrowAccessDialog';

/** What a dialog does with an access. */
export type DialogAction = 'narrow' | 'revoke' | 'relinquish';

/** The dialogs that change or end an access, opened by buttons or a menu. */
export function useEntitlementDialogs(
  entitlement: Entitlement | EntitlementDetail,
  onChange: (entitlement: EntitlementDetail) => void,
): { open(action: DialogAction): void; dialog: ReactNode } {
  const [action, setAction] = useState<DialogAction>();
  const close = () => setAction(undefined);
  const done = (changed: EntitlementDetail) => {
    close();
    onChange(changed);
  };
  const dialog =
    action === 'narrow' ? (
      <NarrowAccessDialog
        entitlement={entitlement}
        onClose={close}
        onDone={done}
      />
    ) : (
      action && (
        <EndEntitlementDialog
          entitlement={entitlement}
          mode={action}
          open
          onClose={close}
          onDone={done}
        />
      )
    );
  return { open: setAction, dialog };
}
