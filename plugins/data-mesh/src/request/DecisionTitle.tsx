import {
  productInWords,
  scopeInWords,
  type AccessRequest,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { cutInMiddle } from '../components/text/cutInMiddle';
import { countDelta, type ScopeDeltaLine } from '../scope/scopeDelta';
import { useT } from '../useT';
import { RequestTitle } from './RequestHeadline';

/**
 * Who asks for how much, in one sentence. The numbers are counted from the
 * lines that are shown below.
 */
export function DecisionTitle(props: {
  request: AccessRequest;
  lines: readonly ScopeDeltaLine[];
}) {
  const { request, lines } = props;
  const t = useT();
  const what = cutInMiddle(productInWords(request));
  if (request.kind === 'resume') return <RequestTitle request={request} />;

  const counts = countDelta(lines);
  const sentence = () => {
    if (request.kind === 'renew') {
      return t('requests.wants.days', { what, count: request.durationDays });
    }
    if (!counts) {
      return t('requests.wants.all', {
        what,
        scope: scopeInWords(request.scope),
      });
    }
    const { added, removed } = counts;
    if (request.kind === 'new') {
      return t('requests.wants.columns', { what, count: added });
    }
    if (added > 0) return t('requests.wants.more', { what, count: added });
    return t(removed > 0 ? 'requests.wants.less' : 'requests.wants.other', {
      what,
    });
  };
  const personal = request.kind === 'renew' ? 0 : counts?.personal ?? 0;
  return (
    <>
      <EntityDisplayName entityRef={request.requesterRef} hideIcon />{' '}
      {sentence()}
      {personal > 0 && (
        <>, {t('requests.wants.personal', { count: personal })}</>
      )}
    </>
  );
}
