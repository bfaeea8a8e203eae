import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Ffmpeg } from '#core/ffmpeg/locate.ts';
import { type Judge, stockJudge } from './judge-tapes.ts';
import { type Label, readLabel } from './label.ts';
import { keepRecord, openRecord, type RunRecord } from './run-record.ts';
import type { JudgedTape } from './score.ts';
import { measureApart, samplesOf, storedJudge } from './stored-samples.ts';
import type { SetTape } from './whole-set.ts';

/** Two cores are what the figures of speed are for; a measured tape takes a little more than one. */
const atOnce = 2;

interface SurveyOrder {
  /** Those that lie in their place are not made again, and what the same engine measured or judged is not done again. */
  tapes: readonly SetTape[];
  /** Keeps the record of the run. */
  folder: string;
  ffmpeg: Ffmpeg;
  engine: Pick<RunRecord, 'engine' | 'commit'>;
  /** Else each tape is removed when it was judged: all of them are some ten gigabytes. */
  keepsTapes: boolean;
  say(text: string): void;
}

/** All that one survey found: the same tapes, by the engine and by stock filters. */
export interface Survey {
  engine: JudgedTape[];
  stock: JudgedTape[];
  record: RunRecord;
}

/** Makes the tapes that are not there yet; nothing is measured. */
export async function makeTapes(tapes: readonly SetTape[], say: (text: string) => void): Promise<void> {
  await sideBySide('made', tapes, say, ensureMade);
}

/** Has the engine and stock filters judge every tape. What was begun by the same engine goes on where it stood. */
export async function survey(order: SurveyOrder): Promise<Survey> {
  const { tapes, folder, ffmpeg, say } = order;
  const { record, isNew } = openRecord(folder, order.engine);
  if (isNew) for (const tape of tapes) forget(tape);
  keepRecord(folder, record);
  const stockOf = keptClaims(stockJudge(ffmpeg));
  const measure = async (tape: SetTape) => {
    // Here, and not for all tapes at first: while one is measured, another can be made.
    await ensureMade(tape);
    const label = labelOf(tape);
    if (!existsSync(samplesOf(tape.folder, label))) await measureApart(tape.folder, label);
    keepRecord(folder, record);
  };
  const judgeByStock = async (tape: SetTape) => {
    await stockOf(tape.folder, labelOf(tape));
    keepRecord(folder, record);
  };
  if (order.keepsTapes) {
    await sideBySide('measured', tapes, say, measure);
    await sideBySide('judged by stock filters', tapes, say, judgeByStock);
  } else {
    await sideBySide('measured and judged by stock filters', tapes, say, async (tape) => {
      await measure(tape);
      await judgeByStock(tape);
      rmSync(pathOf(tape, '.mkv'), { force: true });
    });
  }
  const engine: JudgedTape[] = [];
  const stock: JudgedTape[] = [];
  for (const tape of tapes) {
    const label = labelOf(tape);
    engine.push(await storedJudge(tape.folder, label));
    stock.push(await stockOf(tape.folder, label));
  }
  return { engine, stock, record };
}

/** Works on two tapes at a time, and says how far it is. */
async function sideBySide(
  what: string,
  tapes: readonly SetTape[],
  say: (text: string) => void,
  work: (tape: SetTape) => Promise<void>,
): Promise<void> {
  const waiting = tapes.entries();
  let done = 0;
  const startedAtMs = performance.now();
  const take = async () => {
    // Both take from the same row.
    for (const [, tape] of waiting) {
      await work(tape);
      done++;
      const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(0);
      say(`${what}: ${done} of ${tapes.length}, ${seconds} s, ${tape.name}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
}

async function ensureMade(tape: SetTape): Promise<void> {
  // A label is written when its tape is whole.
  if (existsSync(pathOf(tape, '.json'))) return;
  mkdirSync(tape.folder, { recursive: true });
  const path = await tape.make();
  if (basename(path, '.mkv') !== tape.name) throw new Error(`${path} should be named ${tape.name}.`);
}

function labelOf(tape: SetTape): Label {
  return readLabel(pathOf(tape, '.json'));
}

function pathOf({ folder, name }: SetTape, ending: string): string {
  return join(folder, `${name}${ending}`);
}

function forget(tape: SetTape): void {
  for (const ending of ['.samples', '.stock']) rmSync(pathOf(tape, ending), { force: true });
}

/** Keeps what a judge said beside the tape, and says the same again the next time. */
function keptClaims(judge: Judge): Judge {
  return async (folder, label) => {
    const path = join(folder, label.file.replace(/\.mkv$/, '.stock'));
    if (!existsSync(path)) writeFileSync(path, JSON.stringify((await judge(folder, label)).claims));
    return { label, claims: JSON.parse(readFileSync(path, 'utf8')) as JudgedTape['claims'] };
  };
}
