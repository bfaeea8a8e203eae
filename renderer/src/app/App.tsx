import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { useLayoutEffect } from 'react';
import { useConnection } from '../api/connection.ts';
import { CommandKeys } from '../commands/CommandKeys.tsx';
import { BatchesScreen } from '../features/batches/BatchesScreen.tsx';
import { CaptureScreen } from '../features/capture/CaptureScreen.tsx';
import { LogScreen } from '../features/log/LogScreen.tsx';
import { ReviewScreen } from '../features/review/ReviewScreen.tsx';
import { StationScreen } from '../features/station/StationScreen.tsx';
import { TapesScreen } from '../features/tapes/TapesScreen.tsx';
import { type Screen, usePlace } from '../state/place.ts';
import { usePreferences } from '../state/preferences.ts';
import styles from './App.module.css';
import { CommandPalette } from './CommandPalette.tsx';
import { HelpSheet } from './HelpSheet.tsx';
import { queries } from './queries.ts';
import { Rail } from './Rail.tsx';
import { Refused } from './Refused.tsx';
import { StatusLine } from './StatusLine.tsx';

const screenOf: Record<Screen, () => React.ReactNode> = {
  tapes: TapesScreen,
  capture: CaptureScreen,
  review: ReviewScreen,
  batches: BatchesScreen,
  log: LogScreen,
  station: StationScreen,
};

/** The frame of the workstation: rail, screen, status line. */
export function App() {
  const screen = usePlace((place) => place.screen);
  const theme = usePreferences((preferences) => preferences.theme);
  const refused = useConnection((connection) => connection.state === 'refused');
  // Before the graphs' effects, which read their colours from the page.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const ScreenNow = screenOf[screen];
  return (
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <div className={styles.app}>
          <Rail />
          <main className={styles.screen}>{refused ? <Refused /> : <ScreenNow />}</main>
          <StatusLine />
        </div>
        <CommandKeys />
        <CommandPalette />
        <HelpSheet />
      </QueryClientProvider>
    </CSPProvider>
  );
}
