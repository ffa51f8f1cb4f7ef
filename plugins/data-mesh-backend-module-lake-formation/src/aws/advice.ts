/** What a person can do about an error, by its code and text. First match wins. */
const ADVICE: Array<{
  code: RegExp;
  message?: RegExp;
  advice: string | ((match: RegExpMatchArray) => string);
}> = [
  {
    code: /^AccessDenied/,
    message: /User: (\S+) is not authorized to perform: (\S+)/,
    advice: ([, who, action]) =>
      `Add ${action} to the IAM policy of ${who}; the README of the Lake Formation module has the whole policy`,
  },
  {
    code: /^AccessDenied/,
    message: /Illegal combination/,
    advice:
      'IAM_ALLOWED_PRINCIPALS holds permissions there, and Lake Formation refuses grants to other accounts beside that. Revoke them after looking who relies on them, or ask anew with dataMesh.lakeFormation.iamAllowedPrincipals set to revoke',
  },
  {
    code: /^AccessDenied/,
    message: /^(\d+ of \d+ entries failed: )?LF-Tag /,
    advice:
      'Grant ASSOCIATE on the LF-Tag to the role that Backstage uses in this account: a data lake administrator needs it as well, on tags that somebody else has created',
  },
  {
    code: /^AccessDenied/,
    message: /Insufficient Lake Formation permission/,
    advice:
      'Make the role that Backstage uses in this account a data lake administrator, or grant it the permission named in the message',
  },
  {
    code: /^AccessDenied|^InvalidInputException$/,
    message: /AWS Organization information|Organization ID not found/,
    advice:
      'Sharing with the organization is not switched on, or it is not the organization of this account. Switch it on in RAM of the management account, or name accounts',
  },
  {
    code: /^InvalidInputException$/,
    message: /cross account (grant|version)/i,
    advice:
      'The two accounts share by different cross-account versions. Raise CROSS_ACCOUNT_VERSION in the data lake settings of the one with the lower version; that changes how all of the account is shared, so it is not done here',
  },
  {
    code: /^InvalidInputException$/,
    message: /Cross-account grants are not supported for the principal/,
    advice:
      'Lake Formation reaches this principal through its own account only. Name that account under dataMesh.lakeFormation.identityCenter.accountId, and ask anew',
  },
  {
    code: /^(EntityNotFoundException|InvalidInputException)$/,
    message: /Tag or tag value does not exist/,
    advice:
      'An LF-Tag of the expression, or a value of it, was deleted. Create it again, or ask with another expression',
  },
  {
    code: /^OperationNotPermittedException$/,
    advice:
      'RAM does not let the role that Backstage uses accept invitations in this account, or accepts none there. Look at its IAM policy and at the service control policies of the account',
  },
  {
    code: /^AccessDenied/,
    advice:
      'Make the role that Backstage uses in this account a data lake administrator, or grant it SELECT and DESCRIBE with the grant option on the table',
  },
  {
    code: /^InvalidInputException$/,
    message: /Invalid principal/i,
    advice:
      'The role or user does not exist in its account. Create it, or end this access and ask for another principal',
  },
  {
    code: /^InvalidInputException$/,
    message: /Permissions modification is invalid/,
    advice:
      'The principal holds permissions on the table that Lake Formation does not combine with chosen columns, or is a data lake administrator. Revoke those, or ask for the whole table',
  },
  {
    code: /^EntityNotFoundException$/,
    advice:
      'The database, table or column is not in Glue any more, or not in this account and region. Correct the port of the product, or create it again',
  },
  {
    code: /^(ExpiredToken|ExpiredTokenException|RequestExpired)$/,
    advice:
      'The credentials of this account have expired. Renew them under aws.accounts in the configuration; a role does so by itself',
  },
  {
    code: /^(UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|IncompleteSignatureException|MissingAuthenticationTokenException)$/,
    advice:
      'AWS does not accept the credentials of this account. Check aws.accounts in the configuration, and the clock of the machine',
  },
  {
    code: /^CredentialsProviderError$/,
    advice:
      'No credentials could be found for this account. Check aws.accounts in the configuration',
  },
  {
    code: /^ResourceNumberLimitExceededException$/,
    advice:
      'A quota of Lake Formation is used up. Have it raised in AWS Service Quotas, then retry',
  },
  {
    code: /^GlueEncryptionException$/,
    advice:
      'The Data Catalog is encrypted with a key that the role Backstage uses may not use. Allow it in the policy of the KMS key',
  },
];

/** @returns undefined where nothing is known */
export function adviceFor(code: string, message: string): string | undefined {
  for (const one of ADVICE) {
    const match = one.code.test(code) && message.match(one.message ?? /^/);
    if (match) {
      return typeof one.advice === 'string' ? one.advice : one.advice(match);
    }
  }
  return undefined;
}
