export { createPeople, peopleOf } from './createPeople';
export { Governance } from './Governance';
export { peopleChecks } from './peopleChecks';
export { ProductPowers, type ProductConcerned } from './ProductPowers';
export { CatalogPeople, type EntityLookUp, type People } from './People';
