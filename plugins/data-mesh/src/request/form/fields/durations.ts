const USUAL = [7, 30, 90, 180, 365];

/** The durations to choose from, in days: the usual ones within the limit. */
export function durationChoices(maxDays: number): number[] {
  const within = USUAL.filter(days => days <= maxDays);
  return within.length ? within : [maxDays];
}

/** The shortest limit that holds, and whose it is. */
export function durationLimit(limits: {
  organization: number;
  product?: number;
  policy?: number;
}): { days: number; by: 'organization' | 'product' | 'policy' } {
  const { organization, product, policy } = limits;
  let limit: ReturnType<typeof durationLimit> = {
    days: organization,
    by: 'organization',
  };
  if (product !== undefined && product < limit.days) {
    limit = { days: product, by: 'product' };
  }
  if (policy !== undefined && policy < limit.days) {
    limit = { days: policy, by: 'policy' };
  }
  return limit;
}
