import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { tableFromIPC } from 'apache-arrow';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { intentionIdSchema, type PersonId, personIdSchema } from '#shared/domain/ids.ts';
import { passReviewSchema } from '#shared/domain/pass-review.ts';
import type { QcEvent, ShownEvent } from '#shared/domain/qc.ts';
import { reportFormats, reportLanguages } from '#shared/domain/qc-report.ts';
import { rational } from '#shared/domain/rational.ts';
import { messages } from '#shared/i18n/messages.ts';
import { wordMoment } from '#shared/i18n/moment.ts';
import { measuresFor } from '../every-measure.ts';
import type { Series } from '../series.ts';
import { readForeignReport } from './foreign-report.ts';
import { worstOf } from './html-findings.ts';
import { escapeHtml, filled } from './html-text.ts';
import { plainNumber, readNumber } from './plain-number.ts';
import { qctoolsSeries } from './qctools-series.ts';
import { recordedPass } from './recorded-pass.testbed.ts';
import { reportWriters } from './registry.ts';
import type { ReportReview } from './report-review.ts';
import { type ReportSource, reportMeasures } from './report-source.ts';
import { writeReport } from './write-report.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-reports-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Samples of a PAL tape with two channels; `value` says what stands where. */
function seriesOf(frames: number, value: (id: string, frame: number) => number): Series {
  const columns = new Map(
    measuresFor(2).map(({ id }) => [id, Float32Array.from({ length: frames }, (_, at) => value(id, at))]),
  );
  return {
    frames,
    frameRate: rational(25),
    bitDepth: 10,
    channels: 2,
    standard: 'PAL',
    column: (id) => columns.get(id) ?? new Float32Array(frames).fill(Number.NaN),
  };
}

function sourceOf(series: Series, events: ShownEvent[] = [], fileName = 'tape <1> & "co".mkv'): ReportSource {
  return {
    fileName,
    media: undefined,
    picture: { width: 720, height: 576, pixelFormat: 'yuv422p10le' },
    measuredArea: 'active',
    series,
    measures: reportMeasures(measuresFor(2), 2),
    result: {
      file: fileName,
      frames: series.frames,
      fps: '25/1',
      standard: 'PAL',
      profile: { id: 'test', name: 'Test profile' },
      events,
      summary: {
        info: 0,
        warn: 1,
        fail: 1,
        intended: 0,
        checks: ['signal-loss', 'black', 'silence', 'audio-clipping'],
        notJudged: [{ check: 'skew-error', reason: 'not-measured' }],
      },
    },
    profile: { id: 'test', name: 'Test profile', description: '', checks: {} },
    madeAt: new Date('2026-11-23T00:00:00Z'),
    review: undefined,
  };
}

const wavy = seriesOf(60, (id, frame) => {
  if (id.startsWith('peakDbfs.2') && frame < 10) return Number.NEGATIVE_INFINITY;
  if (id === 'tout') return Math.fround(0.000217 + frame / 1e6);
  return Math.fround(id.length * 17 + frame * 0.37);
});
const events: QcEvent[] = [
  {
    check: 'silence',
    startFrame: 30,
    endFrame: 59,
    severity: 'warn',
    confidence: 0.9,
    channels: [2],
    evidence: { peakDbfs: 'digital silence', limitDbfs: -60 },
    message: 'Silent --> for <30> frames|\nchannel 2',
  },
  {
    check: 'signal-loss',
    startFrame: 5,
    endFrame: 9,
    severity: 'fail',
    confidence: 0.95,
    evidence: { frames: 5 },
    message: 'Flat field.',
  },
];

let counter = 0;
async function written(
  source: ReportSource,
  format: keyof typeof reportWriters,
  language: 'en' | 'nl' | 'fr' = 'en',
) {
  const path = join(folder, `${counter++}-${format}${format === 'qctools' ? '.qctools.xml.gz' : ''}`);
  const writer = reportWriters[format];
  const { bytes } = await writeReport(path, writer.write(source, language), writer);
  expect((await stat(path)).size).toBe(bytes);
  return path;
}

describe('a QCTools report', () => {
  it('reads back as every value that was written', async () => {
    const report = await readForeignReport(await written(sourceOf(wavy), 'qctools'));
    if (report.tool !== 'qctools') throw new Error(report.tool);
    expect(report.isWhole).toBe(true);
    const { series, measures, picture } = qctoolsSeries(report.qctools, 'it');
    expect(series).toMatchObject({
      frames: 60,
      frameRate: { num: 25, den: 1 },
      bitDepth: 10,
      channels: 2,
      standard: 'PAL',
    });
    expect(picture).toEqual({ width: 720, height: 576, pixelFormat: 'yuv422p10le' });
    // Behind them what QCTools draws of all channels together.
    const own = measures.filter(({ id }) => !/^lavfi\.(?:astats\.Overall|r128|cropdetect\.[wh])/.test(id));
    expect(own).toEqual(reportMeasures(measuresFor(2), 2));
    for (const { id } of measuresFor(2)) expect([id, ...series.column(id)]).toEqual([id, ...wavy.column(id)]);
    expect(report.qctools.mediaName).toBe('tape <1> & "co".mkv');
  });

  it('keeps any numbers, and what was not measured, through a round trip', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.float({ noNaN: true, min: Math.fround(-1e9), max: Math.fround(1e9) }),
            fc.constant(Number.NaN),
          ),
          {
            minLength: 1,
            maxLength: 6,
          },
        ),
        async (values) => {
          const series = seriesOf(values.length, (_, frame) =>
            Math.abs(values[frame] as number) < 1e-30 ? 0 : (values[frame] as number),
          );
          const text = [...(reportWriters.qctools.write(sourceOf(series), 'en') as Iterable<string>)].join(
            '',
          );
          const path = join(folder, `round-${counter++}.xml`);
          await writeFile(path, text);
          const report = await readForeignReport(path);
          if (report.tool !== 'qctools') throw new Error(report.tool);
          const back = qctoolsSeries(report.qctools, path).series;
          for (const { id } of measuresFor(2)) expect([...back.column(id)]).toEqual([...series.column(id)]);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('has what the reader of QCTools stumbles without', async () => {
    const holes = seriesOf(3, (id, frame) => (frame === 1 ? Number.NaN : id.length));
    const text = gunzipSync(await readFile(await written(sourceOf(holes), 'qctools'))).toString('utf8');
    const frames = text.match(/<frame [^>]*>[\s\S]*?<\/frame>/g) ?? [];
    expect(frames).toHaveLength(6);
    for (const frame of frames) {
      expect(frame).toMatch(/stream_index="[01]" .*pkt_pts_time="\d+\.\d{7}" pkt_duration_time="0\.0400000"/);
      // Every key of the sound in every frame, as a number with a point or as nan.
      if (frame.includes('media_type="audio"')) {
        const astats = measuresFor(2).filter(({ key }) => key?.startsWith('lavfi.astats.'));
        const tags = frame.match(/<tag key="lavfi\.astats\.\d\.\w+" value="(-?\d+\.\d+|nan)"\/>/g);
        expect(tags).toHaveLength(astats.length);
      }
    }
    expect(text).toMatch(/<stream index="0" codec_type="video" .*bits_per_raw_sample="10"/);
    expect(text).not.toMatch(/ size="/);
  });
});

// Where ffmpeg's own schema and xmllint are (on Debian: the packages ffmpeg and libxml2-utils).
const schema = '/usr/share/ffmpeg/ffprobe.xsd';
const hasSchema = existsSync(schema) && spawnSync('xmllint', ['--version']).status === 0;
it.skipIf(!hasSchema)(
  "is valid by ffprobe's schema, but for two names that were others before ffmpeg 5",
  async () => {
    const report = gunzipSync(await readFile(await written(sourceOf(wavy), 'qctools'))).toString('utf8');
    const path = join(folder, 'for-the-schema.xml');
    await writeFile(path, report.replaceAll(' pkt_pts', ' pts'));
    const { status, stderr } = spawnSync('xmllint', ['--noout', '--schema', schema, path], {
      encoding: 'utf8',
    });
    expect([stderr.trim(), status]).toEqual([`${path} validates`, 0]);
  },
);

it('has every figure that the limits of qct-parse ask for', async () => {
  const text = gunzipSync(await readFile(await written(sourceOf(wavy), 'qctools'))).toString('utf8');
  const video = [...text.matchAll(/<frame media_type="video"[\s\S]*?<\/frame>/g)].map(([frame]) => frame);
  // The names in its profiles default, high, mid and lowTolerance; one that is missing stops it.
  const asked = ['YLOW', 'YHIGH', 'YMAX', 'ULOW', 'UHIGH', 'UMIN', 'UMAX', 'VLOW', 'VHIGH', 'VMIN', 'VMAX'];
  for (const name of [...asked, 'SATMAX', 'TOUT', 'VREP', 'YMIN', 'YDIF']) {
    const missing = video.filter((frame) => !frame.includes(`key="lavfi.signalstats.${name}"`));
    expect([name, missing.length]).toEqual([name, 0]);
  }
});

describe('tables', () => {
  it('writes CSV that other programs read', async () => {
    const rows = parse(await readFile(await written(sourceOf(wavy), 'csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows).toHaveLength(60);
    expect(rows[59]).toMatchObject({ frame: '59', time: '00:00:02.360' });
    expect(rows.map((row) => Math.fround(Number(row.tout)))).toEqual([...wavy.column('tout')]);
    expect(rows[3]?.['peakDbfs.2']).toBe('-inf');
  });

  it('writes Parquet with units, and NaN where nothing was measured', async () => {
    const holes = seriesOf(40, (_, frame) => (frame % 3 === 0 ? Number.NaN : frame / 7));
    const bytes = await readFile(await written(sourceOf(holes), 'parquet'));
    const file = new Uint8Array(bytes).buffer;
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(40);
    expect(rows.map((row) => row.yAvg)).toEqual([...holes.column('yAvg')]);
    expect(rows[39]).toMatchObject({ frame: 39, timeS: 39 / 25 });
    const facts = Object.fromEntries(
      (parquetMetadata(file).key_value_metadata ?? []).map(({ key, value }) => [key, value]),
    );
    expect(facts).toMatchObject({ frameRate: '25/1', bitDepth: '10', measuredArea: 'active' });
    expect(JSON.parse(facts.units ?? '')).toMatchObject({ yAvg: 'code', 'peakDbfs.1': 'dBFS' });
  });

  it('writes an Arrow file', async () => {
    const table = tableFromIPC(await readFile(await written(sourceOf(wavy), 'arrow')));
    expect(table.numRows).toBe(60);
    expect([...(table.getChild('tout')?.toArray() ?? [])]).toEqual([...wavy.column('tout')]);
    expect(table.schema.metadata.get('frameRate')).toBe('25/1');
  });

  it('writes an Arrow file of a long tape in stretches, which one table makes whole again', async () => {
    const long = { ...seriesOf(0, () => 0), frames: 21_700 };
    const column = Float32Array.from({ length: long.frames }, (_, frame) => frame % 1000);
    const whole = sourceOf({ ...long, column: () => column });
    const path = await written({ ...whole, measures: whole.measures.slice(0, 2) }, 'arrow');
    const table = tableFromIPC(await readFile(path));
    expect([table.numRows, table.batches.length]).toEqual([21_700, 2]);
    expect(table.getChild(whole.measures[1]?.id ?? '')?.toArray()).toEqual(column);
    expect(table.get(21_650)?.toJSON()).toMatchObject({ frame: 21_650, timeS: 866 });
  });
});

describe('markers', () => {
  it('writes cues that no text can break', async () => {
    const text = await readFile(await written(sourceOf(wavy, events), 'vtt'), 'utf8');
    expect(text.startsWith('WEBVTT\n\n')).toBe(true);
    expect(text.match(/-->/g)).toHaveLength(2);
    expect(text).toContain(
      '00:00:01.200 --> 00:00:02.400\n[warn] Silence (channel 2)\nSilent --&gt; for &lt;30&gt; frames| channel 2\n',
    );
  });

  it('writes an edit list in the order of the tape', async () => {
    const text = await readFile(await written(sourceOf(wavy, events), 'edl', 'fr'), 'latin1');
    expect(text).toMatch(/^TITLE: tape <1> & "co"\.mkv\r\nFCM: NON-DROP FRAME\r\n/);
    const lines = text.split('\r\n');
    expect(lines.filter((line) => /^\d{3} {2}/.test(line))).toEqual([
      '001  001      V     C        00:00:00:05 00:00:00:06 00:00:00:05 00:00:00:06  ',
      '002  001      V     C        00:00:01:05 00:00:01:06 00:00:01:05 00:00:01:06  ',
    ]);
    expect(text).toContain('Aucune image de la bande pendant 5 images : un aplat');
    expect(await readFile(await written(sourceOf(wavy, events), 'edl'), 'latin1')).toContain(
      'Flat field. |C:ResolveColorRed |M:',
    );
    expect(text).toMatch(/\|M:Silence \(canal 2\) \|D:30\r\n/);
    expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
  });
});

describe('what the artist meant', () => {
  const intended = {
    intentionId: intentionIdSchema.parse('019a0000-0000-7000-8000-000000000001'),
    reason: 'A <blue> room.',
    statedAt: '2026-11-23T03:00:00.000Z',
    statedBy: personIdSchema.parse('019a0000-0000-7000-8000-000000000002'),
  };
  const [silent, flat] = events as [ShownEvent, ShownEvent];
  const source = sourceOf(wavy, [{ ...flat, intended }, silent]);
  source.result.summary = { ...source.result.summary, fail: 0, intended: 1 };

  it('stays in every form of the report, and is told from a fault', async () => {
    expect(await readFile(await written(source, 'vtt'), 'utf8')).toContain('[Intended by the artist] Signal');
    const edl = await readFile(await written(source, 'edl'), 'utf8');
    expect(edl).toMatch(/Intended by the artist: A <blue> room\. .+ \|C:ResolveColorBlue \|M:/);
    const page = await readFile(await written(source, 'html', 'nl'), 'utf8');
    expect(page).toContain('<article class="info">');
    expect(page).not.toMatch(/class="(fail|tag fail|fail solid)"/);
    expect(page).toContain('A &lt;blue&gt; room.');
    expect(page).toContain('<p>Er is 5 beelden lang geen beeld van de band');
    expect(page).not.toContain('Flat field.');
    expect(page).toContain('Gemerkt als bedoeld door de kunstenaar, en niet meegeteld: 1.');
  });
});

describe('what somebody called a false alarm', () => {
  const [silent, flat] = events as [ShownEvent, ShownEvent];
  const judged = { judgement: 'dismissed' } as NonNullable<ShownEvent['judged']>;

  it('is told beside the count, and neither heads the page nor is drawn as a fault', async () => {
    const page = await readFile(await written(sourceOf(wavy, [{ ...flat, judged }, silent]), 'html'), 'utf8');
    expect(page).toContain('people confirmed 0 and called 1 a false alarm; 1 not judged.');
    expect(page).not.toContain('<section class="verdict fail">');
    expect(page).toMatch(/<rect class="fail hollow"/);
    expect(page).not.toMatch(/<rect class="fail( solid)?"/);
  });
});

describe('what people said of a pass', () => {
  const uuid = (end: number) => `019a0000-0000-7000-8000-${String(end).padStart(12, '0')}`;
  const [ada, bo] = [uuid(1), uuid(2)].map((id) => personIdSchema.parse(id)) as [PersonId, PersonId];
  const at = '2026-11-23T09:00:00.000Z';
  const [silent, flat] = events as [ShownEvent, ShownEvent];
  const place = { channels: silent.channels, startFrame: silent.startFrame, endFrame: silent.endFrame };
  const review: ReportReview = {
    subject: { tape: 'VT-<1>, Played, An artist', passNumber: 2 },
    pass: recordedPass(),
    nameOf: (id) => ({ [ada]: 'Ada <Maes>', [bo]: 'Bo' })[id] ?? id,
    terms: [{ id: 'video-dropout', title: { en: 'Dropout', nl: 'Uitval', fr: 'Drop-out' } }],
    said: passReviewSchema.parse({
      ...{
        passId: uuid(3),
        outcome: 'disputed',
        holding: null,
        qcRunId: uuid(4),
        masterSha256: null,
        files: { copy: null, master: null, provedAt: null },
        names: {},
      },
      decisions: [
        {
          ...{ id: uuid(5), passId: uuid(3), qcRunId: uuid(4), check: silent.check, ...place },
          ...{ judgement: 'dismissed', origin: null, remark: '', decidedAt: at, decidedBy: ada },
        },
        {
          ...{ id: uuid(6), passId: uuid(3), qcRunId: uuid(4), check: silent.check, ...place },
          ...{
            judgement: 'accepted',
            origin: 'tape',
            remark: 'Heard it & again.',
            decidedAt: at,
            decidedBy: bo,
          },
        },
      ],
      notes: [
        {
          ...{
            id: uuid(7),
            passId: uuid(3),
            startFrame: 40,
            endFrame: 44,
            stillFrame: 41,
            term: 'video-dropout',
          },
          ...{ region: { x: 8, y: 16, width: 32, height: 4 }, origin: 'playback', severity: 'warn' },
          ...{ words: 'Five lines --> gone.', notedAt: at, notedBy: ada, withdrawn: null },
        },
        {
          ...{
            id: uuid(8),
            passId: uuid(3),
            startFrame: 2,
            endFrame: 2,
            words: 'A hair.',
            notedAt: at,
            notedBy: bo,
          },
          withdrawn: { at, by: bo, reason: 'It is meant.' },
        },
      ],
      watched: [{ personId: ada, ranges: [{ startFrame: 0, endFrame: 29 }] }],
      opinions: [
        {
          ...{
            id: uuid(9),
            seq: 4,
            passId: uuid(3),
            askedBy: ada,
            of: bo,
            question: 'Is it rain?',
            askedAt: at,
          },
          withdrawn: null,
        },
      ],
      verdicts: [
        { seq: 3, verdict: 'reject', givenBy: ada, reason: 'The head is <missing>.' },
        { seq: 5, verdict: 'accept', givenBy: bo, reason: '', writtenBy: ada },
      ].map((verdict) => ({
        ...{ id: uuid(20 + verdict.seq), passId: uuid(3), qcRunId: uuid(4), settles: false, givenAt: at },
        ...{ master: { fileId: uuid(30), sha256: 'b'.repeat(64) }, ...verdict },
        basis: {
          ...{ events: 2, judgedEvents: 1, planId: 'head-middle-tail' },
          ...{ planFrames: 60, watchedPlanFrames: 30, watchedFrames: 30 },
          ...(verdict.writtenBy && {
            judgedBy: [{ personId: ada, events: 1 }],
            watchedOf: { masterFrames: 5, copyFrames: 25 },
            files: { copy: 'partly-told', master: 'as-sealed', provedAt: at },
          }),
        },
      })),
    }),
  };
  const judged = {
    ...silent,
    judged: { judgement: 'accepted', origin: 'tape', remark: '', decidedBy: bo, decidedAt: at },
  } as ShownEvent;
  const source = { ...sourceOf(wavy, [judged, flat]), review };

  it.each([
    [
      'en',
      'people disagree',
      'there, tape',
      'false alarm',
      'playback',
      'Dropout',
      'asks Bo for a second opinion',
    ],
    [
      'nl',
      'men is het oneens',
      'aanwezig, band',
      'vals alarm',
      'afspelen',
      'Uitval',
      'vraagt Bo om een tweede',
    ],
    [
      'fr',
      'avis divergents',
      'présent, bande',
      'fausse alerte',
      'lecture',
      'Drop-out',
      'demande un second avis',
    ],
  ] as const)('is on the page, with who and when, in %s', async (language, ...told) => {
    const page = await readFile(await written(source, 'html', language), 'utf8');
    const wanted = [
      ...told,
      ...['Ada &lt;Maes&gt;', 'The head is &lt;missing&gt;.', 'Five lines --&gt; gone.', '<s>A hair.</s>'],
      ...['It is meant.', 'Heard it &amp; again.', '09:00:00 UTC', 'b'.repeat(64)],
    ];
    const { judging } = messages[language];
    wanted.push(
      ...[judging.copy['partly-told'], judging.masterNow['as-sealed']].map(escapeHtml),
      ...[
        filled(judging.judgedBy, { names: 'Ada <Maes> 1' }),
        filled(judging.writtenFor, { by: 'Ada <Maes>', name: 'Bo' }),
        filled(judging.provedAt, { at: wordMoment(at, language) }),
        filled(judging.seenAs, { copy: '00:00:01.000', master: '00:00:00.200' }),
      ].map(escapeHtml),
    );
    // A page is long: only what is missing is told.
    expect(wanted.filter((words) => !page.includes(words))).toEqual([]);
    // Watched: half of the pass, and of the sample that is all of so short a one.
    expect(page.match(/00:00:01\.200 \/ 00:00:02\.400/g)?.length).toBeGreaterThanOrEqual(2);
    // The earlier word is struck, not gone.
    expect([page.includes(`<s>${told[2]}</s>`), page.includes(`<b>${told[1]}</b>`)]).toEqual([true, true]);
    expect(/\{\{|undefined/.exec(page)).toBeNull();
    // The list of all that was found tells of each who said so and when, also where there is no card for it.
    const [, judgedAs = ''] = told;
    const row = page
      .slice(page.lastIndexOf('<table class="events">'))
      .split('<tr>')
      .find((one) => one.includes(judgedAs));
    expect(row).toContain(`<small>Bo, ${wordMoment(at, language)}</small>`);
    expect(page).toContain(`(Bo, ${wordMoment(at, language)})`);
    expect(page).toContain('<h1>VT-&lt;1&gt;, Played, An artist</h1>');
  });

  it('goes with the markers and the rows of other tools', async () => {
    const cues = await readFile(await written(source, 'vtt'), 'utf8');
    expect(cues).toContain('[warn: there, tape] Silence (channel 2)');
    expect(cues).toContain(
      '00:00:01.600 --> 00:00:01.800\n[Note] Dropout: Five lines --&gt; gone (playback), Ada &lt;Maes&gt;\n',
    );
    expect(cues).not.toContain('A hair.');
    // Some players drop a cue that begins before the one before it.
    const starts = [...cues.matchAll(/^(\S+) --> /gm)].map(([, start]) => start ?? '');
    expect(starts).toEqual(starts.toSorted());
    const list = await readFile(await written(source, 'edl'), 'utf8');
    expect(list).toContain('there, tape. Silent');
    expect(list).toContain(
      'Dropout: Five lines --> gone (playback), Ada <Maes> |C:ResolveColorGreen |M:Note |D:5',
    );
    const rows = parse(await readFile(await written(source, 'csv')), { columns: true }) as Record<
      string,
      string
    >[];
    expect(rows[30]).toMatchObject({ findings: 'silence', judged: 'accepted:tape' });
    expect(rows[flat.startFrame]).toMatchObject({ findings: flat.check, judged: '-' });
    expect(rows[0]).toMatchObject({ findings: '', judged: '' });
  });

  it('is not told of a file that is no pass', async () => {
    const page = await readFile(await written(sourceOf(wavy, [judged, flat]), 'html'), 'utf8');
    expect(page).not.toContain('What people made of it');
    expect(await readFile(await written(sourceOf(wavy), 'csv'), 'utf8')).not.toContain('judged');
  });
});

it('tells of the file as a file: in words, and nowhere along the tape', async () => {
  const whole = { ...{ check: 'file-aspect', startFrame: 0, endFrame: 59 }, severity: 'warn' as const };
  const told = { confidence: 1, evidence: { measured: '1.25:1' }, message: 'A shape that no tape has.' };
  const page = await readFile(await written(sourceOf(wavy, [{ ...whole, ...told }]), 'html'), 'utf8');
  expect(page).toContain('<h3>Shape of the picture</h3><p>The shape in which the picture is to be shown');
  expect(page).toContain('A shape that no tape has.');
  expect(page).not.toMatch(/<rect class="warn|<figure class="map">/);
});

describe('the page', () => {
  it.each(reportLanguages)('stands alone, in %s', async (language) => {
    const page = await readFile(
      await written(sourceOf(wavy, events, '<script>alert(1)</script>.mkv'), 'html', language),
      'utf8',
    );
    expect(page).not.toMatch(/<script|<link|@import|src="http|url\(/i);
    expect(page).toContain('<dd>625/50 (PAL, SECAM)</dd>');
    expect(page).toContain('<dd>720 × 576, yuv422p10le</dd>');
    expect(page).toContain(`<html lang="${language}">`);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;.mkv');
    expect(page).not.toContain('{{');
    expect(page).toContain('AV Spex');
    const { heading, why, needs } = messages[language].qc.notJudged;
    expect(page).toContain(`<h3>${heading}</h3>`);
    expect(page).toContain(`${why['not-measured']}. ${needs['skew-error']}`);
  });

  it('draws a spike of one frame in ten thousand', async () => {
    const spike = seriesOf(10_000, (id, frame) => (id === 'yMax' && frame === 7777 ? 1023 : 500));
    const page = await readFile(await written(sourceOf(spike), 'html'), 'utf8');
    const luma = /<figure><figcaption>Brightness[\s\S]*?<\/figure>/.exec(page)?.[0] ?? '';
    const bands = [...luma.matchAll(/<polygon class="l\d" points="([^"]*)"/g)].map(([, points = '']) =>
      Math.min(...points.split(' ').map((point) => Number(point.split(',')[1]))),
    );
    expect(bands).toHaveLength(5);
    // The top of the scale, and the four other lanes in the middle.
    expect(bands.at(-1)).toBe(4);
    expect(Math.min(...bands.slice(0, 4))).toBeGreaterThan(50);
  });
});

it('writes every form of nothing and of one frame', async () => {
  for (const format of reportFormats) {
    for (const frames of [0, 1]) await written(sourceOf(seriesOf(frames, () => Number.NaN)), format);
  }
});

it('never writes over a file, and takes back what it cannot finish', async () => {
  const path = join(folder, 'precious.csv');
  await writeFile(path, 'mine');
  const pieces = reportWriters.csv.write(sourceOf(wavy), 'en');
  await expect(writeReport(path, pieces, { gzip: false })).rejects.toMatchObject({ code: 'FILE_EXISTS' });
  expect(await readFile(path, 'utf8')).toBe('mine');
  const half = join(folder, 'half.csv');
  const failing = (function* () {
    yield 'a'.repeat(1e6);
    throw new RangeError('broken');
  })();
  await expect(writeReport(half, failing, { gzip: true })).rejects.toThrow('broken');
  await expect(stat(half)).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(writeReport(join(folder, 'no', 'a.csv'), [], { gzip: false })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});

it('writes numbers without exponents that read back as they were', () => {
  fc.assert(
    fc.property(fc.float({ min: Math.fround(-1e12), max: Math.fround(1e12) }), (value) => {
      const text = plainNumber(value, 1);
      expect(text).not.toMatch(/e/i);
      expect(Math.fround(readNumber(text)) + 0).toBe(value + 0);
      if (Number.isFinite(value)) expect(text).toContain('.');
    }),
  );
});

it('reads a report that ends in the middle as far as it goes', async () => {
  const whole = await readFile(await written(sourceOf(wavy), 'qctools'));
  const cut = join(folder, 'cut.qctools.xml.gz');
  await writeFile(cut, whole.subarray(0, Math.floor(whole.length / 2)));
  const report = await readForeignReport(cut);
  expect(report).toMatchObject({ tool: 'qctools', isWhole: false });
  await writeFile(join(folder, 'garbage.gz'), gzipSync('no report'));
  await expect(readForeignReport(join(folder, 'garbage.gz'))).rejects.toMatchObject({
    code: 'FILE_UNREADABLE',
  });
});

describe('the first screen of the page', () => {
  const event = (
    check: string,
    severity: QcEvent['severity'],
    startFrame: number,
    endFrame: number,
  ): QcEvent => ({
    ...{
      check,
      severity,
      startFrame,
      endFrame,
      confidence: 1,
      evidence: {},
      message: `${check} ${startFrame}`,
    },
  });

  it('is the worst by checks in turn, the longest first, without what people called a false alarm', () => {
    const dropouts = Array.from({ length: 20 }, (_, at) => event('video-dropout', 'warn', at, at));
    const dismissed = {
      ...event('freeze', 'fail', 0, 59),
      judged: { judgement: 'dismissed' },
    } as unknown as ShownEvent;
    const loss = event('signal-loss', 'fail', 5, 9);
    const hum = event('hum', 'warn', 0, 50);
    const worst = worstOf([...dropouts, dismissed, hum, event('black', 'info', 0, 59), loss]);
    expect(worst).toHaveLength(8);
    expect(worst.slice(0, 3)).toEqual([loss, hum, dropouts[0]]);
    expect(worstOf([event('black', 'info', 0, 59)])).toEqual([]);
    expect(worst.slice(3).every(({ check }) => check === 'video-dropout')).toBe(true);
  });

  it('has limits, method and all else behind it, folded away', async () => {
    const page = await readFile(await written(sourceOf(wavy, events), 'html', 'nl'), 'utf8');
    const at = (text: string) => page.indexOf(text);
    const { report } = messages.nl.qc;
    const order = [report.worst, report.graphs, '<details class="', report.limits, report.method].map(
      (text) => at(`>${text}`.replace('><', '<')),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    // What a limit is and why it is so, in the page's language.
    expect(page).toContain('Eigen: ');
    expect(page.slice(at(report.limits)).match(/<span lang="en">Own: /)).toBeNull();
  });
});
