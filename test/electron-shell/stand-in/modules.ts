export { app } from './app.ts';
export { BrowserWindow } from './browser-window.ts';
export { dialog, Menu, nativeTheme, session } from './desktop.ts';
export { ipcMain } from './ipc-main.ts';
export { MessageChannelMain } from './message-port.ts';
export { net, protocol } from './protocol.ts';
export { utilityProcess } from './utility-process.ts';
