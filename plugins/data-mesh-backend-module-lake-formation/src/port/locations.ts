const pathOf = (arn: string) =>
  arn.replace(/^arn:[\w-]+:s3:::/, '').replace(/\/+$/, '');
/** A location in S3 that Lake Formation manages. */
export interface RegisteredLocation {
  arn: string;
  isHybrid: boolean;
}

/**
 * The registered location that some data lies in: the closest one, as Lake
 * Formation takes it.
 */
export function locationOf(
  uri: string | undefined,
  registered: RegisteredLocation[],
): RegisteredLocation | undefined {
  const path = uri?.replace(/^s3[an]?:\/\//, '').replace(/\/+$/, '');
  if (!path) return undefined;
  return registered
    .filter(({ arn }) => {
      const prefix = pathOf(arn);
      return path === prefix || path.startsWith(`${prefix}/`);
    })
    .sort((a, b) => b.arn.length - a.arn.length)[0];
}
