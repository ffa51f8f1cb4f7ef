export { Successions, type FoundSuccessor } from './Successions';
