import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { execa } from 'execa';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { dvReportClean, dvReportWithErrors } from '#core/essence/dv-report.fixture.ts';
import { locateFfmpeg } from '#core/ffmpeg/locate.ts';
import { createQc } from '../create-qc.ts';
import { looksLikeReport, readForeignReport } from './foreign-report.ts';
import { mediaconchImplementation, mediaconchOwnPolicy, mediaconchPolicies } from './mediaconch.fixture.ts';
import { qctoolsSeries } from './qctools-series.ts';
import { summariseReport } from './report-summary.ts';
import { createXmlReader, XmlFault } from './xml-reader.ts';

const folder = await mkdtemp(join(tmpdir(), 'helical-foreign-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const ffmpeg = await locateFfmpeg();
const qc = createQc({ profiles: [{ id: 'test', name: 'Test', description: '', checks: {} }], ffmpeg });

let counter = 0;
async function kept(content: string | Uint8Array, name = 'report.xml'): Promise<string> {
  const path = join(folder, `${counter++}-${name}`);
  await writeFile(path, content);
  return path;
}

/** By the recipe of QCTools' Docs/data_format.md: twelve frames of flat blue, tone on the left and silence on the right. */
const graph =
  'color=c=blue:s=64x48:r=25:d=0.48,signalstats=stat=tout+vrep+brng[out0];' +
  "aevalsrc='0.5*sin(2*PI*440*t)|0':s=48000:d=0.48,astats=metadata=1:reset=1[out1]";
const { stdout: made } = await execa(ffmpeg.ffprobePath, [
  ...['-v', 'error', '-f', 'lavfi', '-i', graph],
  ...['-show_frames', '-show_streams', '-show_versions', '-of', 'xml=x=1:q=1', '-noprivate'],
]);

describe('a report by the recipe of QCTools', () => {
  it('is read with every number that ffprobe wrote', async () => {
    const report = await readForeignReport(await kept(gzipSync(made), 'a.mkv.qctools.xml.gz'));
    if (report.tool !== 'qctools') throw new Error(report.tool);
    const { series, measures } = qctoolsSeries(report.qctools, 'it');
    expect(series).toMatchObject({ frames: 12, frameRate: { num: 25, den: 1 }, bitDepth: 8, channels: 2 });
    const said = [...made.matchAll(/key="lavfi\.signalstats\.YAVG" value="([^"]*)"/g)].map(([, value]) =>
      Math.fround(Number(value)),
    );
    expect([...series.column('yAvg')]).toEqual(said);
    expect(said).toHaveLength(12);
    // -6.02 dBFS; sound of 1024 samples falls to pictures of 1920.
    for (const value of series.column('peakDbfs.1')) expect(value).toBeCloseTo(-6.02, 1);
    expect([...series.column('peakDbfs.2')]).toEqual(new Array(12).fill(Number.NEGATIVE_INFINITY));
    expect(measures.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['satLow', 'largestStep.1', 'lavfi.astats.Overall.Peak_level']),
    );
    expect(report.qctools.writer).toMatch(/^ffprobe \S/);
  });

  it('is judged by our checks without a decode, and turned into another form', async () => {
    const path = await kept(gzipSync(made), 'b.qctools.xml.gz');
    const { events, frames } = await qc.measureFile(path, undefined);
    expect(frames).toBe(12);
    expect(events.map(({ check }) => check)).toContain('signal-loss');
    const to = join(folder, 'b.csv');
    await qc.reportFile(path, undefined, { format: 'csv', language: 'en', to });
    await expect(qc.reportFile(path, undefined, { format: 'csv', language: 'en', to })).rejects.toMatchObject(
      {
        code: 'FILE_EXISTS',
      },
    );
  });

  it('is found in the attachment of a .qctools.mkv, not in its thumbnails', async () => {
    const attached = await kept(gzipSync(made), 'c.qctools.xml.gz');
    const path = join(folder, 'c.qctools.mkv');
    await execa(ffmpeg.ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=72x72:r=25:d=0.2', '-c:v', 'mjpeg'],
      ...['-attach', attached, '-metadata:s:t', 'mimetype=application/x-qctools-xml-gz', path],
    ]);
    expect(await looksLikeReport(path)).toBe(true);
    expect((await qc.measureFile(path, undefined)).frames).toBe(12);
    expect(await summariseReport(path)).toMatchObject({
      tool: 'qctools',
      isWhole: true,
      files: [{ frames: 12 }],
    });
  });

  it('says where one ends that is cut', async () => {
    const cut = await kept(made.slice(0, made.indexOf('</frame>', made.length / 2) + 30));
    expect(await summariseReport(cut)).toMatchObject({ tool: 'qctools', isWhole: false });
    await expect(qc.measureFile(cut, undefined)).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      problem: expect.stringContaining('is cut'),
    });
    const to = join(folder, 'cut.vtt');
    const written = await qc.reportFile(cut, undefined, { format: 'vtt', language: 'nl', to });
    expect(written.cutAtFrame).toBeGreaterThan(0);
  });

  it('keeps the comments that people wrote in QCTools', async () => {
    const commented = made.replace(
      '</frame>',
      '<tag key="qctools.comment" value="head clog &amp; tears"/></frame>',
    );
    expect(await summariseReport(await kept(commented))).toMatchObject({
      files: [{ problems: [{ where: 'frame 0', what: 'comment: head clog & tears' }] }],
    });
  });
});

describe('other tools', () => {
  it('tells what MediaConch did not pass, and where', async () => {
    expect(await summariseReport(await kept(mediaconchImplementation))).toEqual({
      tool: 'mediaconch',
      isWhole: true,
      files: [
        {
          name: 'out & about.mkv',
          frames: undefined,
          facts: { applied: 4, passed: 2 },
          problems: [
            {
              where: 'MKV-SEEK-RESOLVE, byte 482161287',
              what: 'fail, The Seek Element at 482161284 octets references an Element that is not there.',
            },
          ],
        },
        { name: 'second.mkv', frames: undefined, facts: { applied: 0, passed: 0 }, problems: [] },
      ],
    });
    const [policies] = (await summariseReport(await kept(mediaconchPolicies))).files;
    expect(policies).toMatchObject({
      facts: { applied: 3, passed: 1 },
      problems: [
        { where: 'Video Height equals 486 (pixels)', what: 'fail, is not equal, found 540' },
        { where: 'House rules / Video / Is it FFV1?', what: 'fail, found AVC, asked FFV1' },
      ],
    });
  });

  it('takes neither a note of MediaConch for a problem, nor the one of two rules that need not hold', async () => {
    const [house] = (await summariseReport(await kept(mediaconchOwnPolicy))).files;
    expect(house).toMatchObject({
      facts: { applied: 6, passed: 2 },
      problems: [
        { where: 'House / Width is 720', what: 'fail, found 192, asked 720' },
        { where: 'House / Rate is 29.97', what: 'warn, found 25.000, asked 29.970' },
      ],
    });
  });

  it('tells which frames dvrescue found damaged', async () => {
    const { files } = await summariseReport(await kept(dvReportWithErrors));
    expect(files[0]).toMatchObject({ frames: 32, facts: { recordings: 2 } });
    expect(files[0]?.problems[0]).toEqual({
      where: 'frame 1, 00:07:44;17',
      what: '274 video blocks, 9 audio blocks',
    });
    expect((await summariseReport(await kept(dvReportClean))).files[0]?.problems).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['a page', '<html><body/></html>'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "c">]><ffprobe>&b;</ffprobe>'],
    ['half of MediaConch', mediaconchImplementation.slice(0, 700)],
    ['half of dvrescue', dvReportWithErrors.slice(0, 700)],
    ['no frame', '<ffprobe:ffprobe><frames></frames></ffprobe:ffprobe>'],
    ['a tag without end', `<ffprobe ${'a'.repeat(3e6)}`],
  ])('says what is wrong with %s', async (_what, text) => {
    await expect(summariseReport(await kept(text))).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});

describe('XML', () => {
  const seen = (pieces: readonly string[]) => {
    const events: unknown[] = [];
    const reader = createXmlReader({
      open: (name, is) => events.push(['open', name, ...is]),
      close: (name) => events.push(['close', name]),
      comment: (text) => events.push(['comment', text]),
    });
    for (const piece of pieces) reader.write(piece);
    reader.end();
    return events;
  };
  const tricky = `<?xml version="1.0"?><!-- a > b --><r a='x > "y"' b="it's &lt;&#65;&#x42;&amp;lt;"><![CDATA[<no>]]><e/><e c = "1" ></e></r>\n`;

  it('is the same in pieces of any size', () => {
    const whole = seen([tricky]);
    expect(whole).toContainEqual(['open', 'r', ['a', 'x > "y"'], ['b', "it's <AB&lt;"]]);
    fc.assert(
      fc.property(fc.array(fc.nat({ max: tricky.length }), { maxLength: 8 }), (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), tricky.length];
        expect(seen(edges.slice(1).map((edge, at) => tricky.slice(edges[at], edge)))).toEqual(whole);
      }),
    );
  });

  it('ends with a fault, and nothing else, whatever comes', () => {
    const texts = [tricky, made.slice(0, 4000), mediaconchPolicies];
    fc.assert(
      fc.property(
        fc.constantFrom(...texts),
        fc.array(
          fc.tuple(
            fc.nat(),
            fc.constantFrom('<', '>', '"', "'", '&', '/', '=', '!', '\0', '\ud800', ' ', ''),
          ),
          { maxLength: 6 },
        ),
        (text, changes) => {
          let changed = text;
          for (const [at, put] of changes)
            changed = changed.slice(0, at % changed.length) + put + changed.slice((at % changed.length) + 1);
          try {
            seen([changed]);
          } catch (error) {
            expect(error).toBeInstanceOf(XmlFault);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

it('reads mutated reports or says what is wrong, and never anything else', async () => {
  const texts = [made, mediaconchImplementation, mediaconchPolicies, dvReportWithErrors];
  const compressed = gzipSync(made);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Uint8Array>(...texts.map((text) => Buffer.from(text)), compressed),
      fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 5 }),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      async (bytes, changes, share) => {
        const changed = Uint8Array.from(bytes);
        for (const [at, value] of changes) changed[at % changed.length] = value;
        const path = await kept(
          share === null ? changed : changed.subarray(0, Math.floor(share * changed.length)),
        );
        await summariseReport(path).then(
          ({ files }) => expect(files).toBeInstanceOf(Array),
          (error) => expect(error).toMatchObject({ name: 'HelicalError', code: 'FILE_UNREADABLE' }),
        );
      },
    ),
    { numRuns: 60 },
  );
});
