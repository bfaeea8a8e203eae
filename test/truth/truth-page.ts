import { stockRules } from './baseline/stock-rules.ts';
import { type CheckScore, type JudgedTape, scoreTapes } from './score.ts';

/** All that one survey found: the same tapes, by the engine and by stock filters. */
export interface Survey {
  engine: readonly JudgedTape[];
  stock: readonly JudgedTape[];
  /** The machine, versions and date, in a line. */
  machine: string;
}

const variants = [
  { title: 'PAL 10', system: 'PAL', bits: 10 },
  { title: 'PAL 8', system: 'PAL', bits: 8 },
  { title: 'NTSC 10', system: 'NTSC', bits: 10 },
  { title: 'NTSC 8', system: 'NTSC', bits: 8 },
] as const;

function share(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '-' : value.toFixed(2);
}

/** The page docs/qc-truth.md. Figures only as they were found. */
export function truthPage(survey: Survey): string {
  const { engine, stock } = survey;
  const all = scoreTapes(engine);
  const allStock = scoreTapes(stock);
  const parts = variants.map(({ system, bits }) =>
    scoreTapes(engine.filter(({ label }) => label.system === system && label.bits === bits)),
  );
  const of = (score: { checks: CheckScore[] }, check: string) =>
    score.checks.find((one) => one.check === check);
  const rows = all.checks.map(
    ({ check, precision, recall, f1, hits, misses, falseAlarms, onsetErrorFrames }) => {
      const cells = [
        `\`${check}\``,
        ...parts.map((part) => share(of(part, check)?.f1)),
        share(precision),
        share(recall),
        share(f1),
        `${hits}/${hits + misses}`,
        String(falseAlarms),
        Number.isNaN(onsetErrorFrames) ? '-' : String(onsetErrorFrames),
        share(of(allStock, check)?.f1),
      ];
      return `| ${cells.join(' | ')} |`;
    },
  );
  const heads = [
    'Check',
    ...variants.map(({ title }) => title),
    'precision',
    'recall',
    'F1',
    'found',
    'false',
    'onset',
    'stock F1',
  ];
  return `${[
    '# What the QC engine finds, and what it makes up',
    '',
    'Written by `npm run -s helical -- bench qc --write`, or from tapes made and measured before (`node test/truth/main.ts page DIR…`); every',
    'figure is from that run. How the tapes are made, and how to make the same ones: `test/truth/README.md`.',
    '',
    `Run: ${survey.machine}.`,
    '',
    ...tapesTable(engine),
    '',
    '## Figures',
    '',
    'F1 by variant, then precision, recall and F1 over all of them; found of all that was to be found; false alarms; median distance',
    'of the first frame; F1 of stock filters. A dash: nothing was to be found, or nothing was claimed.',
    '',
    `| ${heads.join(' | ')} |`,
    `|${heads.map(() => '---').join('|')}|`,
    ...rows,
    `| **average** | ${[...parts.map(({ averageF1 }) => share(averageF1)), '', '', share(all.averageF1), '', '', '', share(allStock.averageF1)].join(' | ')} |`,
    '',
    `Events of severity \`fail\` on tapes in order and hard negatives: **${all.wrongFails.length}**.`,
    ...all.wrongFails.map(
      ({ file, claim }) =>
        `- \`${file}\`: \`${claim.check}\`, frames ${claim.startFrame} to ${claim.endFrame}`,
    ),
    '',
    ...generatorTable(engine, stock),
    '',
    '## How it is counted',
    '',
    'A claim and a fault belong together where the check is the same, they share an audio channel (if both name any), and either they overlap by',
    '30 % of both together, or the claim begins within 5 frames of the fault and overlaps it. One to one, best overlap first. The same claim',
    'about two channels is one claim. **Everything else that is claimed is a false alarm, of whatever severity**: also a second',
    'claim about a fault that was found already, and also on tapes with another fault. Not counted are claims that the label calls true besides:',
    'the tone under the bars, head switching on a format that shows it, range where luma was driven out of it.',
    'Some tapes of sound have a small picture, so that they can be made and measured in little time: there only claims about sound count.',
    'A check that had nothing to find is not in the average; its false alarms are in the table.',
    '',
    '## Stock filters',
    '',
    `Judged ${stock.length} of the ${engine.length} tapes; their F1 is of those.`,
    '',
    'One pass of ffmpeg, limits as others published them. Checks that are not named here have no stock filter: their F1 is 0.',
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
    '- Whoever wrote the checks could see the generator. A second one, written apart and with other shapes, is there to tell (`--generator second`).',
    '- Each kind of fault is on a handful of tapes: a figure of 1.00 is "none of a few", not "never". One tape more or less moves F1 by several hundredths.',
    '- Not covered: sources with compression of their own (DV), film, more than two channels, tapes longer than some seconds.',
  ].join('\n')}\n`;
}

const kinds = ['fault', 'clean', 'hard-negative'] as const;
const generatorsOf = (tapes: readonly JudgedTape[]) =>
  [...new Set(tapes.map(({ label }) => label.generator))].toSorted();

/** How many tapes of which kind, by generator, system and depth, and at which raster. */
function tapesTable(tapes: readonly JudgedTape[]): string[] {
  const groups = Map.groupBy(tapes, ({ label }) => `${label.generator} | ${label.system} ${label.bits} bit`);
  return [
    'Tapes, of 8 to 12 seconds each. Hard negatives: nothing is wrong with them, and they look as if.',
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
