import type { AlarmKind } from '#shared/domain/pass.ts';
import { type Bench, worstRow } from '../bench.ts';
import { type Heard, playHours, type Trouble } from './simulated-hours.ts';

const defaultSeconds = 8 * 3600;
const defaultSeed = 20261122;
/** What cards hold: the simulator's own, a frame grabber with little memory, a DeckLink by default; null: one that does not say. */
const queues = [50, 250, 925, null] as const;
const tapeS = 2 * 3600;
const troubleFromS = 900;
const warnBeforeS = 10;

/** What has to be told of each trouble, and how soon. */
const troubles: { trouble: Trouble; kind: AlarmKind; withinS: number; needsCard?: true }[] = [
  { trouble: { kind: 'drift', fromS: troubleFromS, ppm: 1000 }, kind: 'drift', withinS: 120 },
  {
    trouble: { kind: 'rate', fromS: troubleFromS, ppm: 1000 },
    kind: 'rate-off',
    withinS: 300,
    needsCard: true,
  },
  { trouble: { kind: 'silence', fromS: troubleFromS }, kind: 'silence', withinS: 60 },
  { trouble: { kind: 'stall', fromS: troubleFromS }, kind: 'source-stalled', withinS: 6 },
  { trouble: { kind: 'no-sound', fromS: troubleFromS }, kind: 'audio-missing', withinS: 15 },
  { trouble: { kind: 'disk', fromS: troubleFromS }, kind: 'disk', withinS: 5 },
];
const overloads = [0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/** Whether alarms stay silent for hours over a used but sound machine, and speak when something is wrong. */
export const soakAlarms: Bench = {
  name: 'faults/soak-alarms',
  async run({ say, seconds = defaultSeconds, seed = defaultSeed }) {
    const tapes = queues.flatMap((queueFrames) =>
      Array.from({ length: Math.ceil(seconds / tapeS) }, (_, at) => ({
        queueFrames,
        seed: seed + at,
        seconds: Math.min(tapeS, seconds - at * tapeS),
      })),
    );
    const falseAlarms: string[] = [];
    const falseSteps: string[] = [];
    for (const tape of tapes) {
      const { alarms, gaveWay } = playHours(tape);
      const who = `${nameOf(tape.queueFrames)}, seed ${tape.seed}`;
      falseAlarms.push(
        ...alarms.map(({ kind, atS, message }) => `${who}: ${kind} at ${atS.toFixed(0)} s: ${message}`),
      );
      falseSteps.push(...gaveWay.map(({ work, atS }) => `${who}: ${work} at ${atS.toFixed(0)} s`));
      say(`${who}: ${tape.seconds} s, ${alarms.length} alarms`);
    }

    const missed: string[] = [];
    const told: string[] = [];
    for (const { trouble, kind, withinS, needsCard } of troubles) {
      const delays = queues
        .filter((queueFrames) => queueFrames !== null || !needsCard)
        .map((queueFrames) => {
          const heard = playHours({ seed, seconds: troubleFromS + 600, queueFrames, trouble });
          const alarm = heard.alarms.find((one) => one.kind === kind && one.atS >= troubleFromS);
          const delayS = (alarm?.atS ?? Number.POSITIVE_INFINITY) - troubleFromS;
          if (delayS > withinS)
            missed.push(`${trouble.kind}, ${nameOf(queueFrames)}: ${kind} after ${delayS.toFixed(1)} s`);
          return delayS;
        });
      told.push(
        `${kind} after ${Math.min(...delays).toFixed(1)} to ${Math.max(...delays).toFixed(1)} s (${withinS} s allowed)`,
      );
    }

    const leads: { who: string; leadS: number }[] = [];
    for (const speed of overloads) {
      for (const queueFrames of [250, 925]) {
        const trouble: Trouble = { kind: 'overload', fromS: troubleFromS, speed };
        const heard = playHours({ seed, seconds: troubleFromS + 1800, queueFrames, trouble });
        const leadS = leadOf(heard);
        if (leadS !== undefined) leads.push({ who: `${queueFrames} frames at ${speed} x`, leadS });
      }
    }
    const shortest = leads.toSorted((a, b) => a.leadS - b.leadS);
    const hours = (tapes.reduce((sum, tape) => sum + tape.seconds, 0) / 3600).toFixed(1);
    const row = (
      name: string,
      what: string,
      unit: string,
      value: number,
      runs: number,
      notes: string[],
      least?: number,
    ) =>
      worstRow(
        {
          name: `faults/soak-alarms/${name}`,
          what,
          unit,
          budget:
            least === undefined
              ? { of: 'value', limit: 'at-most', value: 0 }
              : { of: 'value', limit: 'at-least', value: least },
          notes,
        },
        value,
        runs,
      );
    return [
      row(
        'false',
        `False alarms in ${hours} simulated hours of a used but sound machine`,
        'alarms',
        falseAlarms.length,
        tapes.length,
        [
          `Real gauges and alarms, a clock that is counted; ${queues.map(nameOf).join(', ')}: ${(seconds / 3600).toFixed(1)} h each, seeds from ${seed}.`,
          ...falseAlarms.slice(0, 10),
        ],
      ),
      row(
        'gave-way',
        'Derived work that gave way in them without need',
        'steps',
        falseSteps.length,
        tapes.length,
        falseSteps.slice(0, 10),
      ),
      row(
        'missed',
        'Troubles that were told too late or never',
        'troubles',
        missed.length,
        troubles.length * queues.length,
        [`${told.join('; ')}.`, ...missed],
      ),
      row(
        'lead',
        'The shortest warning before the first lost frame, of all overloads',
        's',
        shortest[0]?.leadS ?? 0,
        leads.length,
        shortest.map(({ who, leadS }) => `${who}: ${leadS.toFixed(1)} s`),
        warnBeforeS,
      ),
    ];
  },
};

/** Seconds between the alarm and the loss; undefined where nothing was lost in the time that was played. */
function leadOf({ alarms, firstLossS }: Heard): number | undefined {
  if (firstLossS === undefined) return undefined;
  const lag = alarms.find(({ kind }) => kind === 'lag');
  return firstLossS - (lag?.atS ?? Number.POSITIVE_INFINITY);
}

function nameOf(queueFrames: number | null): string {
  return queueFrames === null ? 'a card that reports nothing' : `a card of ${queueFrames} frames`;
}
