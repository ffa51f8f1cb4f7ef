import type {
  AccessRequest,
  Entitlement,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import { DeltaRow } from '../plan/DeltaLines';
import { ScopeDeltaList } from '../scope/ScopeDeltaList';
import { scopeDelta, type ScopeDeltaLine } from '../scope/scopeDelta';
import { useMoment } from '../useMoment';
import { useT } from '../useT';

/**
 * What a request would change: from what is held, where it is about that.
 *
 * @param held - the access it is about; undefined where it is about none
 */
export function deltaOf(
  request: AccessRequest,
  held: Entitlement | undefined,
): ScopeDeltaLine[] {
  const { kind, scope, sensitiveColumns } = request;
  // A renewal keeps its scope, and what is suspended gets it back.
  const from = kind === 'renew' ? scope : held?.scope;
  return scopeDelta(
    kind === 'new' || kind === 'resume' ? undefined : from,
    scope,
    sensitiveColumns,
  );
}

/** What a request would add, take away, change and leave, and its end. */
export function RequestDelta(props: {
  request: AccessRequest;
  held?: Entitlement;
  lines: readonly ScopeDeltaLine[];
}) {
  const { request, held, lines } = props;
  const t = useT();
  const momentOf = useMoment();
  const { kind, durationDays } = request;
  const end = held?.expiresAt ? momentOf(held.expiresAt) : undefined;
  const dateOf = (date: DateTime) => date.toLocaleString(DateTime.DATE_MED);
  return (
    <ScopeDeltaList lines={lines}>
      {kind === 'renew' && end && (
        <DeltaRow sign="change">
          {t('requests.card.end', {
            from: dateOf(end),
            to: dateOf(end.plus({ days: durationDays })),
          })}
        </DeltaRow>
      )}
      {(kind === 'amend' || kind === 'resume') && end && (
        <DeltaRow sign="keep">
          {t('requests.card.endStays', { date: dateOf(end) })}
        </DeltaRow>
      )}
      {kind === 'new' && (
        <DeltaRow sign="keep">
          {t('requests.card.endDays', { count: durationDays })}
        </DeltaRow>
      )}
    </ScopeDeltaList>
  );
}
