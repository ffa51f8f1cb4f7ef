/**
 * The command line of the emulator.
 *
 * @packageDocumentation
 */
export { runCli } from './runCli';
