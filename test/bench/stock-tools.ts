import {
  type AccessSource,
  accessOutputArguments,
  accessVideoFilters,
} from '#core/ffmpeg/access-copy-arguments.ts';

/**
 * The same work as people do it with stock tools, one program after another: what Helical's figures stand beside.
 * Each is a command for a master that is complete; none shares a decode with another.
 */

/** Decodes and hashes, to be compared with the hashes of the recording. */
export function decodeAndHash(master: string, frameHashes: string, audioHashes: string): string[] {
  return [
    ...['-nostdin', '-v', 'error', '-i', master],
    ...['-map', '0:v', '-pix_fmt', 'yuv422p10le', '-f', 'framemd5', frameHashes],
    ...['-map', '0:a', '-c:a', 'pcm_s24le', '-f', 'framemd5', audioHashes],
  ];
}

/**
 * An analysis as QCTools makes it: its filters for picture, for the two fields against each other, and for sound, with every
 * value written out. (QCTools' own list: signalstats, cropdetect, idet, deflicker, entropy, blockdetect, blurdetect, psnr and
 * ssim of the fields, ebur128, astats, aphasemeter.)
 */
export function qctoolsAnalysis(master: string, video: string, audio: string): string[] {
  const picture = [
    'signalstats=stat=tout+vrep+brng',
    'cropdetect=reset=1:round=1',
    'idet=half_life=1',
    'deflicker=bypass=1',
    'entropy=mode=normal',
    'entropy=mode=diff',
    'blockdetect',
    'blurdetect',
  ].join(',');
  const graph = [
    `[0:v]${picture},split[whole][fields]`,
    `[fields]field=top,split[top0][top1]`,
    `[whole]split[whole0][print]`,
    `[whole0]field=bottom,split[bottom0][bottom1]`,
    `[top0][bottom0]psnr[psnr]`,
    `[top1][bottom1]ssim[ssim]`,
    `[print]metadata=mode=print:file=${video}[picture]`,
    `[0:a:0]ebur128=metadata=1,aphasemeter=video=0,astats=metadata=1:reset=1,ametadata=mode=print:file=${audio}[sound]`,
  ].join(';');
  return [
    ...['-nostdin', '-v', 'error', '-i', master, '-filter_complex', graph],
    ...['picture', 'psnr', 'ssim', 'sound'].flatMap((label) => ['-map', `[${label}]`, '-f', 'null', '-']),
  ];
}

/** The least that people measure: signalstats and astats, every value written out. */
export function plainAnalysis(master: string, video: string, audio: string): string[] {
  return [
    ...['-nostdin', '-v', 'error', '-i', master, '-map', '0:v'],
    ...['-vf', `signalstats=stat=tout+vrep+brng,metadata=mode=print:file=${video}`, '-f', 'null', '-'],
    ...['-map', '0:a', '-af', `astats=metadata=1:reset=1,ametadata=mode=print:file=${audio}`],
    ...['-f', 'null', '-'],
  ];
}

/**
 * The set of measures that vrecord writes beside a recording, as far as it is known: signalstats, cropdetect, idet, psnr and ssim
 * of the fields; ebur128, astats, aphasemeter.
 */
export function vrecordAnalysis(master: string, video: string, audio: string): string[] {
  const graph = [
    '[0:v]signalstats=stat=tout+vrep+brng,cropdetect=reset=1:round=1,idet=half_life=1,split[a][b]',
    '[a]field=top[top]',
    '[b]field=bottom,split[bottom0][bottom1]',
    '[top][bottom0]psnr[psnr]',
    `[psnr][bottom1]ssim,metadata=mode=print:file=${video}[picture]`,
    `[0:a:0]ebur128=metadata=1,aphasemeter=video=0,astats=metadata=1:reset=1,ametadata=mode=print:file=${audio}[sound]`,
  ].join(';');
  return [
    ...['-nostdin', '-v', 'error', '-i', master, '-filter_complex', graph],
    ...['picture', 'sound'].flatMap((label) => ['-map', `[${label}]`, '-f', 'null', '-']),
  ];
}

/** The same access copy, by the same recipe. */
export function accessCopy(master: string, source: AccessSource, path: string): string[] {
  return [
    ...['-nostdin', '-v', 'error', '-i', master, '-map', '0:v', '-map', '0:a'],
    ...['-vf', accessVideoFilters(source).join(','), ...accessOutputArguments(source, 1), '-f', 'mp4', path],
  ];
}
