/**
 * A key that no other submission has. `crypto.randomUUID` is missing where the
 * portal is served over plain http from another host.
 */
export function newIdempotencyKey(
  random: Pick<Crypto, 'getRandomValues'> = window.crypto,
): string {
  const bytes = random.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}
