export {
  createPublications,
  type Publications,
  type PublicationsOptions,
} from './createPublications';
export { PublishedPorts, type PublishedPort } from './PublishedPorts';
export { registerPublicationRoutes } from './router';
