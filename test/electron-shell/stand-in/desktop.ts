/** Parts of the desktop that the shell sets and nobody here shows. Specs read back what was set. */

export interface MenuItem {
  label?: string;
  role?: string;
  submenu?: { items: MenuItem[] };
}

interface MenuTemplate extends Omit<MenuItem, 'submenu'> {
  submenu?: MenuTemplate[];
}

let applicationMenu: { items: MenuItem[] } | undefined;

export const Menu = {
  buildFromTemplate(template: MenuTemplate[]): { items: MenuItem[] } {
    return {
      items: template.map(({ submenu, ...item }) => ({
        ...item,
        ...(submenu ? { submenu: Menu.buildFromTemplate(submenu) } : {}),
      })),
    };
  },
  setApplicationMenu(menu: { items: MenuItem[] }): void {
    applicationMenu = menu;
  },
  getApplicationMenu: () => applicationMenu,
};

export const nativeTheme = { shouldUseDarkColors: true };

export const dialog = {
  /** A dialog that nobody answers, unless a spec has put its own answer here. */
  showMessageBox(_options: object): Promise<{ response: number }> {
    return new Promise(() => {});
  },
};

type RequestHandler = (contents: unknown, permission: string, answer: (granted: boolean) => void) => void;
type CheckHandler = (contents: unknown, permission: string) => boolean;

const handlers: { request?: RequestHandler; check?: CheckHandler } = {};

/** What the shell says to a page that wants this. Electron grants everything to everybody while nobody says otherwise. */
export function isPermitted(permission: string): boolean {
  let isGranted = true;
  handlers.request?.(undefined, permission, (granted) => {
    isGranted = granted;
  });
  return isGranted && (handlers.check?.(undefined, permission) ?? true);
}

export const session = {
  defaultSession: {
    setPermissionRequestHandler(handler: RequestHandler) {
      handlers.request = handler;
    },
    setPermissionCheckHandler(handler: CheckHandler) {
      handlers.check = handler;
    },
  },
};
