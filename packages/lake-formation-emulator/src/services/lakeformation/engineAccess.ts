import { accessDenied } from '../../model/api/AwsError';
import { Caller } from '../../model/iam/Caller';
import { LakeSettings } from '../../model/catalog/LakeSettings';

/** The session tag by which an engine is known. */
const ENGINE_TAG = 'LakeFormationAuthorizedCaller';

/** AWS's text where it gives one at all. */
export const accessNotAllowed = () => accessDenied('Access is not allowed.');

/**
 * Whether the caller is an engine that filters data for its users, by the
 * settings of the account the data belongs to: the session of a role with an
 * authorized tag, of an account on the list.
 */
export function isAuthorizedEngine(
  settings: LakeSettings,
  caller: Caller,
): boolean {
  const tag = caller.sessionTags[ENGINE_TAG];
  return (
    settings.allowExternalDataFiltering &&
    settings.externalDataFilteringAllowList.includes(caller.account) &&
    caller.arn.includes(':assumed-role/') &&
    tag !== undefined &&
    settings.authorizedSessionTagValues.includes(tag)
  );
}
