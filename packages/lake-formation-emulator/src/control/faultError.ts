import { AwsError } from '../model/api/AwsError';
import { Service } from '../services/Operation';
import { EmulatorFaultRule } from './EmulatorFaultRule';

/** What the services call a failure of their own. */
const INTERNAL_ERRORS = ['InternalServiceException', 'ServerInternalException'];

/** The error a fault shows, in the words of the service. */
export function faultError(
  rule: EmulatorFaultRule,
  service: Service,
): AwsError {
  const { errors } = service.model;
  switch (rule.kind) {
    case 'throttle':
      return errors.ThrottledException
        ? new AwsError('ThrottledException', 'Rate exceeded', 429)
        : new AwsError(
            'ThrottlingException',
            'Rate exceeded',
            errors.ThrottlingException ?? 400,
          );
    case 'error': {
      const { code, message, status } = rule.error ?? {
        code: 'InternalFailure',
        message: 'The fault rule has no error',
      };
      return new AwsError(code, message, status);
    }
    default:
      return new AwsError(
        INTERNAL_ERRORS.find(code => code in errors) ?? 'InternalFailure',
        'An internal service error occurred.',
        500,
      );
  }
}
