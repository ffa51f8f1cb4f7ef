import type { PlanStep } from '@lakemesh/backstage-plugin-data-mesh-common';

/** The kind of steps that make resource links. */
export const RESOURCE_LINK = 'resourceLink';

/** Whether a step grants on links, which must exist before it runs. */
export const isOnLinks = ({ needs }: PlanStep): boolean =>
  needs.some(id => id.startsWith(`${RESOURCE_LINK}:`));
