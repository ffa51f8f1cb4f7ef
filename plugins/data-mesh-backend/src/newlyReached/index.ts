export { findNewlyReached, type NewlyReachedDeps } from './findNewlyReached';
