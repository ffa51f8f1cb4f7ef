import type { ApiRouter } from '../http/apiRouter';
import { sendTable } from '../http/sendTable';
import type { CallerResolver } from '../identity/CallerResolver';
import type { AccessQuestions } from './AccessQuestions';
import { answerTable, whatInWords, whoInWords } from './answerTable';
import type { SubjectFinder } from './SubjectFinder';

/** Routes under `/v1/access`. */
export function registerAnswerRoutes(
  router: ApiRouter,
  deps: {
    callers: Pick<CallerResolver, 'callerOf'>;
    questions: AccessQuestions;
    subjects: SubjectFinder;
    clock: () => Date;
  },
): void {
  const { callers, questions, subjects, clock } = deps;

  router.get('/v1/access/subjects', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json({ items: await subjects.find(caller, req.query.q) });
  });

  router.get('/v1/access/who', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await questions.who(caller, req.query));
  });

  router.get('/v1/access/what', async (req, res) => {
    const caller = await callers.callerOf(req);
    res.json(await questions.what(caller, req.query));
  });

  router.get('/v1/access/who/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...query } = req.query;
    const answer = await questions.who(caller, query);
    const asked = { query, by: caller.userRef, at: clock() };
    await sendTable(
      res,
      format,
      answerTable(answer, { words: whoInWords(query), ...asked }),
    );
  });

  router.get('/v1/access/what/export', async (req, res) => {
    const caller = await callers.callerOf(req);
    const { format = 'csv', ...query } = req.query;
    const answer = await questions.what(caller, query);
    const asked = { query, by: caller.userRef, at: clock() };
    await sendTable(
      res,
      format,
      answerTable(answer, { words: whatInWords(query, answer), ...asked }),
    );
  });
}
