/** A well-formed Authorization header; the emulator does not verify signatures. */
export const authorization = (
  service: string,
  accessKeyId = '111111111111',
  region = 'eu-west-1',
) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${region}/${service}/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(
    64,
  )}`;

/** An answer as it came over the wire. */
export interface RawAnswer {
  status: number;
  header(name: string): string | null;
  text: string;
}

/** Sends what no AWS client would send. */
export async function rawRequest(
  url: string,
  request: {
    path?: string;
    headers?: Record<string, string>;
    body?: string;
  } = {},
): Promise<RawAnswer> {
  const response = await fetch(new URL(request.path ?? '/', url), {
    method: 'POST',
    headers: request.headers,
    body: request.body ?? '{}',
  });
  return {
    status: response.status,
    header: name => response.headers.get(name),
    text: await response.text(),
  };
}
