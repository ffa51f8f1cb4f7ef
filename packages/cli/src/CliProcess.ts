/**
 * What the command line uses of the process.
 *
 * @public
 */
export interface CliProcess {
  env: { [name: string]: string | undefined };
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}
