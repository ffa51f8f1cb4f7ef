import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { getEntityRelations, useEntity } from '@backstage/plugin-catalog-react';
import { useMe } from '../api';
import { nextStep, type NextStep } from './nextStep';
import { useDomainPlaces } from './useDomainPlaces';
import { useDomainProducts } from './useDomainProducts';
import { useWaitingIn } from './useWaitingIn';

/**
 * What the domain of the page needs next of the viewer, from what its cards
 * load anyway. `loading` until all of it is known; nothing is guessed before.
 */
export function useNextStep(): { loading: boolean; step?: NextStep } {
  const { entity } = useEntity();
  const ref = stringifyEntityRef(entity);
  const me = useMe();
  const places = useDomainPlaces(ref);
  const waiting = useWaitingIn(ref);
  const products = useDomainProducts(ref);
  const all = [me, places, waiting, products];
  if (!me.value || !places.value || !waiting.value || !products.value) {
    return { loading: all.some(one => one.loading) };
  }
  return {
    loading: false,
    step: nextStep({
      ownerRefs: getEntityRelations(entity, RELATION_OWNED_BY).map(owner =>
        stringifyEntityRef(owner),
      ),
      viewerRefs: [me.value.userRef, ...me.value.ownershipRefs],
      governs: me.value.governs ?? false,
      places: places.value.items,
      claims: waiting.value.claims,
      publications: waiting.value.publications,
      products: products.value.total,
    }),
  };
}
