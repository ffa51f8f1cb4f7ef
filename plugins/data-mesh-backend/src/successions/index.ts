export {
  Successions,
  type FoundSuccessor,
  type ProductPort,
} from './Successions';
