import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '#shared/i18n/counted.ts';
import type { HelicalClient } from '../attach.ts';
import { findInstallation } from '../installation.ts';
import { action, type Cli, onDataFolder } from './command.ts';
import { recordForReview } from './demo-for-review.ts';
import { eventLines } from './event-lines.ts';
import { positiveNumber } from './numbers.ts';
import { recordPass } from './record-pass.ts';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('the whole job on a simulated tape: register, record, prove, measure, package, verify')
    .option('--out <dir>', 'data folder for all of it; a new one in the current folder when left out')
    .option('--seconds <number>', 'length of the tape', positiveNumber, 10)
    .option('--for-review', 'also a tape in trouble, played twice: something to learn Review with')
    .action(
      action(async (cli, options: DemoOptions) => {
        const dataDir = await demoFolder(cli, options.out);
        return runDemo(onDataFolder(cli, dataDir), options);
      }),
    );
}

interface DemoOptions {
  out?: string;
  seconds: number;
  forReview?: boolean;
}

async function runDemo(cli: Cli, { seconds, forReview = false }: DemoOptions) {
  const { output, dataDir } = cli;
  const timings: Record<string, number> = {};
  const startedMs = performance.now();
  let lapMs = startedMs;
  const lap = (name: string): void => {
    const nowMs = performance.now();
    timings[`${name}Ms`] = Math.round(nowMs - lapMs);
    lapMs = nowMs;
  };
  const result = await cli.onNewEngine(async (client) => {
    const identifier = `DEMO-${stamp()}`;
    const { source, raster } = await chooseTape(cli, client, seconds);
    lap('preflight');
    await client.tapes.register({
      identifier,
      format: 'betacamsp',
      title: 'A simulated tape',
      artist: 'Helical',
      standard: 'PAL',
    });
    const recorded = await recordPass(
      client,
      { tape: identifier, source, chainName: 'Simulated deck', durationS: seconds },
      output,
      (phase) => {
        if (phase === 'armed') lap('arm');
        if (phase === 'recorded') lap('record');
        if (phase === 'settled') lap('seal');
      },
    );
    const { passId, files, sealed } = recorded;
    const { qcEvents } = await client.passes.show({ passId });
    const pathOf = (role: string) => files.find((file) => file.role === role)?.path ?? null;
    const shown = {
      passId,
      tape: identifier,
      raster: nameOf(raster),
      sealed,
      frames: recorded.frames,
      dropped: recorded.dropped,
      master: pathOf('master'),
      access: pathOf('access'),
      events: qcEvents,
    };
    if (!sealed) return { ...shown, package: null, verified: false, toReview: [] };
    await client.batches.create({ name: identifier, tapes: [identifier] });
    const to = join(dataDir, 'deliveries', identifier);
    const exported = await client.batches.exportTo({ batch: identifier, to });
    lap('package');
    const verified = await client.batches.verifyPaths({ paths: [to] });
    lap('verify');
    const toReview = forReview
      ? await recordForReview(client, output, { dataDir, identifier: `${identifier}-TROUBLED`, raster })
      : [];
    if (forReview) lap('toReview');
    for (const problem of [...exported.problems, ...verified.items.flatMap((item) => item.problems)]) {
      output.note(`${problem.rule}: ${problem.message}`);
    }
    const isGood = exported.packages.length > 0 && exported.packages.every(({ ok }) => ok) && verified.ok;
    return { ...shown, package: exported.packages[0]?.path ?? null, verified: isGood, toReview };
  });
  timings.totalMs = Math.round(performance.now() - startedMs);
  const report = { ...result, timings };
  output.result(report, () =>
    [
      `${counted(result.frames, 'frame')} recorded, ${result.dropped} dropped; ${result.sealed ? 'sealed' : 'NOT sealed'}.`,
      `Master:  ${result.master ?? 'none'}`,
      `Access:  ${result.access ?? 'none'}`,
      `Package: ${result.package ?? 'none'} (${result.verified ? 'verified' : 'NOT verified'})`,
      ...result.toReview.map(
        (passId, index) => `To review: playing ${index + 1} of ${result.tape}-TROUBLED is pass ${passId}`,
      ),
      ...eventLines(result.events).map((line) => `  ${line}`),
      Object.entries(timings)
        .map(([name, ms]) => `${name.replace('Ms', '')} ${(ms / 1000).toFixed(1)} s`)
        .join(', '),
      'Look at it in a browser, with the link that the second of these prints:',
      `  npm run build`,
      `  npm run -s helical -- serve --data ${shellWord(dataDir)} --role manager`,
    ].join('\n'),
  );
  return result.sealed && result.verified && result.dropped === 0 ? 0 : 1;
}

/** A path as a shell takes it. */
function shellWord(path: string): string {
  return /^[\w./:@+-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

const fullRaster = { width: 720, height: 576 };
/** Smaller pictures, for machines that do not hold the full one in real time. */
const smallerRasters = [
  { width: 480, height: 384 },
  { width: 360, height: 288 },
  { width: 192, height: 144 },
];
/** The budget asks for 1.3 times real time; what is reckoned from another picture needs more room. */
const safeSpeed = 1.6;

/** The first shipped tape, in the largest picture that this machine holds now. */
async function chooseTape({ output, dataDir }: Cli, client: HelicalClient, durationS: number) {
  const full = await client.capture.budget({ source: 'simulator', durationS });
  output.note(full.message);
  if (full.fits) return { source: 'simulator', raster: fullRaster };
  const area = ({ width, height }: typeof fullRaster) => width * height;
  const held = smallerRasters.filter(
    (raster) => ((full.speed ?? 0) * area(fullRaster)) / area(raster) >= safeSpeed,
  );
  const [first, ...others] = held.length > 0 ? held : smallerRasters.slice(-1);
  for (const raster of [first, ...others]) {
    if (raster === undefined) continue;
    const source = await smallerTape(dataDir, raster);
    const { fits } = await client.capture.budget({ source, durationS });
    if (!fits && raster !== smallerRasters.at(-1)) continue;
    output.note(
      `The full picture is too much for this machine just now: the demo records ${nameOf(raster)}.`,
    );
    return { source, raster };
  }
  throw new Error('no raster was tried');
}

async function smallerTape(dataDir: string, raster: typeof fullRaster): Promise<string> {
  const shipped = join(findInstallation().resourcesDir, 'recipes', 'programme-pal.json');
  const recipe = JSON.parse(await readFile(shipped, 'utf8')) as Record<string, unknown>;
  const path = join(dataDir, `demo-${nameOf(raster)}.json`);
  const name = `programme-pal-${nameOf(raster)}`;
  await writeFile(path, `${JSON.stringify({ ...recipe, name, raster }, null, 2)}\n`);
  return `simulator:${path}`;
}

const nameOf = ({ width, height }: typeof fullRaster): string => `${width}x${height}`;

/** A folder named is used as it is, since each run has its own tape; a new one never takes the place of another. */
async function demoFolder(cli: Cli, named: string | undefined): Promise<string> {
  if (named !== undefined) return resolve(named);
  if (cli.isDataNamed) return cli.dataDir;
  for (let attempt = 1; ; attempt += 1) {
    const path = resolve(`helical-demo-${stamp()}${attempt === 1 ? '' : `-${attempt}`}`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Local time down to milliseconds, for names: two runs never share one. */
function stamp(): string {
  return new Date()
    .toISOString()
    .replaceAll(/[-:]/g, '')
    .replace('T', '-')
    .replace('.', '-')
    .replace('Z', '');
}
