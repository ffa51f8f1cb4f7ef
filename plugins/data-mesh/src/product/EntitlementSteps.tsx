import { useState } from 'react';
import type { Entitlement } from '@lakemesh/backstage-plugin-data-mesh-common';
import Button from '@material-ui/core/Button';
import { useDataMesh, useLoad } from '../api';
import { CardSkeleton, ErrorState, PlanView } from '../components';
import { useT } from '../useT';

/** What was done for an entitlement, step by step; starts failed ones again. */
export function EntitlementSteps(props: {
  entitlement: Entitlement;
  onChanged: () => void;
}) {
  const { entitlement, onChanged } = props;
  const { id, principal } = entitlement;
  const t = useT();
  const dataMesh = useDataMesh();
  const detail = useLoad(
    `entitlement ${id}`,
    () => dataMesh.getEntitlement(id),
    {
      pollWhile: ({ state }) =>
        state === 'provisioning' || state === 'revoking',
    },
  );
  const [failure, setFailure] = useState<Error>();
  const { value } = detail;

  const retry = async (version: number) => {
    setFailure(undefined);
    try {
      detail.set(await dataMesh.retryEntitlement(id, version));
      onChanged();
    } catch (cause) {
      setFailure(cause as Error);
      void detail.reload();
    }
  };

  if (detail.loading) return <CardSkeleton lines={3} />;
  if (!value) {
    return detail.error ? (
      <ErrorState
        error={detail.error}
        what={t('product.access.stepsWhat')}
        onRetry={detail.reload}
      />
    ) : null;
  }
  return (
    <>
      {failure && (
        <ErrorState
          error={failure}
          what={t('product.access.stepsWhat')}
          title={t('product.access.retryFailed')}
        />
      )}
      <PlanView
        steps={value.steps}
        accountAliases={
          principal.accountId && principal.accountAlias
            ? { [principal.accountId]: principal.accountAlias }
            : undefined
        }
      />
      {value.actions.includes('retry') && (
        <Button
          size="small"
          variant="outlined"
          onClick={() => void retry(value.version)}
        >
          {t('product.access.retry')}
        </Button>
      )}
    </>
  );
}
