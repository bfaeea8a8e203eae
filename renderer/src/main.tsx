import '@fontsource-variable/inter/wght.css';
import '@fontsource/jetbrains-mono/latin-400.css';
import '@fontsource/jetbrains-mono/latin-ext-400.css';
import '@fontsource/jetbrains-mono/latin-500.css';
import './ui/tokens.css';
import './ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { connect } from './api/client.ts';
import { App } from './app/App.tsx';
import { startLanguage } from './app/language.ts';
import { followLog } from './app/queries.ts';
import { followLive } from './state/live.ts';
import { followAddress } from './state/place.ts';

const root = document.getElementById('root');
if (!root) throw new Error('the page has no root element');

startLanguage();
connect();
followLive();
followLog();
followAddress();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
