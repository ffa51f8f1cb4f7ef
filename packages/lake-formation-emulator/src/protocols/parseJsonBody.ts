import { AwsError } from '../model/api/AwsError';

/** Parses a JSON body; an empty one is an empty object, as AWS reads it. */
export function parseJsonBody(body: string): unknown {
  if (body.trim() === '') {
    return {};
  }
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new AwsError(
      'SerializationException',
      `The request body is not valid JSON: ${(error as Error).message}`,
    );
  }
}
