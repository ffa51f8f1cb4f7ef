import { IamRole } from './actions';
import { cloudFormationTemplate, policyDocument } from './policyDocument';

const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;

const ROLES: IamRole[] = ['governance', 'producer', 'consumer'];

/** Put in by whoever installs it. */
const PLACE = { partition: 'aws', region: 'REGION', accountId: 'ACCOUNT' };

/** The documents of all roles by their paths in the repository. */
export const iamFiles = (): { [path: string]: string } =>
  Object.fromEntries(
    ROLES.flatMap(role => [
      [`docs/iam/${role}.json`, json(policyDocument(role, PLACE))],
      [
        `docs/iam/${role}.cloudformation.json`,
        json(cloudFormationTemplate(role)),
      ],
    ]),
  );
