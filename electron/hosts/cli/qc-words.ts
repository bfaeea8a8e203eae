import { checkExplanation, checkTitle, gravestFirst, notJudgedWords } from '#core/qc/reports/event-words.ts';
import type { MediaFindings, NotJudged, ProgrammeLoudness, QcResult, ShownEvent } from '#shared/domain/qc.ts';
import { parseRational } from '#shared/domain/rational.ts';
import { formatTimecode } from '#shared/domain/timecode.ts';
import { counted, fixed } from '#shared/i18n/counted.ts';

/** Places that are told of each check; --json and the reports have all of them. */
const shownPlaces = 4;
const headings = {
  fail: 'Failures: these surely harm the transfer',
  warn: 'Warnings: look at these',
  info: 'Notes',
  intended: 'Intended by the artist: counted against nothing',
} as const;

/** What was found, for people: the gravest first, each check once with its places and what to do. */
export function wordResult(result: QcResult): string {
  const { summary, profile } = result;
  const groups = Map.groupBy(gravestFirst(result.events), ({ severity, intended }) =>
    intended ? 'intended' : severity,
  );
  return [
    `${wordLength(result)}, judged as: ${profile.name} (--profile ${profile.id})`,
    ...(result.loudness ?? []).map(wordLoudness),
    ...[...groups].flatMap(([group, events]) => ['', headings[group], ...wordGroup(events, result)]),
    ...wordNotJudged(summary.notJudged),
    ...(result.media ? ['', ...wordMedia(result.media)] : []),
    '',
    `${counted(summary.fail, 'failure')}, ${counted(summary.warn, 'warning')}, ${counted(summary.info, 'note')}${summary.intended > 0 ? `; ${summary.intended} intended by the artist` : ''}.`,
    ...(summary.fail + summary.warn > 0
      ? ['A check measures and does not know what the artist meant: look before you judge.']
      : []),
  ].join('\n');
}

/** What was measured, and how much of it: sound alone has no frames, and a single picture is no tape. */
function wordLength({ frames, fps, standard, summary }: QcResult): string {
  const rate = parseRational(fps);
  const perSecond = rate ? rate.num / rate.den : undefined;
  if (perSecond && summary.notJudged.some(({ reason }) => reason === 'no-picture'))
    return `${fixed(frames / perSecond, 1)} s of sound without a picture`;
  if (frames === 1) return 'A single picture, and no recording';
  const system = standard === 'other' ? '' : ` (${standard})`;
  return `${counted(frames, 'frame')} at ${perSecond ? Number(perSecond.toFixed(3)) : fps} fps${system}`;
}

/** By reason: a file without sound has a dozen checks that say nothing of it. */
function wordNotJudged(notJudged: readonly NotJudged[]): string[] {
  if (notJudged.length === 0) return [];
  const groups = Map.groupBy(notJudged, (one) => notJudgedWords('en', one));
  return [
    '',
    'Not judged: that these found nothing says nothing',
    ...[...groups].map(([why, checks]) => `  ${checks.map(({ check }) => check).join(', ')}: ${why}`),
  ];
}

function wordLoudness({ channels, integratedLufs, truePeakDbfs }: ProgrammeLoudness): string {
  const loudness =
    integratedLufs === undefined ? 'too quiet for a loudness' : `${fixed(integratedLufs, 1)} LUFS integrated`;
  const peak = truePeakDbfs === undefined ? '' : `, true peak ${fixed(truePeakDbfs, 1)} dBTP`;
  return `Sound ${channels.join(' + ')}: ${loudness}${peak}`;
}

function wordGroup(events: readonly ShownEvent[], result: QcResult): string[] {
  return [...Map.groupBy(events, ({ check }) => check)].flatMap(([check, found]) => {
    const rest = found.length - shownPlaces;
    const explanation = checkExplanation('en', check);
    return [
      `  ${checkTitle('en', check)} (${check})${found.length > 1 ? `, ${found.length} times` : ''}`,
      ...(explanation ? [`    ${explanation}`] : []),
      ...found.slice(0, shownPlaces).map((event) => `    ${place(event, result)}  ${said(event)}`),
      ...(rest > 0 ? [`    and ${counted(rest, 'more place')}`] : []),
    ];
  });
}

function said(event: ShownEvent): string {
  const { message, intended, evidence } = event;
  if (intended) return `${intended.reason} (withdraw: helical qc withdraw ${intended.intentionId})`;
  // A rule of a file says what is wrong, and its evidence with which figure; other checks have their figures in the sentence.
  const { measured, expected } = evidence;
  return typeof measured === 'string' ? `${message} Found: ${measured}. Expected: ${expected}.` : message;
}

/** Timecode from the first frame and frame numbers; what is said of the whole file has no place. */
function place({ startFrame, endFrame }: ShownEvent, { frames, fps }: QcResult): string {
  if (startFrame === 0 && endFrame >= frames - 1) return 'throughout:';
  const rate = parseRational(fps);
  const at = (frame: number) => (rate ? formatTimecode(frame, rate) : '');
  const range = startFrame === endFrame ? `${startFrame}` : `${startFrame}-${endFrame}`;
  return `${at(startFrame)} (${range}):`;
}

function wordMedia({ rules, mediaconch, dv }: MediaFindings): string[] {
  const held = rules.filter(({ ok }) => ok).length;
  return [
    rules.length === 0
      ? 'File: no rule of ours applies to it (they are for masters: FFV1 in Matroska).'
      : `File: ${held} of ${rules.length} rules hold.`,
    mediaconch.notRun === undefined
      ? `MediaConch: ${mediaconch.passed} of ${mediaconch.applied} tests passed.`
      : `MediaConch was not asked: ${mediaconch.notRun}.`,
    ...(dv
      ? [
          `DV: ${dv.badVideoBlocks} of ${dv.videoBlocks} picture blocks not read, in ${counted(dv.faultyFrames, 'frame')}.`,
        ]
      : []),
  ];
}
