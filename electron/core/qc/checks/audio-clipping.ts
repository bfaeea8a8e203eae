import { counted } from '#shared/i18n/counted.ts';
import { isCeiling, isDrawn, isLimited, isOneCeiling, stands } from '../ceilings.ts';
import { type ChannelFinding, mergeChannels } from '../channel-findings.ts';
import type { Check, Finding } from '../check.ts';
import { joinAtOneLevel, joinLoud, staysLoud } from '../joined-tops.ts';
import { audioColumn } from '../measures.ts';
import { joinWithin, spansOf } from '../overload-spans.ts';
import { countIn, evidenceNumber, findRuns, lengthOf, maximumIn, overlaps, type Run } from '../runs.ts';
import { framesIn, judgedChannelsOf } from '../series.ts';
import { type ChannelTops, levelsOf, reachAlong, runsAlong } from '../wave-tops.ts';

/**
 * Tops of the wave are cut off. At full scale the converter ran out of range: a few samples are enough. Below full scale an amplifier or the
 * tape did: there it takes many flat tops that all stand at one level, with nothing above it. The peak alone
 * does not tell, since a clean full-scale tone reaches it too.
 */
export const audioClipping: Check<
  | 'peakDbfs'
  | 'flatFactor'
  | 'fullScaleSamples'
  | 'ceilingSamples'
  | 'ceilingSpreadDb'
  | 'ceilingFrames'
  | 'exactFrames'
  | 'exactSpreadDb'
  | 'exactSamples'
  | 'leastCrestDb'
  | 'drawnSeconds'
  | 'bridgeSeconds'
  | 'pauseSeconds'
  | 'oneCeilingSeconds'
  | 'oneCeilingSpreadDb'
  | 'noteSeconds'
  | 'mostFadeDb'
  | 'standingDb'
  | 'standingShare'
  | 'flatShare'
  | 'stillDb'
  | 'loudDb'
  | 'failFrames'
> = {
  id: 'audio-clipping',
  medium: 'audio',
  titleKey: 'qc.check.audioClipping.title',
  explanationKey: 'qc.check.audioClipping.explanation',
  needs: ['peakDbfs', 'clippedSamples'],
  sees: ['peakDbfs'],
  evidence: ['frames', 'clippedFrames', 'peakDbfs', 'clippedSamples', 'limitDbfs'],
  limits: {
    peakDbfs: { value: -0.2, unit: 'dBFS', source: 'Between vrecord (-0.01) and AV Spex (-0.5)' },
    flatFactor: { value: 1, unit: 'factor', source: 'astats: 0 for a wave that only touches its peak' },
    fullScaleSamples: { value: 3, unit: 'samples', source: 'Own: two in a row can be a fast tone by chance' },
    ceilingSamples: { value: 8, unit: 'samples', source: 'Own: two or three flat tops in one picture' },
    ceilingSpreadDb: {
      value: 0.7,
      unit: 'dB',
      source: 'Own: noise on a ceiling; the peaks of programme scatter by 3 dB and more',
    },
    ceilingFrames: { value: 4, unit: 'frames', source: 'Own: fewer at one level happen by chance' },
    exactFrames: {
      value: 2,
      unit: 'frames',
      source:
        'Own: enough where the level is the same to a twentieth of a decibel, and many samples stand at it',
    },
    exactSpreadDb: { value: 0.05, unit: 'dB', source: 'Own: a ceiling without noise on it' },
    exactSamples: { value: 60, unit: 'samples', source: 'Own: more than a millisecond at one level' },
    leastCrestDb: {
      value: 3,
      unit: 'dB',
      source: 'Own: a sine has 3.01; below it stand square waves, whose tops are flat by design',
    },
    drawnSeconds: {
      value: 2,
      unit: 's',
      source: 'Own: who plays square waves goes on; a passage that is driven into one is shorter',
    },
    bridgeSeconds: { value: 1, unit: 's', source: 'Own: peaks of one passage belong together' },
    pauseSeconds: {
      value: 1.5,
      unit: 's',
      source:
        'Own: between two sentences; what stands at exactly one level before and behind it was cut by one thing',
    },
    oneCeilingSeconds: {
      value: 5,
      unit: 's',
      source:
        'Own: tops that stand at exactly one level are those of one overload, also where only single low notes reach it',
    },
    oneCeilingSpreadDb: {
      value: 0.15,
      unit: 'dB',
      source: 'Own: hiss on a ceiling; by chance, programme does not reach so nearly one level four times',
    },
    noteSeconds: {
      value: 0.2,
      unit: 's',
      source: 'Own: what reaches one ceiling for longer is a passage, and an event by itself',
    },
    mostFadeDb: {
      value: 15,
      unit: 'dB',
      source: 'Own: a note that is struck fades by less from one picture to the next; a square wave stops',
    },
    standingDb: {
      value: 0.1,
      unit: 'dB',
      source: 'Own: hiss on a ceiling; the peaks of programme move by more from picture to picture',
    },
    standingShare: { value: 0.5, unit: 'share', source: 'Own: of the frames of a passage that is driven' },
    flatShare: {
      value: 0.25,
      unit: 'share',
      source: 'Own: of such frames; a limiter holds the peaks at one level too, and flattens few of them',
    },
    stillDb: {
      value: 0.8,
      unit: 'dB',
      source: 'Own: programme that is cut off rises and falls by more below its ceiling; drawn waves do not',
    },
    loudDb: {
      value: 3,
      unit: 'dB',
      source:
        'Own: a passage that stays as loud between two overloads is one; after a change of level it is not',
    },
    failFrames: { value: 10, unit: 'frames', source: 'vrecord: more than 10 frames at full scale' },
  },
  evaluate(series, limits, earlier): Finding[] {
    const bridgeFrames = framesIn(series, limits.bridgeSeconds);
    const oneCeilingFrames = framesIn(series, limits.oneCeilingSeconds);
    const channels = judgedChannelsOf(series).map((channel) => {
      const peak = series.column(audioColumn('peakDbfs', channel));
      const clipped = series.column(audioColumn('clippedSamples', channel));
      const flat = series.column(audioColumn('flatFactor', channel));
      const rms = series.column(audioColumn('rmsDbfs', channel));
      const tone = series.column(audioColumn('toneDbfs', channel));
      const isAtFullScale = (frame: number) =>
        (peak[frame] as number) >= limits.peakDbfs &&
        // Reports of other tools know only astats' figure.
        (Number.isNaN(clipped[frame] as number)
          ? (flat[frame] as number) >= limits.flatFactor
          : (clipped[frame] as number) >= limits.fullScaleSamples);
      const tops: ChannelTops = { peak, rms, clipped, tone };
      const join = (runs: readonly Run[], share: number, belowDb: number) =>
        joinLoud(tops, runs, { mostFrames: oneCeilingFrames, belowDb, share });
      const atFullScale = findRuns(series.frames, isAtFullScale, { bridgeFrames });
      const dense = atFullScale.filter((run) => countIn(run, isAtFullScale) > limits.failFrames);
      const full = join(
        atFullScale.map((run) =>
          reachAlong(tops, run, maximumIn(peak, run), limits.exactSpreadDb / 2, bridgeFrames),
        ),
        0.5,
        limits.loudDb,
      );
      const isLeftOut = new Uint8Array(series.frames);
      const leaveOut = (run: Run) => isLeftOut.fill(1, run.startFrame, run.endFrame + 1);
      for (const code of earlier.get('ltc-on-audio') ?? []) {
        if (code.channels?.includes(channel)) leaveOut(code);
      }
      full.forEach(leaveOut);
      const isFlat = (frame: number) =>
        (clipped[frame] as number) >= limits.ceilingSamples && isLeftOut[frame] === 0;
      const passages = findRuns(series.frames, isFlat, { bridgeFrames });
      const standing = joinLoud(
        tops,
        passages
          .flatMap((run) =>
            levelsOf(tops, isFlat, run, limits.standingDb).flatMap((level) =>
              runsAlong(tops, run, level, limits.standingDb, bridgeFrames).filter((one) =>
                stands(tops, isFlat, one, level, limits),
              ),
            ),
          )
          .sort((one, other) => one.startFrame - other.startFrame),
        { mostFrames: 0, belowDb: 0, share: 1 },
      );
      const isTold = (run: Run) => standing.some((one) => overlaps(one, run));
      const mostOfNote = framesIn(series, limits.noteSeconds);
      const apart = findRuns(series.frames, isFlat, { bridgeFrames: oneCeilingFrames }).filter(
        (run) =>
          !isTold(run) &&
          passages.every((one) => !overlaps(one, run) || lengthOf(one) <= mostOfNote) &&
          isOneCeiling(tops, isFlat, run, limits),
      );
      const isOfDrawn = (run: Run) =>
        lengthOf(run) >= framesIn(series, limits.drawnSeconds) &&
        isDrawn(tops, isFlat, run, limits.leastCrestDb);
      const near = passages.filter(
        (run) =>
          !isTold(run) &&
          !apart.some((one) => overlaps(one, run)) &&
          isCeiling(tops, isFlat, run, limits) &&
          !isLimited(tops, isFlat, run, limits) &&
          !isOfDrawn(reachAlong(tops, run, maximumIn(peak, run), limits.standingDb, bridgeFrames)),
      );
      const below = joinAtOneLevel(
        tops,
        join(
          [...standing, ...apart, ...near].sort((one, other) => one.startFrame - other.startFrame),
          0.9,
          limits.loudDb / 2,
        ),
        { mostFrames: framesIn(series, limits.pauseSeconds), spreadDb: limits.exactSpreadDb },
      );
      const find = (run: Run, isClipped: (frame: number) => boolean, isDigital: boolean): ChannelFinding => {
        let clippedFrames = 0;
        let samples = 0;
        for (let frame = run.startFrame; frame <= run.endFrame; frame++) {
          if (!isClipped(frame)) continue;
          clippedFrames++;
          samples += clipped[frame] as number;
        }
        const peakDbfs = maximumIn(peak, run);
        return {
          ...run,
          severity: isDigital && dense.some((one) => overlaps(one, run)) ? 'fail' : 'warn',
          confidence: isDigital ? 0.95 : 0.75,
          channel,
          kind: isDigital ? 'full scale' : 'below',
          evidence: {
            frames: lengthOf(run),
            clippedFrames,
            peakDbfs: evidenceNumber(peakDbfs),
            clippedSamples: evidenceNumber(samples),
            limitDbfs: limits.peakDbfs,
          },
          message: (channels) =>
            isDigital
              ? `The sound of ${channels} is clipped in ${counted(clippedFrames, 'frame')}: turn the level down and play it again.`
              : `The sound of ${channels} has flat tops at ${peakDbfs.toFixed(1)} dBFS in ${counted(clippedFrames, 'frame')}: something before the converter is overloaded, or the recording is.`,
        };
      };
      return {
        ...{ full, below, tops },
        findFull: (run: Run) => find(run, isAtFullScale, true),
        findBelow: (run: Run) => find(run, isFlat, false),
      };
    });
    // Peaks of one channel fall among those of the other, or beside them.
    const spans = {
      full: spansOf(
        channels.map((one) => one.full),
        bridgeFrames,
      ),
      below: spansOf(
        channels.map((one) => one.below),
        bridgeFrames,
        // A passage that stays as loud is one, whichever channel reached what cuts it.
        (last, run) =>
          channels.some(
            ({ tops, below }) =>
              below.some((one) => overlaps(one, last) || overlaps(one, run)) &&
              Math.abs(maximumIn(tops.peak, last) - maximumIn(tops.peak, run)) <= limits.loudDb / 2 &&
              staysLoud(tops, last, run, {
                ...{ mostFrames: oneCeilingFrames, belowDb: limits.loudDb / 2, share: 0.9 },
              }),
          ),
      ),
    };
    return mergeChannels(
      channels.flatMap(({ full, below, findFull, findBelow }) => [
        ...joinWithin(full, spans.full).map(findFull),
        ...joinWithin(below, spans.below).map(findBelow),
      ]),
      (one, other) =>
        [...spans.full, ...spans.below].some((span) => overlaps(span, one) && overlaps(span, other)),
    );
  },
};
