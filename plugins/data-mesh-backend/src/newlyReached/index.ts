export { NewlyReached } from './NewlyReached';
