import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** When people are reminded; `dataMesh.reminders`. */
export interface ReminderConfig {
  /** Days before access ends. 0: never. */
  beforeEndDays: number;
  /** Days that a request waits for its approvers, again and again. 0: never. */
  waitingDays: number;
}

/** What holds where the configuration says nothing. */
export const defaultReminders: ReminderConfig = {
  beforeEndDays: 7,
  waitingDays: 3,
};

/**
 * Reads `dataMesh.reminders`.
 *
 * @throws InputError naming the key, what was found and what is expected
 */
export function readReminders(root: Config): ReminderConfig {
  const days = (key: keyof ReminderConfig): number => {
    const path = `dataMesh.reminders.${key}`;
    const value = root.getOptionalNumber(path) ?? defaultReminders[key];
    if (!Number.isInteger(value) || value < 0 || value > 365) {
      throw new InputError(
        `${path} is ${value}, expected a whole number of days from 0 to 365`,
      );
    }
    return value;
  };
  return {
    beforeEndDays: days('beforeEndDays'),
    waitingDays: days('waitingDays'),
  };
}
