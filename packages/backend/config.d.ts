export interface Config {
  /** What the example portal adds in development. */
  demo?: {
    emulator?: {
      /** Port of the emulated AWS on 127.0.0.1. Default: 4566. */
      port?: number;
    };
    /**
     * Plays requests of example users through the HTTP API after the start, so
     * that there is one in every state. Default: false.
     */
    story?: boolean;
  };
}
