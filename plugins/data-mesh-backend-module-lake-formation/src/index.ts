/**
 * Provisions Lakemesh entitlements in AWS Lake Formation.
 *
 * @packageDocumentation
 */
export { dataMeshModuleLakeFormation as default } from './module';
