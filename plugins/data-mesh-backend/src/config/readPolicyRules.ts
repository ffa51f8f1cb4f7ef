import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  DEFAULT_POLICY_RULES,
  type PolicyRules,
} from '@lakemesh/backstage-plugin-data-mesh-common';

const KEY = 'dataMesh.policy';

function readDays(config: Config, key: string): number | undefined {
  const days = config.getOptionalNumber(key);
  if (days !== undefined && (!Number.isInteger(days) || days < 1)) {
    throw new InputError(
      `${KEY}.${key}: ${days} is no number of days, expected an integer from 1`,
    );
  }
  return days;
}

function readRefs(config: Config, key: string): string[] {
  return (config.getOptionalStringArray(key) ?? []).map(ref => {
    try {
      return stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'Group',
          defaultNamespace: 'default',
        }),
      );
    } catch (error) {
      throw new InputError(`${KEY}.${key}: '${ref}' is no entity reference`, {
        cause: error,
      });
    }
  });
}

/** What happens to access that newly reaches something protected. */
export type NewlyReachedRule = 'tell' | 'suspend';

/**
 * Whether people are told what access newly reaches, or it is suspended until
 * they decide.
 *
 * @throws InputError where the value is neither
 */
export function readNewlyReached(root: Config): NewlyReachedRule {
  const value = root.getOptionalString(`${KEY}.newlyReached`) ?? 'tell';
  if (value !== 'tell' && value !== 'suspend') {
    throw new InputError(
      `${KEY}.newlyReached: '${value}' is not supported; expected 'tell' or 'suspend'`,
    );
  }
  return value;
}

const DEFAULT_UNDO_SECONDS = 5;
const MAX_UNDO_SECONDS = 60;

/**
 * For how long decisions on requests can be undone before they take effect.
 *
 * @returns 0 where they cannot
 * @throws InputError where the value is not possible
 */
export function readUndoSeconds(root: Config): number {
  const seconds =
    root.getOptionalNumber(`${KEY}.undoSeconds`) ?? DEFAULT_UNDO_SECONDS;
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > MAX_UNDO_SECONDS) {
    throw new InputError(
      `${KEY}.undoSeconds: ${seconds} is not supported; expected an integer from 0 to ${MAX_UNDO_SECONDS}`,
    );
  }
  return seconds;
}

/**
 * Rules of the built-in policy from config, with the defaults filled in.
 *
 * @throws InputError naming the key whose value is not possible
 */
export function readPolicyRules(root: Config): PolicyRules {
  const config = root.getOptionalConfig(KEY);
  if (!config) return DEFAULT_POLICY_RULES;
  const maxDurationDays =
    readDays(config, 'maxDurationDays') ?? DEFAULT_POLICY_RULES.maxDurationDays;
  const defaultDurationDays =
    readDays(config, 'defaultDurationDays') ??
    Math.min(DEFAULT_POLICY_RULES.defaultDurationDays, maxDurationDays);
  if (defaultDurationDays > maxDurationDays) {
    throw new InputError(
      `${KEY}.defaultDurationDays: ${defaultDurationDays} is more than maxDurationDays, which is ${maxDurationDays}`,
    );
  }
  const purposes = config.getOptionalConfigArray('purposes')?.map(purpose => ({
    id: purpose.getString('id'),
    title: purpose.getString('title'),
  }));
  return {
    maxDurationDays,
    defaultDurationDays,
    purposes: purposes ?? DEFAULT_POLICY_RULES.purposes,
    stewards: readRefs(config, 'stewards'),
    fallbackApprovers: readRefs(config, 'fallbackApprovers'),
    requestLapseDays:
      readDays(config, 'requestLapseDays') ??
      DEFAULT_POLICY_RULES.requestLapseDays,
    autoApprove: {
      publicData: config.getOptionalBoolean('autoApprove.publicData') ?? false,
      sameDomain: config.getOptionalBoolean('autoApprove.sameDomain') ?? false,
    },
  };
}
