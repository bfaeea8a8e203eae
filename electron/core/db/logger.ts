/** The part of a pino logger that db and log use. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** For callers that want no log lines (a verifier that reads a package, most tests). */
export const silentLogger: Logger = { info() {}, warn() {}, error() {} };
