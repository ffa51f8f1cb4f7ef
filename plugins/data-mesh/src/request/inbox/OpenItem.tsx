import type {
  Me,
  NewDecision,
  RequestDetail,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import { RequestPreviewPane } from '../RequestPreviewPane';
import { ClaimPane, PublicationPane } from './CasePane';
import { readItemId } from './inboxItem';
import type { FailedDecision } from './useDecisions';

/** What is open beside the list, whatever kind it is of. */
export function OpenItem(props: {
  itemId: string;
  me?: Me;
  failed?: FailedDecision;
  onChange: () => void;
  onDecide?: (request: RequestDetail, decision: NewDecision) => void;
  onCaseDecided: () => void;
}) {
  const { itemId, me, failed, onChange, onDecide, onCaseDecided } = props;
  const { kind, id } = readItemId(itemId);
  switch (kind) {
    case 'claim':
      return (
        <ClaimPane id={id} onChange={onChange} onDecided={onCaseDecided} />
      );
    case 'publication':
      return (
        <PublicationPane
          id={id}
          onChange={onChange}
          onDecided={onCaseDecided}
        />
      );
    default:
      return (
        <RequestPreviewPane
          id={id}
          me={me}
          failed={failed?.request.id === id ? failed : undefined}
          onChange={onChange}
          onDecide={onDecide}
        />
      );
  }
}
