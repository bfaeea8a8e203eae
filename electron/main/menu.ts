import { app, Menu, type MenuItemConstructorOptions } from 'electron';

const isMac = process.platform === 'darwin';
const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The whole menu. What a screen can do has its own keys (the command table of the pages); here is what the system expects. */
const table: MenuItemConstructorOptions[] = [
  ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
  { role: 'fileMenu' },
  { role: 'editMenu' },
  {
    label: 'View',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' as const } satisfies MenuItemConstructorOptions]),
    ],
  },
  { role: 'windowMenu' },
  { role: 'help', submenu: [{ role: 'about' }] },
];

export function setMenu(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(table));
}
