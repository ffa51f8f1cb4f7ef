import { AwsError } from './model/api/AwsError';
import { awsJson11 } from './protocols/awsJson11';
import { Protocol, WireRequest } from './protocols/Protocol';
import { restJson } from './protocols/restJson';
import { glue } from './services/glue/glue';
import { iam } from './services/iam/iam';
import { lakeFormation } from './services/lakeformation/lakeFormation';
import { Service } from './services/Operation';
import { ram } from './services/ram/ram';
import { sts } from './services/sts/sts';

/** The services that the emulator has. */
export const SERVICES: readonly Service[] = [
  lakeFormation,
  glue,
  iam,
  ram,
  sts,
];

/** The service in the credential scope, if the request carries one. */
const scopedService = (request: WireRequest) =>
  /Credential=[^/]+\/\d{8}\/[^/]+\/([a-z0-9-]+)\/aws4_request/.exec(
    request.header('authorization') ?? '',
  )?.[1];

/** A service the emulator does not have, which refuses everything by name. */
const absent = (name: string, protocol: Protocol): Service => ({
  ...lakeFormation,
  name,
  protocol,
  operations: {},
  model: { ...lakeFormation.model, operationNames: [], operations: {} },
});

/**
 * All services share one port. They are told apart by the target header, the
 * form of a query request, and the credential scope; the rest is Lake Formation.
 */
export function routeService(request: WireRequest): Service {
  const target = request.header('x-amz-target');
  if (target) {
    return target.startsWith('AWSGlue.')
      ? glue
      : absent(target.split('.')[0], awsJson11);
  }
  const isForm = request
    .header('content-type')
    ?.startsWith('application/x-www-form-urlencoded');
  const scoped = scopedService(request);
  if (isForm && (scoped === undefined || scoped === 'sts')) {
    return sts;
  }
  if (scoped === undefined) {
    return lakeFormation;
  }
  return (
    SERVICES.find(({ name }) => name === scoped) ??
    absent(scoped, isForm ? sts.protocol : restJson)
  );
}

/** Whether the emulator lacks the whole service. */
export const isAbsent = (service: Service) =>
  service.model.operationNames.length === 0;

/** The refusal of a service the emulator does not have. */
export const absentService = (service: Service) =>
  new AwsError(
    'NotImplementedException',
    `The Lake Formation emulator does not implement the service ${service.name} yet.`,
    501,
  );
