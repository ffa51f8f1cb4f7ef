import { useEffect } from 'react';
import type {
  DriftItem,
  DriftKind,
} from '@lakemesh/backstage-plugin-data-mesh-common';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import type { Theme } from '@material-ui/core/styles';
import { useDataMesh, usePages } from '../../api';
import { useKeys, useTicks } from '../../components';
import { GrantsUrl } from '../grantsUrl';
import type { ChangeGrantsUrl } from '../useGrantsUrl';

const PAGE = 100;

/** The lists of drift, and the kinds in each. */
export const DRIFT_GROUPS = {
  excess: ['excess', 'residue'],
  missing: ['missing', 'identity'],
} as const satisfies { [group: string]: readonly DriftKind[] };

/** A list of drift. */
export type DriftGroup = keyof typeof DRIFT_GROUPS;

function useGroup(group: DriftGroup, kind: DriftKind | undefined) {
  const api = useDataMesh();
  const kinds = DRIFT_GROUPS[group].filter(one => !kind || one === kind);
  const pages = usePages(
    kinds.length > 0 ? `drift ${kinds}` : undefined,
    cursor => api.listDrift({ kind: kinds, limit: PAGE, cursor }),
  );
  return { kinds, pages };
}

/** What the drift tab shows, and what is open in it and ticked. */
export function useDriftPage(options: {
  url: GrantsUrl;
  change: ChangeGrantsUrl;
  onChange: () => void;
}) {
  const { url, change } = options;
  const narrow = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const excess = useGroup('excess', url.kind);
  const missing = useGroup('missing', url.kind);
  const { ids: tickedIds, tick, clear } = useTicks();
  const items = [
    ...(excess.pages.value?.items ?? []),
    ...(missing.pages.value?.items ?? []),
  ];
  // On a narrow page nothing is open before it is chosen.
  const chosen = items.find(({ id }) => id === url.id);
  const open = chosen ?? (narrow ? undefined : items[0]);
  const loading = excess.pages.loading || missing.pages.loading;
  const isGone = Boolean(url.id) && !chosen && !loading;
  useEffect(() => {
    if (isGone) change({ id: undefined }, { replace: true });
  }, [isGone, change]);

  const step = (by: 1 | -1) => {
    const next = items[items.findIndex(one => one === open) + by];
    if (next) change({ id: next.id }, { replace: true });
  };
  const close = () => change({ id: undefined }, { replace: true });
  useKeys({
    j: open && (() => step(1)),
    k: open && (() => step(-1)),
    x:
      open &&
      open.actions.length > 0 &&
      (() => tick(open.id, !tickedIds.has(open.id))),
    Escape: narrow && open && close,
  });
  return {
    groups: { excess, missing },
    narrow,
    open,
    ticked: items.filter(({ id }) => tickedIds.has(id)),
    tickedIds,
    tick,
    untick: clear,
    close,
    reload() {
      void excess.pages.reload();
      void missing.pages.reload();
      options.onChange();
    },
    /** The one after it opens, when something is done about it. */
    done(item: DriftItem) {
      const at = items.findIndex(one => one.id === item.id);
      const next = items[at + 1] ?? items[at - 1];
      change({ id: narrow ? undefined : next?.id }, { replace: true });
    },
  };
}

/** What the drift tab shows. */
export type DriftPageState = ReturnType<typeof useDriftPage>;
