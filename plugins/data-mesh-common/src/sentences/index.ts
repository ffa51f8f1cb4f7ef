export { englishSentences } from './english';
export type { SentenceCode, SentenceNames } from './SentenceCode';
export {
  isSentenceCode,
  sentence,
  type SentenceValue,
  type SentenceValues,
} from './sentence';
export { codesOf, sayPart, type SaidParams, type Say } from './sayPart';
export { alternatives } from './alternatives';
export { quotedNames } from './quotedNames';
export { storedSentence } from './storedSentence';
