/** How AWS's client reports that a call was refused. */
export interface Refusal {
  code: string;
  message: string;
  status?: number;
}

/** The refusal of a call that must fail. */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    const { name, message, $metadata } = error as Error & {
      $metadata?: { httpStatusCode?: number };
    };
    return { code: name, message, status: $metadata?.httpStatusCode };
  }
  throw new Error('The call was not refused');
}

export const NOT_THERE_OR_NOT_ALLOWED = {
  code: 'AccessDeniedException',
  message:
    'Resource does not exist or requester is not authorized to access requested permissions.',
  status: 400,
};

export const invalidInputWith = (message: string) => ({
  code: 'InvalidInputException',
  message,
  status: 400,
});

/** What the emulator says of what it does not have. */
export const notEmulated = (what: string) =>
  invalidInputWith(`The Lake Formation emulator does not implement ${what}.`);
