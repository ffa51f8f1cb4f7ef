import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import { DATA_PRODUCT_KIND } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useRouteRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { CardSkeleton, ErrorState, PageFrame } from '../components';
import { formTitle } from '../request/form/formTitle';
import { linkedColumns } from '../request/form/linkedColumns';
import { NoForm } from '../request/form/NoForm';
import { RequestForm } from '../request/form/RequestForm';
import { useFormSubject } from '../request/form/useFormSubject';
import {
  entitlementRouteRef,
  requestRouteRef,
  requestsRouteRef,
} from '../routes';
import { useT } from '../useT';

/**
 * The form that asks for access to one product, at
 * `/request/:namespace/:name?port=…`; with `?columns=…` the columns of the link
 * are ticked, with `?again=ID` it begins with what a request said that came to
 * nothing, with `?revise=ID` it changes a request, with `?renew=ID` or
 * `?amend=ID` it asks for more time or for another scope of an access that is
 * held.
 */
export function RequestFormPage() {
  const t = useT();
  const navigate = useNavigate();
  const requestLink = useRouteRef(requestRouteRef);
  const requestsLink = useRouteRef(requestsRouteRef);
  const accessLink = useRouteRef(entitlementRouteRef);
  const entityLink = useRouteRef(entityRouteRef);
  const subject = useFormSubject();
  const { entity, me, name, namespace, reviseId, accessId } = subject;
  const { kind, search } = subject;

  const onSent = useCallback(
    (made: AccessRequest[]) => {
      navigate(
        made.length === 1
          ? requestLink({ id: made[0].id })
          : `${requestsLink()}?view=mine`,
      );
    },
    [navigate, requestLink, requestsLink],
  );
  const onCancel = () => {
    if (reviseId) navigate(requestLink({ id: reviseId }));
    else if (accessId) navigate(accessLink({ id: accessId }));
    else {
      const kindInPath = DATA_PRODUCT_KIND.toLocaleLowerCase('en-US');
      navigate(entityLink({ kind: kindInPath, namespace, name }));
    }
  };

  const title = t(formTitle(Boolean(reviseId), kind));
  if (subject.failed) {
    const { load, what } = subject.failed;
    return (
      <PageFrame title={title}>
        {load.error && (
          <ErrorState
            error={load.error}
            what={t(`requestForm.load.${what}`)}
            onRetry={() => void load.reload()}
          />
        )}
      </PageFrame>
    );
  }
  if (subject.loading || !me) {
    return (
      <PageFrame title={title}>
        <CardSkeleton lines={10} />
      </PageFrame>
    );
  }
  if (!entity || entity.spec.outputPorts.length === 0) {
    return (
      <PageFrame title={title}>
        <NoForm name={name} entity={entity} successor={subject.successor} />
      </PageFrame>
    );
  }
  return (
    <RequestForm
      key={`${subject.productRef} ${reviseId} ${subject.againId} ${kind} ${accessId}`}
      product={entity}
      productRef={subject.productRef}
      me={me}
      port={search.get('port') ?? undefined}
      linked={linkedColumns(search, entity)}
      usedPurposes={subject.usedPurposes}
      revise={subject.revised}
      like={subject.again}
      about={subject.about}
      onSent={onSent}
      onCancel={onCancel}
    />
  );
}
