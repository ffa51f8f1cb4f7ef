import { useParams } from 'react-router-dom';
import Paper from '@material-ui/core/Paper';
import { useDataMesh, useLoad } from '../api';
import { CasePage } from './CasePage';
import { useT } from '../useT';
import {
  PublicationCard,
  usePublicationTitle,
} from '../publication/PublicationCard';
import { publicationInWords } from '../publication/publicationInWords';

/** One change of a product: what waits, and its history. */
export function PublicationPage() {
  const { id = '' } = useParams();
  const t = useT();
  const api = useDataMesh();
  const titleOf = usePublicationTitle();
  const loaded = useLoad(`publication ${id}`, () => api.getPublication(id));
  const publication = loaded.value;
  return (
    <CasePage
      title={
        publication
          ? `${publicationInWords(publication)} ${titleOf(publication)}`
          : t('publications.state.change-pending')
      }
      loaded={loaded}
      what={t('publications.oneWhat')}
      none={t('publications.card.none')}
      noneWords={t('publications.card.noneWords')}
    >
      {publication && (
        <Paper variant="outlined">
          <PublicationCard
            publication={publication}
            onChange={loaded.set}
            untitled
          />
        </Paper>
      )}
    </CasePage>
  );
}
