/** How AWS's clients report errors. */
interface ClientError extends Error {
  $metadata?: { httpStatusCode?: number };
}

const CODES = [
  'NotImplemented',
  'NotImplementedException',
  'UnknownOperationException',
  'UnsupportedOperation',
  'UnsupportedOperationException',
];

const TEXT =
  /not (yet )?(been )?implemented|does not implement|not supported by (this|the) (endpoint|emulator)/i;

/**
 * Why an endpoint lacks what a case asks for; undefined where the case failed
 * for another reason.
 */
export function notSupported(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message, $metadata } = error as ClientError;
  return CODES.includes(name) ||
    $metadata?.httpStatusCode === 501 ||
    TEXT.test(message)
    ? `${name}: ${message}`
    : undefined;
}

/** The refusal of a call that must be refused with one of the codes. */
export async function refused(
  call: Promise<unknown>,
  ...codes: string[]
): Promise<string> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    if (notSupported(error)) throw error;
    const { name, message } = error as Error;
    if (!codes.includes(name)) {
      throw new Error(
        `Expected a refusal with ${codes.join(
          ' or ',
        )}, found ${name}: ${message}`,
      );
    }
    return message;
  }
  throw new Error(
    `Expected a refusal with ${codes.join(
      ' or ',
    )}, found the answer ${JSON.stringify(answer)}`,
  );
}
