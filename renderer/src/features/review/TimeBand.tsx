import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { bitDepthOf } from '#shared/domain/bit-depth.ts';
import type { Pass } from '#shared/domain/pass.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';
import { api } from '../../api/client.ts';
import { usePreferences } from '../../state/preferences.ts';
import { Button } from '../../ui/Button.tsx';
import { type ValueScale, valueScale } from '../../ui/graph/value-scale.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Sentence } from '../../ui/Sentence.tsx';
import { useCursor } from './cursor.ts';
import { barsOf, noteBarsOf } from './graphs/bars.ts';
import { CursorLine } from './graphs/CursorLine.tsx';
import { GraphBand } from './graphs/GraphBand.tsx';
import { LaneChooser } from './graphs/LaneChooser.tsx';
import { FootNames, LaneNames } from './graphs/LaneNames.tsx';
import { lanesOf } from './graphs/lane-list.ts';
import { PictureStrip } from './graphs/PictureStrip.tsx';
import { RangeText } from './graphs/RangeText.tsx';
import { Readout } from './graphs/Readout.tsx';
import { ThresholdBar } from './graphs/ThresholdBar.tsx';
import { TimeAxis } from './graphs/TimeAxis.tsx';
import { TimecodeCut } from './graphs/TimecodeCut.tsx';
import { threshold, useThreshold } from './graphs/threshold.ts';
import { timeView, useTimeView } from './graphs/time-view.ts';
import { useChooser } from './graphs/use-chooser.ts';
import { useLaneChoices } from './graphs/use-lane-choices.ts';
import { useLimits } from './graphs/use-limits.ts';
import { useOtherBars } from './graphs/use-other-bars.ts';
import { useSampleTiles } from './graphs/use-sample-tiles.ts';
import { useSecondPass } from './graphs/use-second-pass.ts';
import { useTapeTimecode } from './graphs/use-tape-timecode.ts';
import styles from './TimeBand.module.css';

/** Digital silence is at -infinity: a scale down to there would flatten everything else. */
const floorDbfs = -72;
const noLanes: readonly never[] = [];

/** The measures over time, the events below them, and the cursor through all. */
export function TimeBand({
  pass,
}: {
  pass: Pass & { qcEvents: readonly ShownEvent[]; qcProfileId: string | null };
}) {
  const { t } = useTranslation();
  const theme = usePreferences((preferences) => preferences.theme);
  const measures = useQuery(api.qc.measures.queryOptions({ input: { passId: pass.id } }));
  const notes = useQuery(api.review.show.queryOptions({ input: { passId: pass.id } }));
  const columns = measures.data ?? [];
  const { choices, isUsual, choose } = useLaneChoices(columns);
  const lanes = lanesOf(choices, columns);
  const samples = useSampleTiles(
    pass.id,
    pass.frames,
    lanes.flatMap((lane) => lane.columns),
  );
  const second = useSecondPass(lanes);
  const otherBars = useOtherBars(pass.id);
  const timecode = useTapeTimecode(pass.id);
  const limits = useLimits(pass.id, lanes);
  const inFrame = useCursor((cursor) => cursor.inFrame);
  const outFrame = useCursor((cursor) => cursor.outFrame);
  const scales = new Map<string, ValueScale>();
  for (const lane of lanes) {
    const values = lane.kind === 'measure' ? samples.overview?.measures.get(lane.key) : undefined;
    const isLevel = lane.kind === 'measure' && /^(dBFS|LUFS)$/.test(lane.unit);
    const scale = values && valueScale(values, isLevel ? floorDbfs : undefined);
    if (scale) scales.set(lane.key, scale);
  }
  const { column, value } = useThreshold();
  const isChoosing = useChooser((chooser) => chooser.isOpen);
  const rate = pass.video.frameRate;

  useEffect(() => {
    timeView.open(pass.frames);
    threshold.open(pass.id);
    return () => {
      timeView.close();
      threshold.close();
      useChooser.setState({ isOpen: false });
    };
  }, [pass.id, pass.frames]);
  // The cursor stays in sight, but for a hand that looks elsewhere while it plays.
  useEffect(
    () =>
      useCursor.subscribe((now, before) => {
        const { from, to } = useTimeView.getState().range;
        const wasInSight = before.frame >= from && before.frame < to;
        if (now.frame !== before.frame && (wasInSight || (!now.playing && now.speed === 0)))
          timeView.hold(now.frame);
      }),
    [],
  );

  const hasColumns = lanes.some((lane) => lane.columns.length > 0);
  const isToCome = hasColumns && samples.overview === undefined && !samples.error;
  const isBusy = measures.isPending || isToCome;
  const scene = {
    tiles: samples.tiles,
    second,
    scales,
    limits: new Map([...limits].map(([key, own]) => [key, own.map((limit) => limit.value)])),
    bars: barsOf(pass.qcEvents),
    otherBars,
    noteBars: noteBarsOf(notes.data?.notes ?? []),
    marks: pass.marks.map(({ frame }) => frame),
    loop: rangeOf(inFrame, outFrame, pass.frames),
    threshold: column === null ? undefined : { key: column, value },
    pictureLines: pass.video.height,
    bitDepth: bitDepthOf(pass.video.pixelFormat),
  };

  return (
    <Panel
      flush
      className={styles.band}
      title={t('review.time')}
      aside={
        <span className={styles.tools}>
          <span title={t('review.graph.codesOf', { bits: scene.bitDepth })}>{`${scene.bitDepth} bit`}</span>
          <ThresholdBar lanes={lanes} />
          <RangeText rate={rate} />
          <Button
            tone="quiet"
            className={styles.small}
            aria-expanded={isChoosing}
            disabled={columns.length === 0}
            onClick={() => useChooser.setState({ isOpen: !isChoosing })}
          >
            {t('review.graph.choose')}
          </Button>
        </span>
      }
    >
      <Sentence error={measures.error ?? samples.error} />
      <TimecodeCut timecode={timecode} />
      <div className={styles.holder}>
        {isChoosing && (
          <LaneChooser
            columns={columns}
            choices={choices}
            isUsual={isUsual}
            choose={choose}
            onClose={() => useChooser.setState({ isOpen: false })}
          />
        )}
        <div className={styles.lanes}>
          <div className={styles.rows}>
            <LaneNames
              lanes={lanes}
              scales={scales}
              limits={limits}
              isMeasured={!measures.isSuccess || columns.length > 0}
            />
            <div className={styles.time}>
              <GraphBand
                part="lanes"
                lanes={lanes}
                scene={scene}
                theme={theme}
                isBusy={isBusy}
                pictures={<PictureStrip passId={pass.id} rate={rate} frames={pass.frames} />}
              />
              <Readout
                lanes={lanes}
                tiles={samples.tiles}
                scales={scales}
                limits={limits}
                pictureLines={pass.video.height}
                rate={rate}
                frames={pass.frames}
                timecode={timecode}
              />
            </div>
          </div>
          <div className={styles.foot}>
            <FootNames hasTimecode={timecode !== undefined} others={otherBars.length} />
            <div className={styles.time}>
              <GraphBand part="foot" lanes={noLanes} scene={scene} theme={theme} />
              <TimeAxis rate={rate} theme={theme} timecode={timecode} />
              <CursorLine frames={pass.frames} />
            </div>
          </div>
        </div>
      </div>
    </Panel>
  );
}

/** In and out; one of them alone reaches to the tape's end. */
function rangeOf(inFrame: number | null, outFrame: number | null, frames: number) {
  if (inFrame === null && outFrame === null) return undefined;
  return { from: inFrame ?? 0, to: (outFrame ?? frames - 1) + 1 };
}
