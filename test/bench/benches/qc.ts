import { engineHere } from '../../truth/run-record.ts';
import { formatMistakes, formatScore, scoreTapes } from '../../truth/score.ts';
import { survey } from '../../truth/survey.ts';
import { wholeSet } from '../../truth/whole-set.ts';
import { writeTruthPage } from '../../truth/write-truth-page.ts';
import { absoluteRow, type Bench, worstRow } from '../bench.ts';

/** How much of what is wrong with labelled tapes the engine finds, and how much it makes up, beside stock filters. */
export const qc: Bench = {
  name: 'qc',
  async run(context) {
    const { ffmpeg, folder, say } = context;
    const seed = context.seed ?? 1;
    const pictureSeconds = context.seconds ?? 6;
    const tapes = wholeSet({ folder, ffmpegPath: ffmpeg.ffmpegPath, seed, pictureSeconds });
    const judged = await survey({
      tapes,
      folder,
      ffmpeg,
      engine: await engineHere(),
      keepsTapes: false,
      say,
    });
    const score = scoreTapes(judged.engine);
    const stock = scoreTapes(judged.stock);
    const rated = score.checks.filter(({ hits, misses }) => hits + misses > 0);
    const worst = rated.toSorted((a, b) => a.f1 - b.f1)[0];
    say(`${formatScore(score)}\n\nstock filters\n${formatScore(stock)}\n\n${formatMistakes(score)}`);
    if (context.write) writeTruthPage(judged, ffmpeg);
    const count = judged.engine.length;
    return [
      absoluteRow(
        {
          name: 'qc/average',
          what: `Mean F1 of ${rated.length} checks on ${count} labelled tapes; stock filters ${stock.averageF1.toFixed(2)}`,
          unit: 'F1',
          budget: { of: 'value', limit: 'at-least', value: 0.9 },
        },
        [score.averageF1],
      ),
      worstRow(
        {
          name: 'qc/worst-check',
          what: `F1 of the check that did worst: ${worst?.check}`,
          unit: 'F1',
          budget: { of: 'value', limit: 'at-least', value: 0.75 },
        },
        worst?.f1 ?? Number.NaN,
        count,
      ),
      worstRow(
        {
          name: 'qc/wrong-fails',
          what: 'Events of severity fail on tapes in order and on hard negatives',
          unit: 'events',
          budget: { of: 'value', limit: 'at-most', value: 0 },
          notes: score.wrongFails.map(({ file, claim }) => `${file}: ${claim.check}.`),
        },
        score.wrongFails.length,
        count,
      ),
    ];
  },
};
