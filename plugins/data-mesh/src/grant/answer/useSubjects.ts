import { useEffect, useMemo, useState } from 'react';
import type { AccessSubject } from '@lakemesh/backstage-plugin-data-mesh-common';
import { useDataMesh, useLoad } from '../../api';
import { useProducts } from '../../api/useProducts';
import type { GrantsQuestion } from '../grantsUrl';
import { Place, placesOf } from './placeText';

/** What a question can be about. */
export type SubjectKind = AccessSubject['kind'] | 'place';

/** Somebody or something of a name, and the question about it. */
export interface Suggestion {
  kind: SubjectKind;
  id: string;
  title: string;
  /** Tells apart what has the same name. */
  about?: string;
  question: GrantsQuestion;
}

const WAIT_MS = 200;
const KEEP_MS = 30_000;
/** Of tens of thousands of columns, those that a person looks through. */
const MOST_PLACES = 12;

/** A value that stands still for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), WAIT_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Tables and columns with a text in their name, the likeliest first. */
export function placesNamed(places: readonly Place[], text: string): Place[] {
  const asked = text.toLocaleLowerCase('en-US');
  const rank = ({ text: full, table, column }: Place) => {
    const name = full.toLocaleLowerCase('en-US');
    if (name === asked) return 0;
    const last = (column ?? table).toLocaleLowerCase('en-US');
    if (last === asked) return 1;
    return last.startsWith(asked) ? 2 : 3;
  };
  return places
    .filter(place => place.text.toLocaleLowerCase('en-US').includes(asked))
    .map(place => ({ place, rank: rank(place) }))
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST_PLACES)
    .map(({ place }) => place);
}

function ofSubject({ kind, id, title, principal }: AccessSubject): Suggestion {
  return {
    kind,
    id,
    title,
    about: kind === 'principal' ? principal?.accountAlias : undefined,
    question: { kind: 'what', principal: id },
  };
}

function ofPlace({ text, ...place }: Place): Suggestion {
  return {
    kind: 'place',
    id: `${place.catalogId}/${place.region}/${text}`,
    title: text,
    question: { kind: 'who', ...place },
  };
}

/**
 * Whom and what a text may mean: people, groups, roles and accounts by the
 * backend, tables and columns by the catalog.
 */
export function useSubjects(typed: string) {
  const api = useDataMesh();
  const text = typed.trim();
  const asked = useSettled(text);
  const people = useLoad(
    asked ? `subjects ${asked}` : undefined,
    () => api.findAccessSubjects(asked),
    { live: false, keepMs: KEEP_MS },
  );
  const products = useProducts();
  const places = useMemo(
    () => placesOf(products.value ?? []),
    [products.value],
  );
  const suggestions = useMemo(
    () =>
      asked
        ? [
            ...(people.value?.items ?? []).map(ofSubject),
            ...placesNamed(places, asked).map(ofPlace),
          ]
        : [],
    [asked, people.value, places],
  );
  /** What is meant by a text that nothing was chosen for. */
  const questionOf = (given: string): GrantsQuestion => {
    const [place] = placesNamed(places, given);
    return place?.text.toLocaleLowerCase('en-US') ===
      given.toLocaleLowerCase('en-US')
      ? ofPlace(place).question
      : { kind: 'what', principal: given };
  };
  return {
    suggestions,
    waiting: text !== asked || people.loading || products.loading,
    error: people.error,
    questionOf,
  };
}
