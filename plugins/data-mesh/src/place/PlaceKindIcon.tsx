import type { Place } from '@lakemesh/backstage-plugin-data-mesh-common';
import { placeKind } from '@lakemesh/backstage-plugin-data-mesh-common';
import BankIcon from '@material-ui/icons/AccountBalanceOutlined';
import StorageIcon from '@material-ui/icons/StorageOutlined';
import TableIcon from '@material-ui/icons/TableChartOutlined';
import TagIcon from '@material-ui/icons/LocalOfferOutlined';
import { useT } from '../useT';

const icons = {
  catalog: BankIcon,
  database: StorageIcon,
  table: TableIcon,
  tag: TagIcon,
} as const;

/** An icon for the kind of a place. */
export function PlaceKindIcon(props: { place: Place }) {
  const t = useT();
  const kind = placeKind(props.place);
  const Icon = icons[kind];
  return <Icon fontSize="small" titleAccess={t(`places.kind.${kind}`)} />;
}
