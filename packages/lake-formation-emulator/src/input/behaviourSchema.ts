import { z } from 'zod';
import { EmulatorBehaviour } from '../model/api/Behaviour';
import { accountId, fields, flag, list, numberFrom, text } from './fields';

const limit = fields({
  service: text().optional(),
  operation: text().optional(),
  account: accountId.optional(),
  perSecond: numberFrom(0),
  burst: numberFrom(0),
});

/** How the emulator shall behave, or what of it shall change. */
export const behaviourSchema: z.ZodType<Partial<EmulatorBehaviour>> = fields({
  enforceIam: flag().optional(),
  consistencyDelayMs: numberFrom(0).optional(),
  writeMs: numberFrom(0).optional(),
  refuseOverlappingWrites: flag().optional(),
  limits: list(limit).optional(),
});
