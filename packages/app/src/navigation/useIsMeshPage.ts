import { matchPath, useLocation } from 'react-router-dom';

const KINDS = ['dataproduct', 'domain'];

/** Whether a page of the catalog is one of the data mesh: a product or a domain. */
export function useIsMeshPage(catalogPath: string | undefined): boolean {
  const { pathname } = useLocation();
  const match = matchPath(
    `${catalogPath ?? ''}/:namespace/:kind/:name/*`,
    pathname,
  );
  const kind = match?.params.kind?.toLocaleLowerCase('en-US');
  return catalogPath !== undefined && KINDS.includes(kind ?? '');
}
