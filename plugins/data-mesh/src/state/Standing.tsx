import type { ProductUsage } from '@lakemesh/backstage-plugin-data-mesh-common';
import { DateTime } from 'luxon';
import { useMoment } from '../useMoment';
import { useT } from '../useT';
import { relativeWords } from '../components/text/relativeWords';
import { StateChip } from './StateChip';

/** Whether the caller has access to a product, has asked, or neither. */
export function Standing(props: { usage?: ProductUsage }) {
  const { myEntitlement, myRequest } = props.usage ?? {};
  const t = useT();
  const momentOf = useMoment();
  if (myEntitlement) {
    if (myEntitlement.state !== 'active') {
      return <StateChip state={myEntitlement.state} />;
    }
    const { expiresAt } = myEntitlement;
    const end = expiresAt ? momentOf(expiresAt) : undefined;
    return (
      <StateChip
        state="active"
        label={
          end
            ? t('discover.haveUntil', {
                when: t('time.ends', {
                  when: relativeWords(end) ?? t('time.justNow'),
                }),
              })
            : t('discover.have')
        }
        reason={end?.toLocaleString(DateTime.DATETIME_FULL)}
      />
    );
  }
  if (myRequest) {
    const asked = momentOf(myRequest.createdAt);
    return (
      <StateChip
        state={myRequest.state}
        label={
          myRequest.state === 'changes-requested'
            ? undefined
            : t('discover.requestedSince', {
                when: relativeWords(asked) ?? t('time.justNow'),
              })
        }
        reason={asked.toLocaleString(DateTime.DATETIME_FULL)}
      />
    );
  }
  return <StateChip state="none" />;
}
