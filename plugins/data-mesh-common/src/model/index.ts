export * from './dataProduct';
export * from './dataProductSchema';
export * from './nearestName';
export * from './principal';
export * from './validateDataProduct';
export * from './isColumnNamed';
export * from './rowFilter';
