import { useRef, useState } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { alertApiRef, useApi, useRouteRef } from '@backstage/core-plugin-api';
import type {
  Entitlement,
  NewRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { useNavigate } from 'react-router-dom';
import { useDataMesh } from '../../api';
import { messageOf } from '../../components';
import { newIdempotencyKey } from '../../api/newIdempotencyKey';
import { requestFormRouteRef } from '../../routes';
import { useT } from '../../useT';

/** The form that renews an access, for what one click cannot do. */
export function useRenewalForm(): (access: Entitlement) => string {
  const formLink = useRouteRef(requestFormRouteRef);
  return ({ id, productRef }) => {
    const { namespace, name } = parseEntityRef(productRef);
    return `${formLink({ namespace, name })}?${new URLSearchParams({
      renew: id,
    })}`;
  };
}

/** An access for as long again, with everything else as it is. */
export function renewalOf(access: Entitlement): NewRequest {
  return {
    kind: 'renew',
    entitlementId: access.id,
    productRef: access.productRef,
    port: access.port,
    scope: access.scope,
    principals: [access.principal.id],
    purpose: access.purpose,
    durationDays: access.durationDays,
    consumerRef: access.consumerRef,
  };
}

/**
 * Renews in one click, for as long as before or as policy allows. Where policy
 * wants more than that, such as a reason, the form opens.
 *
 * @param onRenewed - told when renewals were asked for
 */
export function useRenewal(onRenewed: () => void) {
  const api = useDataMesh();
  const alerts = useApi(alertApiRef);
  const t = useT();
  const navigate = useNavigate();
  const formOf = useRenewalForm();
  const [busy, setBusy] = useState<readonly string[]>([]);
  // The same click again, as after a lost answer, asks for nothing twice.
  const keys = useRef(new Map<string, string>());

  /** True where it was asked for; false where a person has to say more. */
  const ask = async (access: Entitlement): Promise<boolean> => {
    const { policy, problems } = await api.previewRequest(renewalOf(access));
    const durationDays = Math.min(
      access.durationDays,
      policy?.maxDurationDays ?? access.durationDays,
    );
    const renewal = { ...renewalOf(access), durationDays };
    const again =
      durationDays === access.durationDays
        ? { policy, problems }
        : await api.previewRequest(renewal);
    if (again.problems.length || again.policy?.refusals.length) return false;
    const key = keys.current.get(access.id) ?? newIdempotencyKey();
    keys.current.set(access.id, key);
    const { items } = await api.createRequests(renewal, {
      idempotencyKey: key,
    });
    keys.current.delete(access.id);
    const inForce = items.every(({ state }) => state === 'approved');
    alerts.post({
      severity: 'success',
      display: 'transient',
      message: t(inForce ? 'access.renewal.done' : 'access.renewal.asked', {
        product: access.productTitle,
        count: durationDays,
      }),
    });
    return true;
  };

  const renew = async (accesses: readonly Entitlement[]) => {
    setBusy(accesses.map(({ id }) => id));
    const unasked: Entitlement[] = [];
    try {
      for (const access of accesses) {
        if (!(await ask(access))) unasked.push(access);
      }
    } catch (cause) {
      alerts.post({
        severity: 'error',
        message: t('access.renewal.failed', {
          message: messageOf(cause as Error),
        }),
      });
    } finally {
      setBusy([]);
      onRenewed();
    }
    if (unasked.length === 1) navigate(formOf(unasked[0]));
    else if (unasked.length > 1) {
      alerts.post({
        severity: 'warning',
        message: t('access.renewal.sayMore', {
          products: unasked.map(one => one.productTitle).join(', '),
        }),
      });
    }
  };

  return { renew, isRenewing: (id: string) => busy.includes(id) };
}
