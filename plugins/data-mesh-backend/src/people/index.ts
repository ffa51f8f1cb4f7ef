export { createPeople } from './createPeople';
export { Governance } from './Governance';
export { CatalogPeople, type EntityLookUp, type People } from './People';
