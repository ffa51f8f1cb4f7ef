import { useDataMesh, useLoad } from '../../api';
import { endOfDay, GrantsQuestion } from '../grantsUrl';

/** What the backend is asked for a question. */
export function askedOf(question: GrantsQuestion, at: string | undefined) {
  const end = at && endOfDay(at);
  const when = end ? { at: end } : {};
  if (question.kind === 'what') {
    return {
      kind: 'what' as const,
      query: { principal: question.principal, ...when },
    };
  }
  const { kind: _, ...place } = question;
  return { kind: 'who' as const, query: { ...place, ...when } };
}

/** The answer to a question, of now or of a day. */
export function useAnswer(question: GrantsQuestion | undefined, at?: string) {
  const api = useDataMesh();
  return useLoad(
    question && `answer ${JSON.stringify({ question, at })}`,
    () => {
      if (!question) throw new Error('Nothing is asked');
      const asked = askedOf(question, at);
      return asked.kind === 'what'
        ? api.whatCanAccess(asked.query)
        : api.whoCanAccess(asked.query);
    },
  );
}
