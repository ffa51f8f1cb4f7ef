/**
 * The command line of Lakemesh: temporary credentials of a data product for
 * AWS tools, and the doctor.
 *
 * @packageDocumentation
 */
export { runCli, type CliProcess } from './runCli';
