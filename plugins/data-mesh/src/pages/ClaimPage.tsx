import { useParams } from 'react-router-dom';
import { useEntityPresentation } from '@backstage/plugin-catalog-react';
import Paper from '@material-ui/core/Paper';
import type { ClaimDetail } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../api';
import { CasePage } from './CasePage';
import { CodeWords } from '../components';
import { useT } from '../useT';
import { ClaimCard } from '../place/ClaimCard';

function ClaimTitle(props: { claim: ClaimDetail }) {
  const { claim } = props;
  const t = useT();
  const domain = useEntityPresentation(claim.domainRef).primaryTitle;
  return (
    <>
      {domain} {t('places.claim.claims')} <CodeWords text={claim.words} />
    </>
  );
}

/** One claim of a place: what it means, what is in the place, its history. */
export function ClaimPage() {
  const { id = '' } = useParams();
  const t = useT();
  const api = useDataMesh();
  const loaded = useLoad(`claim ${id}`, () => api.getClaim(id));
  const claim = loaded.value;
  return (
    <CasePage
      title={t('places.claim.title')}
      heading={claim && <ClaimTitle claim={claim} />}
      loaded={loaded}
      what={t('places.claimWhat')}
      none={t('places.claim.none')}
      noneWords={t('places.claim.noneWords')}
    >
      {claim && (
        <Paper variant="outlined">
          <ClaimCard claim={claim} onChange={loaded.set} untitled />
        </Paper>
      )}
    </CasePage>
  );
}
