import { readFrameNumbers } from '#core/devices/simulator/read-frame-numbers.ts';
import type { RecipeInput } from '#core/devices/simulator/recipe.ts';
import type { AlarmKind, EndReason, Pass } from '#shared/domain/pass.ts';
import { openStation, recordTape, smallRecipe } from '../../capture-faults/station.ts';
import { cardOf } from '../../capture-faults/tape-files.ts';
import { type Bench, type BenchContext, worstRow } from '../bench.ts';

const framesPerSecond = 25;
const tapeFrames = 250;
const atFrame = 100;
const ntsc = { standard: 'NTSC' as const, width: 192, height: 120 };

interface SourceFault {
  name: string;
  what: string;
  cardFaults: RecipeInput['cardFaults'];
  /** How the recording has to end, and of what the operator has to be told. */
  end: EndReason;
  alarm: AlarmKind | undefined;
  /** Sealed, or what the seal finds. */
  broken: string[];
  limits?: { soundWithinMs?: number; sourceWithinMs?: number };
}

const garbage = (as: 'noise' | 'zero' | 'torn' | 'short' | 'long' | 'stream') => ({
  kind: 'garbage' as const,
  atFrame,
  frames: 5,
  as,
});
const whole = { end: 'source-ended' as const, alarm: undefined, broken: [] };

const sourceFaults: readonly SourceFault[] = [
  {
    name: 'gone',
    what: 'A card that is pulled out',
    cardFaults: [{ kind: 'device-gone', atFrame }],
    end: 'device-gone',
    alarm: 'device-gone',
    broken: [],
  },
  { name: 'noise', what: 'Five frames of random bits', cardFaults: [garbage('noise')], ...whole },
  { name: 'torn', what: 'Five torn frames', cardFaults: [garbage('torn')], ...whole },
  { name: 'long', what: 'Five packets that are too long', cardFaults: [garbage('long')], ...whole },
  {
    name: 'short',
    what: 'Five packets that are cut short',
    cardFaults: [garbage('short')],
    end: 'source-ended',
    alarm: 'frames-unreadable',
    broken: ['timestamps', 'audio-length'],
  },
  {
    name: 'no-sound',
    what: 'Sound that is announced and never comes',
    cardFaults: [{ kind: 'audio-missing', atFrame: 0 }],
    end: 'audio-missing',
    alarm: 'audio-missing',
    broken: ['audio-hashes', 'audio-length'],
    limits: { soundWithinMs: 5_000 },
  },
  {
    name: 'sound-stops',
    what: 'Sound that stops in mid tape',
    cardFaults: [{ kind: 'audio-missing', atFrame }],
    end: 'source-ended',
    alarm: undefined,
    broken: ['audio-length'],
  },
  {
    name: 'never-starts',
    what: 'A source that opens and gives nothing',
    cardFaults: [{ kind: 'never-starts', as: 'no-frame' }],
    end: 'source-stalled',
    alarm: 'source-stalled',
    broken: [],
    limits: { sourceWithinMs: 15_000 },
  },
  {
    name: 'standard',
    what: 'A standard that changes in mid tape',
    cardFaults: [{ kind: 'standard-change', atFrame, to: ntsc, as: 'no-signal' }],
    end: 'standard-changed',
    alarm: 'standard-changed',
    broken: [],
  },
  {
    name: 'rate',
    what: 'Frames that come 0.1 % too fast',
    cardFaults: [{ kind: 'rate-off', clock: 'picture', ppm: 1000 }],
    ...whole,
  },
  {
    name: 'sound-clock',
    what: 'Sound whose clock is 1 % fast',
    cardFaults: [{ kind: 'rate-off', clock: 'sound', ppm: 10_000 }],
    end: 'source-ended',
    alarm: undefined,
    broken: ['audio-length'],
  },
];

/** What a misbehaving source costs: a row for each way, with the end that it was given and how soon it was told. */
export const source: Bench = {
  name: 'faults/source',
  async run(context) {
    const rows = [];
    for (const fault of sourceFaults) {
      const seen = await recordFaulty(fault, context);
      context.say(`${fault.name}: ${seen.notes.join(' ')}`);
      rows.push(
        worstRow(
          {
            name: `faults/source/${fault.name}`,
            what: `${fault.what}: frames that the card took and that are neither in the master nor stated, or a wrong end`,
            unit: 'frames',
            budget: { of: 'value', limit: 'at-most', value: 0 },
            notes: [...seen.notes, ...seen.wrong],
          },
          seen.unstated + seen.wrong.length,
          1,
        ),
      );
    }
    return rows;
  },
};

async function recordFaulty(fault: SourceFault, { folder, ffmpeg }: BenchContext) {
  const station = await openStation(`${folder}/${fault.name}`, fault.limits ? { limits: fault.limits } : {});
  try {
    const seconds = tapeFrames / framesPerSecond;
    const recipe = smallRecipe({
      channels: 2,
      queueFrames: 250,
      // A stop from outside needs a tape that goes on.
      segments: [{ content: 'scene', seconds: fault.end === 'source-ended' ? seconds : 60 }],
      cardFaults: fault.cardFaults,
    });
    const { passId } = await recordTape(station, fault.name, recipe);
    const pass = await station.capture.whenSettled(passId);
    const card = await cardOf(station, fault.name).catch(() => undefined);
    const numbers = pass.frames > 0 ? await readFrameNumbers(station.masterOf(passId), ffmpeg) : [];
    const broken = pass.sealChecks.filter(({ ok }) => !ok).map(({ id }) => id);
    const alarm = pass.alarms.find(({ kind }) => kind === fault.alarm);
    const wrong = [
      ...(pass.endReason === fault.end ? [] : [`It ended as ${pass.endReason}, not as ${fault.end}.`]),
      ...(fault.alarm === undefined || alarm ? [] : [`Nothing was told of ${fault.alarm}.`]),
      ...(String(broken) === String(fault.broken) ? [] : [`The seal says ${broken.join(', ') || 'yes'}.`]),
      ...(numbers.length === pass.frames
        ? []
        : [`${numbers.length} frames were read back of ${pass.frames}.`]),
    ];
    // What an ended recording left in the card came after its end.
    const isWhole = pass.endReason === 'source-ended' || pass.endReason === 'device-gone';
    const taken = isWhole ? (card?.capturedFrames ?? 0) : pass.frames + pass.droppedFrames;
    return {
      unstated: Math.abs(taken - pass.frames - pass.droppedFrames),
      wrong,
      notes: [
        `${pass.frames} frames in the master, ${pass.droppedFrames} stated as lost; end: ${pass.endReason}; ` +
          `${pass.state}${broken.length > 0 ? ` (${broken.join(', ')})` : ''}.`,
        `Told: ${pass.alarms.map(({ kind }) => kind).join(', ') || 'nothing'}${delayOf(pass, alarm, fault)}.`,
      ],
    };
  } finally {
    await station.close();
  }
}

/** How long after the fault the alarm was written; the fault's own moment is reckoned from the start at the standard's rate. */
function delayOf(
  pass: Pass,
  alarm: Pass['alarms'][number] | undefined,
  { cardFaults = [] }: SourceFault,
): string {
  if (!alarm || !pass.startedAt) return '';
  const [fault] = cardFaults;
  const faultS = fault && 'atFrame' in fault ? fault.atFrame / framesPerSecond : 0;
  const delayS = (Date.parse(alarm.at) - Date.parse(pass.startedAt)) / 1000 - faultS;
  return `, ${alarm.kind} after ${delayS.toFixed(1)} s`;
}
