import type { DoctorReport } from '@lakemesh/backstage-plugin-data-mesh-common';

/** What a part of the plugin finds, and whom it concerns. */
export type FoundItem = DoctorReport['items'][number] & {
  /**
   * Products and domains that it is about: who is in charge of one of them is
   * told. Left out, it is about the mesh as a whole, and for those who see all.
   */
  about?: readonly string[];
};
