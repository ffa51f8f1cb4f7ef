export { ResourceLocks } from './ResourceLocks';
export { registerTagRoutes } from './tagRoutes';
export { TagService } from './TagService';
