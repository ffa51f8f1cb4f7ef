import { forwardRef } from 'react';
import type { AccessRequest } from '@lakemesh/backstage-plugin-data-mesh-common';
import {
  openRequestStates,
  scopeInWords,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { EntityDisplayName } from '@backstage/plugin-catalog-react';
import { MasterRow, ToneChip } from '../../components';
import type { MasterRowPlace } from '../../components/list/MasterRow';
import { useSentence } from '../../useSentence';
import { useT } from '../../useT';
import { KindChip, RequestChip } from '../RequestHeadline';
import { useRequestWords } from '../../scope/requestWords';

/** One request in the list: what, who for whom, how much, how long, since when. */
export const RequestRow = forwardRef<
  HTMLAnchorElement,
  MasterRowPlace & {
    request: AccessRequest;
    ownershipRefs: readonly string[];
    /** Undefined where rows cannot be selected. */
    selected?: boolean;
    showState: boolean;
    onSelect: (selected: boolean) => void;
  }
>((props, ref) => {
  const { request, selected, showState, ownershipRefs, onSelect, ...place } =
    props;
  const t = useT();
  const say = useSentence();
  const words = useRequestWords();
  const name = words.what(request);
  const pii = request.sensitiveColumns?.length ?? 0;
  const waiting = openRequestStates.includes(request.state);
  const refused = waiting && request.policy.refusals.length > 0;
  return (
    <MasterRow
      ref={ref}
      {...place}
      title={name}
      lines={[
        <>
          <EntityDisplayName entityRef={request.requesterRef} hideIcon /> →{' '}
          {request.principal.name}
        </>,
        <>
          {scopeInWords(request.scope)}
          {pii > 0 && <> · {t('requests.list.pii', { count: pii })}</>}
          {/* A change keeps the end. */}
          {!['amend', 'resume'].includes(request.kind) && (
            <> · {words.duration(request.durationDays)}</>
          )}
        </>,
      ]}
      marks={
        showState || refused || request.kind !== 'new' ? (
          <>
            <KindChip request={request} />
            {showState && (
              <RequestChip
                request={request}
                ownershipRefs={ownershipRefs}
                short
              />
            )}
            {refused && (
              <ToneChip
                tone="attention"
                label={t('requests.list.refusals')}
                reason={request.policy.refusals
                  .map(refusal => say(refusal.reason))
                  .join('; ')}
              />
            )}
          </>
        ) : undefined
      }
      since={waiting ? request.createdAt : undefined}
      selection={
        selected === undefined
          ? undefined
          : {
              selected,
              label: t('requests.list.select', { name }),
              onSelect,
            }
      }
    />
  );
});
RequestRow.displayName = 'RequestRow';
