/**
 * Whether this process may have what is only for trying the portal out: a
 * sign-in without a password, an emulated AWS, made-up requests.
 */
export function isDevelopment(
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  return env.NODE_ENV === 'development';
}
