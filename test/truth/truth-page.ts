import { stockRules } from './baseline/stock-rules.ts';
import { type RunRecord, wordRecord } from './run-record.ts';
import { type CheckScore, type JudgedTape, type Score, scoreTapes } from './score.ts';
import { variants } from './whole-set.ts';

/** All that the page tells of one survey. */
interface TruthPage {
  engine: readonly JudgedTape[];
  stock: readonly JudgedTape[];
  record: RunRecord;
  /** The machine and versions, in a line. */
  machine: string;
}

/** What stands behind this heading was written by hand, and stays where the page is written anew. */
export const handWrittenFrom = '## At first sight';

function share(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(2);
}

/** The page docs/qc-truth.md, as far as it comes out of a survey. Figures only as they were found. */
export function truthPage({ engine, stock, record, machine }: TruthPage): string {
  const all = scoreTapes(engine);
  return `${[
    '# What the QC engine finds, and what it makes up',
    '',
    'Written by `npm run -s helical -- bench qc --write`, or by `node test/truth/main.ts survey DIR`, which keeps its tapes; every figure down to',
    '"At first sight" is of one run, on one machine, of one commit. How the tapes are made, and how to make the same ones: `test/truth/README.md`.',
    '',
    `Run: ${machine}; ${wordRecord(record)}.`,
    '',
    ...tapesTable(engine),
    '',
    '## Figures',
    '',
    'F1 by variant, then precision, recall and F1 over all of them; found of all that was to be found; false alarms; median distance',
    'of the first frame; F1 of stock filters. A dash: nothing was to be found (`eight-in-ten` at 8 bit), or nothing was claimed.',
    '',
    ...figuresTable(engine, stock),
    '',
    `Events of severity \`fail\` on tapes in order and hard negatives: **${all.wrongFails.length}**.`,
    ...all.wrongFails.map(
      ({ file, claim }) =>
        `- \`${file}\`: \`${claim.check}\`, frames ${claim.startFrame} to ${claim.endFrame}`,
    ),
    '',
    ...generatorTable(engine, stock),
    '',
    'Precision and recall in each variant, of the engine:',
    '',
    ...precisionTable(engine),
    '',
    '## How it is counted',
    '',
    'A claim and a fault belong together where the check is the same, they share an audio channel (if both name any), and either they overlap by',
    '30 % of both together, or the claim begins within 5 frames of the fault and overlaps it. One to one, best overlap first. The same claim',
    'about two channels is one claim. **Everything else that is claimed is a false alarm, of whatever severity**: also a second',
    'claim about a fault that was found already, and also on tapes with another fault. Not counted are claims that the label calls true besides:',
    'the tone under the bars, head switching on a format that shows it, range where luma was driven out of it. A check that had nothing to find is',
    'not in the average; its false alarms are in the table.',
    '',
    'Tapes of sound have a small picture, so that they can be made and measured in little time: there only claims about sound count.',
    'Tapes of the first generator are judged by the profile of their format, those of the second by the one for tapes whose format nobody knows.',
    '',
    '## Stock filters',
    '',
    'The same tapes in one pass of ffmpeg, limits as others published them. Checks that are not named here have no stock filter: their F1 is 0.',
    '',
    '| Check | Filter and limit |',
    '|---|---|',
    ...stockRules.map(({ check, source }) => `| \`${check}\` | ${source} |`),
    '',
    '## What this says, and what it does not',
    '',
    '- The tapes are made by a program. They have two fields at two moments, the bandwidth, noise and jitter of four formats, and faults that act',
    '  where they would on a real tape, but nobody has seen one of them on a real deck. Figures for real tapes will be lower.',
    '- The strengths are ours: 1 is just visible or audible, 3 is what nobody misses. A weaker fault than that is not in the figures.',
    '- Whoever wrote the checks could see both generators, and looked at tapes of theirs while mending checks. A figure of 1.00 is no forecast: what the',
    '  same code says of tapes when it first sees them is the better guide, below.',
    '- Each kind of fault is on eight tapes (twice two systems and two depths): a figure of 1.00 is "none of a few", not "never".',
    '- Not covered: sources with compression of their own (DV), film, more than two channels, tapes longer than some seconds.',
  ].join('\n')}\n`;
}

function figuresTable(engine: readonly JudgedTape[], stock: readonly JudgedTape[]): string[] {
  const [all, ...parts] = scoresOf(engine);
  const [allStock, ...stockParts] = scoresOf(stock);
  const heads = [
    ...['Check', ...variants.map(({ title }) => title)],
    ...['precision', 'recall', 'F1', 'found', 'false', 'onset', 'stock F1'],
  ];
  const rows = (all?.checks ?? []).map((one) => {
    const { check, precision, recall, f1, hits, misses, falseAlarms, onsetErrorFrames } = one;
    const onset = Number.isNaN(onsetErrorFrames) ? '-' : String(onsetErrorFrames);
    const cells = [
      ...[`\`${check}\``, ...parts.map((part) => share(checkIn(part, check)?.f1))],
      ...[share(precision), share(recall), share(f1), `${hits}/${hits + misses}`, falseAlarms, onset],
      share(checkIn(allStock, check)?.f1),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  const averages = (scores: readonly Score[]) => scores.map(({ averageF1 }) => share(averageF1)).join(' | ');
  return [
    ...[`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...rows],
    `| **average** | ${averages(parts)} | | | ${share(all?.averageF1)} | | | | ${share(allStock?.averageF1)} |`,
    `| **average of stock filters** | ${averages(stockParts)} | | | ${share(allStock?.averageF1)} | | | | |`,
  ];
}

function precisionTable(engine: readonly JudgedTape[]): string[] {
  const [all, ...parts] = scoresOf(engine);
  const rows = (all?.checks ?? []).map(({ check }) => {
    const cells = parts.map((part) => {
      const one = checkIn(part, check);
      return one ? `${share(one.precision)} / ${share(one.recall)}` : '-';
    });
    return `| \`${check}\` | ${cells.join(' | ')} |`;
  });
  return [`| Check | ${variants.map(({ title }) => title).join(' | ')} |`, '|---|---|---|---|---|', ...rows];
}

/** Of all tapes, then of each variant. */
function scoresOf(tapes: readonly JudgedTape[]): Score[] {
  const parts = variants.map(({ system, bits }) =>
    tapes.filter(({ label }) => label.system === system && label.bits === bits),
  );
  return [tapes, ...parts].map(scoreTapes);
}

function checkIn(score: Score | undefined, check: string): CheckScore | undefined {
  return score?.checks.find((one) => one.check === check);
}

const kinds = ['fault', 'clean', 'hard-negative'] as const;
const generatorsOf = (tapes: readonly JudgedTape[]) =>
  [...new Set(tapes.map(({ label }) => label.generator))].toSorted();

/** How many tapes of which kind, by generator, system and depth. */
function tapesTable(tapes: readonly JudgedTape[]): string[] {
  const seconds = tapes.map(({ label }) => label.frames / (label.system === 'PAL' ? 25 : 30_000 / 1001));
  const groups = Map.groupBy(tapes, ({ label }) => `${label.generator} | ${label.system} ${label.bits} bit`);
  return [
    `${tapes.length} tapes of ${Math.min(...seconds).toFixed(0)} to ${Math.max(...seconds).toFixed(0)} seconds. Hard negatives: nothing is wrong with them, and they look as if.`,
    '',
    '| Generator | Material | with faults | in order | hard negatives |',
    '|---|---|---|---|---|',
    ...[...groups].toSorted().map(([name, group]) => {
      const counts = kinds.map((kind) => group.filter(({ label }) => label.kind === kind).length);
      return `| ${name} | ${counts.join(' | ')} |`;
    }),
  ];
}

/** The second generator is the one that nobody fitted a check to. */
function generatorTable(engine: readonly JudgedTape[], stock: readonly JudgedTape[]): string[] {
  const from = (tapes: readonly JudgedTape[], generator: string) =>
    scoreTapes(tapes.filter(({ label }) => label.generator === generator));
  return [
    '| Generator | average F1 | found | false alarms | average F1 of stock filters |',
    '|---|---|---|---|---|',
    ...generatorsOf(engine).map((generator) => {
      const { checks, averageF1 } = from(engine, generator);
      const sum = (of: (one: CheckScore) => number) => checks.reduce((total, one) => total + of(one), 0);
      const hits = sum(({ hits }) => hits);
      const all = hits + sum(({ misses }) => misses);
      const cells = [generator, share(averageF1), `${hits}/${all}`, sum((one) => one.falseAlarms)];
      return `| ${[...cells, share(from(stock, generator).averageF1)].join(' | ')} |`;
    }),
  ];
}
