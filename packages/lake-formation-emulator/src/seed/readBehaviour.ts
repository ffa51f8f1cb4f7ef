import { EmulatorBehaviour, EmulatorLimit } from '../model/api/Behaviour';
import { FieldReader } from './FieldReader';

const FIELDS = [
  'enforceIam',
  'consistencyDelayMs',
  'writeMs',
  'refuseOverlappingWrites',
  'limits',
];

function readLimit(fields: FieldReader): EmulatorLimit {
  fields.onlyKnows(['service', 'operation', 'account', 'perSecond', 'burst']);
  return {
    ...(fields.has('service') && { service: fields.text('service') }),
    ...(fields.has('operation') && { operation: fields.text('operation') }),
    ...(fields.has('account') && {
      account: fields.text(
        'account',
        /^\d{12}$/,
        'an account id of twelve digits',
      ),
    }),
    perSecond: fields.requiredNumber('perSecond', 0),
    burst: fields.requiredNumber('burst', 0),
  };
}

/**
 * Reads how the emulator shall behave, or what of it shall change.
 *
 * @throws TypeError that names the field, what was found and what was expected
 */
export function readBehaviour(fields: FieldReader): Partial<EmulatorBehaviour> {
  fields.onlyKnows(FIELDS);
  return {
    ...(fields.has('enforceIam') && { enforceIam: fields.flag('enforceIam') }),
    ...(fields.has('consistencyDelayMs') && {
      consistencyDelayMs: fields.requiredNumber('consistencyDelayMs', 0),
    }),
    ...(fields.has('writeMs') && {
      writeMs: fields.requiredNumber('writeMs', 0),
    }),
    ...(fields.has('refuseOverlappingWrites') && {
      refuseOverlappingWrites: fields.flag('refuseOverlappingWrites'),
    }),
    ...(fields.has('limits') && {
      limits: fields.objects('limits', readLimit),
    }),
  };
}
