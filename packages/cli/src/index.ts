/**
 * The command line of Lakemesh: temporary credentials of a data product for
 * AWS tools, and the doctor.
 *
 * @packageDocumentation
 */
export type { CliProcess } from './CliProcess';
export { runCli } from './runCli';
