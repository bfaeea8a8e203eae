type Handler = (request: Request) => Promise<Response> | Response;

interface Privileged {
  scheme: string;
  privileges: Record<string, boolean>;
}

const handlers = new Map<string, Handler>();
const privileged: Privileged[] = [];

export const protocol = {
  registerSchemesAsPrivileged(schemes: Privileged[]): void {
    privileged.push(...schemes);
  },
  handle(scheme: string, handler: Handler): void {
    if (!privileged.some((each) => each.scheme === scheme && each.privileges.standard)) {
      throw new Error(`${scheme} is no standard scheme: its pages would have no origin`);
    }
    handlers.set(scheme, handler);
  },
};

export const net = {
  /** As Electron's: asks the handlers of custom schemes too. */
  async fetch(address: string, init?: RequestInit): Promise<Response> {
    const handler = handlers.get(new URL(address).protocol.slice(0, -1));
    if (!handler) throw new Error(`nothing is fetched from the network here: ${address}`);
    return handler(new Request(address, init));
  },
};

/**
 * Chromium knows no scheme `app:` (Electron compiles it in), so its pages stand under a secure name that no resolver
 * answers. Main only ever sees `app://`.
 */
const suffix = '.app-scheme.test';

export function toChromium(address: string): string {
  return address.replace(/^app:\/\/([^/]+)/, (_all, host) => `https://${host}${suffix}`);
}

export function toElectron(address: string): string {
  return address.replace(
    new RegExp(`^https://([^/]+)${suffix.replaceAll('.', '\\.')}`),
    (_all, host) => `app://${host}`,
  );
}
