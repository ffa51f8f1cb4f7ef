import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { dataMeshApiRef } from '@lakemesh/backstage-plugin-data-mesh';
import { useLocation } from 'react-router-dom';

/** How much waits for the user in the inbox; asked again when something happens. */
export function useToDecide(): number {
  const api = useApi(dataMeshApiRef);
  const { lastSignal } = useSignal('data-mesh');
  const { pathname } = useLocation();
  const [toDecide, setToDecide] = useState(0);

  useEffect(() => {
    let over = false;
    api.countRequests().then(
      counts => {
        if (over) return;
        const { toDecide: requests } = counts;
        const { claimsToDecide = 0, publicationsToDecide = 0 } = counts;
        setToDecide(requests + claimsToDecide + publicationsToDecide);
      },
      // The page Requests says what is wrong; here the last number stays.
      () => {},
    );
    return () => {
      over = true;
    };
  }, [api, lastSignal, pathname]);

  return toDecide;
}
