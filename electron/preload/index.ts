import { ipcRenderer } from 'electron';

/** Name of the one channel: here, in the shell, and of the message into the page. */
const portMessage = 'helical:port';

// Nothing is put into the page's world: it is given a MessagePort to the engine, and that is all it can use.
ipcRenderer.on(portMessage, (event) => {
  const [port] = event.ports;
  if (port && window === window.top) window.postMessage(portMessage, location.origin, [port]);
});

// Module scripts have run by now, so that the page listens.
window.addEventListener('DOMContentLoaded', () => ipcRenderer.send(portMessage));
