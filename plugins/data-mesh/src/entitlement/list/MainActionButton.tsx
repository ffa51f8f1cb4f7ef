import { parseEntityRef } from '@backstage/catalog-model';
import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import type { EntitlementDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { useDataMesh } from '../../api';
import { messageOf } from '../../components';
import {
  entitlementRouteRef,
  requestFormRouteRef,
  requestRouteRef,
} from '../../routes';
import { useT } from '../../useT';
import { useEntitlementWrite } from '../actions/useEntitlementWrite';
import { aboutOf, type AccessItem } from './accessItems';
import { mainActionOf } from './mainActionOf';

type AccessOf = Extract<AccessItem, { kind: 'access' }>['access'];

/** Has the worker try again, or apply what is missing again. */
function WriteButton(props: {
  access: AccessOf;
  action: 'retry' | 'reapply';
  of: string;
  isFilled: boolean;
  onChange: (changed: EntitlementDetail) => void;
}) {
  const { access, action, of, isFilled, onChange } = props;
  const t = useT();
  const api = useDataMesh();
  const { busy, error, write } = useEntitlementWrite(access, onChange);
  const run = () =>
    void write(({ id, version }) =>
      action === 'retry'
        ? api.retryEntitlement(id, version)
        : api.reapplyEntitlement(id, version),
    );
  return (
    <>
      {error && (
        <span role="alert">
          {t(
            action === 'retry'
              ? 'access.failure.notRetried'
              : 'access.health.notReapplied',
            { message: messageOf(error) },
          )}
        </span>
      )}
      <Button
        size="small"
        variant={isFilled ? 'contained' : 'outlined'}
        color={isFilled ? 'primary' : 'default'}
        aria-label={of}
        disabled={busy}
        onClick={run}
      >
        {t(`access.row.do.${action}`)}
      </Button>
    </>
  );
}

/** The one button of a row of My access. */
export function MainActionButton(props: {
  item: AccessItem;
  /** What the row is about, for those who hear only the button. */
  about: string;
  isFilled: boolean;
  isRenewing: boolean;
  onRenew: (access: AccessOf) => void;
  onChange: (changed: EntitlementDetail) => void;
}) {
  const { item, about, isFilled, isRenewing, onRenew, onChange } = props;
  const t = useT();
  const accessLink = useRouteRef(entitlementRouteRef);
  const requestLink = useRouteRef(requestRouteRef);
  const formLink = useRouteRef(requestFormRouteRef);
  const action = mainActionOf(item, Date.now());
  const { productRef } = aboutOf(item);
  const { namespace, name } = parseEntityRef(productRef);
  const days = item.kind === 'access' ? item.access.durationDays : 0;
  const words =
    action === 'renew'
      ? t('access.row.do.renew', { count: days })
      : t(`access.row.do.${action}`);
  const of = `${words}: ${about}`;

  if (item.kind === 'access') {
    if (action === 'retry' || action === 'reapply') {
      return (
        <WriteButton
          access={item.access}
          action={action}
          of={of}
          isFilled={isFilled}
          onChange={onChange}
        />
      );
    }
    if (action === 'renew') {
      return (
        <Button
          size="small"
          variant={isFilled ? 'contained' : 'outlined'}
          color={isFilled ? 'primary' : 'default'}
          aria-label={of}
          disabled={isRenewing}
          onClick={() => onRenew(item.access)}
        >
          {words}
        </Button>
      );
    }
  }
  const askedId =
    item.kind === 'access'
      ? item.pending?.id ?? item.access.requestId
      : item.id;
  const form = (query: { [key: string]: string }) =>
    `${formLink({ namespace, name })}?${new URLSearchParams(query)}`;
  const to = {
    answer: form({ revise: askedId }),
    again: form({ again: askedId }),
    see: requestLink({ id: askedId }),
  }[action as 'answer' | 'again' | 'see'];
  return (
    <LinkButton
      size="small"
      variant={isFilled ? 'contained' : 'outlined'}
      color={isFilled ? 'primary' : 'default'}
      aria-label={of}
      to={to ?? accessLink({ id: item.id })}
    >
      {words}
    </LinkButton>
  );
}
