import {
  scopeForm,
  type AccessScope,
  type JudgedReach,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { protectedReach } from './protectedReach';
import { reachView } from './reachView';
import type { StoredJudgement } from '../../store/requests/StoredJudgement';

/** What is stored of what a request reaches. */
export function storedReach(
  reach: JudgedReach | undefined,
  scope: AccessScope,
  domainRef: string | undefined,
): Pick<StoredJudgement, 'reach' | 'protectedReach'> {
  if (!reach) return {};
  return {
    reach: reachView(reach),
    ...(scopeForm(scope) !== 'tables' &&
      domainRef && {
        protectedReach: protectedReach(reach, domainRef).map(({ key }) => key),
      }),
  };
}
