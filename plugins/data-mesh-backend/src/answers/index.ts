export { AccessQuestions } from './AccessQuestions';
export { registerAnswerRoutes } from './answerRoutes';
export { SubjectFinder, type SubjectDeps } from './SubjectFinder';
