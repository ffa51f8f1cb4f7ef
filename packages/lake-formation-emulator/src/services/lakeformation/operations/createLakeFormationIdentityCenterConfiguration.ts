import { randomBytes } from 'node:crypto';
import type {
  CreateLakeFormationIdentityCenterConfigurationRequest,
  CreateLakeFormationIdentityCenterConfigurationResponse,
} from '@aws-sdk/client-lakeformation';
import { alreadyExists, invalidInput } from '../../../model/api/AwsError';
import { Operation } from '../../Operation';
import {
  administeredCatalog,
  readExternalFiltering,
  refuseRecipients,
} from '../identityCenter';

const INSTANCE_ARN = /^arn:aws[a-z-]*:sso:::instance\/(ssoins-[0-9a-f]{16})$/;

/** Connects Lake Formation with an instance of IAM Identity Center. */
export const createLakeFormationIdentityCenterConfiguration: Operation<
  CreateLakeFormationIdentityCenterConfigurationRequest,
  CreateLakeFormationIdentityCenterConfigurationResponse
> = (input, context) => {
  const catalog = administeredCatalog(context, input.CatalogId);
  const instanceArn = input.InstanceArn ?? '';
  const [, instance] = INSTANCE_ARN.exec(instanceArn) ?? [];
  if (!instance) {
    throw invalidInput(
      `InstanceArn must be the ARN of an instance of IAM Identity Center, found '${instanceArn}'.`,
    );
  }
  refuseRecipients(input.ShareRecipients);
  if (catalog.identityCenter) {
    throw alreadyExists(
      'Lake Formation is already integrated with IAM Identity Center.',
    );
  }
  const id = randomBytes(8).toString('hex');
  const applicationArn = `arn:aws:sso::${catalog.accountId}:application/${instance}/apl-${id}`;
  catalog.identityCenter = {
    instanceArn,
    applicationArn,
    status: 'ENABLED',
    externalFiltering: readExternalFiltering(input.ExternalFiltering),
    serviceIntegrations: [...(input.ServiceIntegrations ?? [])],
  };
  return { ApplicationArn: applicationArn };
};
