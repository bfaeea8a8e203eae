import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawnLane } from '#shared/domain/drawn-samples.ts';
import type { Pass } from '#shared/domain/pass.ts';
import { isOfFile, type ShownEvent, severities } from '#shared/domain/qc.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { api } from '../../api/client.ts';
import { readSamples } from '../../api/media.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Graph } from '../../ui/graph/Graph.tsx';
import { type Extent, extent, type FrameRange, zoomed } from '../../ui/graph/scale.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { axisLabel, axisTimes } from '../../ui/time-axis.ts';
import { framesToSeconds, significant } from '../../ui/words.ts';
import { review, useCursor } from './cursor.ts';
import { lanesOf } from './lanes.ts';
import styles from './TimeBand.module.css';

/** Columns that are asked for: about one for each pixel of a wide screen. */
const columns = 2_000;

/** The measures over time, the events below them, and the cursor through all. The wheel zooms, a click goes there. */
export function TimeBand({
  pass,
}: {
  pass: Pass & { qcEvents: readonly ShownEvent[]; qcProfileId: string | null };
}) {
  const { t } = useTranslation();
  const { language, theme } = usePreferences();
  const rate = pass.video.frameRate;
  const [range, setRange] = useState<FrameRange>({ from: 0, to: Math.max(1, pass.frames) });
  const measures = useQuery(api.qc.measures.queryOptions({ input: { passId: pass.id } }));
  const lanes = lanesOf(measures.data ?? []);
  const ids = lanes.map((lane) => lane.id);
  const samples = useQuery({
    queryKey: ['samples', pass.id, pass.frames, ids, range.from, range.to],
    queryFn: ({ signal }) =>
      readSamples(pass.id, ids, { from: range.from, to: range.to - 1, points: columns }, signal),
    enabled: ids.length > 0 && pass.frames > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
  const length = range.to - range.from;
  const at = (frame: number) => (100 * (frame - range.from)) / length;
  const frameAt = (event: React.PointerEvent | React.WheelEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return range.from + ((event.clientX - box.left) / box.width) * length;
  };
  return (
    <Panel
      flush
      className={styles.band}
      title={t('review.time')}
      aside={`${formatTimecode(range.from, rate)} – ${formatTimecode(Math.max(range.from, range.to - 1), rate)}`}
    >
      <Sentence error={measures.error ?? samples.error} />
      <div className={styles.lanes}>
        <div className={styles.names}>
          {lanes.map((lane) => {
            const scale = scaleOf(samples.data?.measures.get(lane.id), lane.unit);
            return (
              <div key={lane.id} className={styles.name}>
                <span>
                  {lane.channel
                    ? t(`measure.${lane.measure}`, { channel: lane.channel })
                    : t(`measure.${lane.measure}`)}
                </span>
                {scale && (
                  <span className={styles.scale}>
                    {rangeText(scale, language)} {lane.unit}
                  </span>
                )}
              </div>
            );
          })}
          {lanes.length === 0 && (
            <div className={styles.name}>{measures.isSuccess ? t('review.noMeasures') : ''}</div>
          )}
          <div className={styles.eventName}>{t('review.events')}</div>
          <div className={styles.axisName} />
        </div>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: for the mouse; the cursor in it is the slider, and its keys are the screen's. */}
        <div
          className={styles.time}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            review.goTo(Math.floor(frameAt(event)));
          }}
          onPointerMove={(event) => event.buttons === 1 && review.goTo(Math.floor(frameAt(event)))}
          onDoubleClick={() => setRange({ from: 0, to: Math.max(1, pass.frames) })}
          onWheel={(event) =>
            setRange(zoomed(range, frameAt(event), event.deltaY > 0 ? 1.25 : 0.8, Math.max(1, pass.frames)))
          }
        >
          {lanes.map((lane) => {
            const measure = samples.data?.measures.get(lane.id);
            const scale = scaleOf(measure, lane.unit);
            return (
              <div key={lane.id} className={styles.lane}>
                {measure && scale && samples.data && (
                  <Graph
                    data={{ frames: samples.data.frames, ...measure }}
                    from={range.from}
                    to={range.to}
                    low={scale.low}
                    high={scale.high}
                    theme={theme}
                  />
                )}
              </div>
            );
          })}
          {lanes.length === 0 && <div className={styles.lane} />}
          <div className={styles.events}>
            {pass.qcEvents
              .filter((event) => !isOfFile(event))
              .toSorted((a, b) => inDrawingOrder(a) - inDrawingOrder(b) || lengthOf(b) - lengthOf(a))
              .map((event) => (
                <span
                  key={`${event.check}-${event.startFrame}-${event.channels?.join() ?? ''}`}
                  data-severity={event.intended ? 'info' : event.severity}
                  title={event.message}
                  style={{
                    left: `${at(event.startFrame)}%`,
                    width: `${(100 * (event.endFrame + 1 - event.startFrame)) / length}%`,
                  }}
                />
              ))}
            {pass.marks.map((mark) => (
              <i key={`${mark.frame}-${mark.at}`} title={mark.label} style={{ left: `${at(mark.frame)}%` }} />
            ))}
          </div>
          <div className={styles.axis} aria-hidden="true">
            {axisTimes(framesToSeconds(length, rate)).map((seconds) => (
              <span key={seconds} style={{ left: `${(100 * seconds) / framesToSeconds(length, rate)}%` }}>
                {axisLabel(Math.round(seconds + framesToSeconds(range.from, rate)))}
              </span>
            ))}
          </div>
          <CursorLine from={range.from} length={length} frames={pass.frames} />
        </div>
      </div>
    </Panel>
  );
}

/** The gravest is drawn last, above the others; what the artist meant below them all. */
function inDrawingOrder({ severity, intended }: ShownEvent): number {
  return intended ? -1 : severities.indexOf(severity);
}

function lengthOf({ startFrame, endFrame }: ShownEvent): number {
  return endFrame - startFrame;
}

/** `16…235`, or the one value that there is. */
function rangeText({ least, greatest }: Extent, language: string): string {
  const low = significant(least, language);
  return least === greatest ? low : `${low}…${significant(greatest, language)}`;
}

function CursorLine({ from, length, frames }: { from: number; length: number; frames: number }) {
  const { t } = useTranslation();
  const { frame, rate } = useCursor();
  const left = (100 * (frame + 0.5 - from)) / length;
  const inSight = left >= 0 && left <= 100;
  return (
    <div
      className={styles.cursor}
      // Out of sight where the range does not hold it, but in reach all the same: its keys are the screen's.
      style={{ left: `${Math.min(100, Math.max(0, left))}%`, opacity: inSight ? 1 : 0 }}
      role="slider"
      tabIndex={0}
      aria-label={t('review.cursor')}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, frames - 1)}
      aria-valuenow={frame}
      aria-valuetext={formatTimecode(frame, rate)}
    />
  );
}

/** Digital silence is at -infinity; a scale down to there would flatten everything else. */
const floorDbfs = -72;

function scaleOf(measure: DrawnLane | undefined, unit: string) {
  if (!measure) return null;
  return extent(measure.min, measure.max, unit === 'dBFS' ? floorDbfs : undefined);
}
