import { useEffect, useState } from 'react';
import type {
  ClaimPreview,
  Place,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { placeKey } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad, type Loaded } from '../api';

const TYPING_MS = 300;

/** What is in a place and in the way of claiming it, while it is typed. */
export function useClaimPreview(
  domainRef: string,
  place: Place | undefined,
): Loaded<ClaimPreview> {
  const api = useDataMesh();
  const [settled, setSettled] = useState(place);
  const key = place && placeKey(place);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(place), TYPING_MS);
    return () => clearTimeout(timer);
    // By what it names: the object is another one at each letter.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return useLoad(
    settled && `claim of ${domainRef} ${placeKey(settled)}`,
    () => api.previewClaim({ domainRef, place: settled }),
    { live: false },
  );
}
