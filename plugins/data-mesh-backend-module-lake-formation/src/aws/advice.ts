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
    message: /Insufficient Lake Formation permission/,
    advice:
      'Make the role that Backstage uses in this account a data lake administrator, or grant it the permission named in the message',
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
