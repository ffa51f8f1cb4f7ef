export { ResourceLocks } from './ResourceLocks';
export { registerTagRoutes } from './tagRoutes';
export { TagLooks } from './TagLooks';
export { TagService } from './TagService';
