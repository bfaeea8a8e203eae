import { describe, expect, it } from 'vitest';
import {
  parseDevices,
  parseEncoders,
  parseFilters,
  parseProtocols,
  readCapabilities,
} from './capabilities.ts';
import { locateFfmpeg } from './locate.ts';

// Recorded from ffmpeg 5.1.9 (Debian 12), shortened.
const encoders = `Encoders:
 V..... = Video
 A..... = Audio
 S..... = Subtitle
 .F.... = Frame-level multithreading
 ..S... = Slice-level multithreading
 ...X.. = Codec is experimental
 ....B. = Supports draw_horiz_band
 .....D = Supports direct rendering method 1
 ------
 V....D a64multi             Multicolor charset for Commodore 64 (codec a64_multi)
 V.S... ffv1                 FFmpeg video codec #1
 VFS..D dnxhd                VC3/DNxHD
 A....D pcm_s24le            PCM signed 24-bit little-endian
 S..... srt                  SubRip subtitle (codec subrip)
`;
const filters = `Filters:
  T.. = Timeline support
  .S. = Slice threading
  ..C = Command support
  A = Audio input/output
  V = Video input/output
  N = Dynamic number and/or type of input/output
  | = Source or sink filter
 ... abench            A->A       Benchmark part of a filtergraph.
 TSC bwdif             V->V       Deinterlace the input image.
 ... acrossfade        AA->A      Cross fade two input audio streams.
 ... amovie            |->N       Read audio from a movie source.
 ... split             V->N       Pass on the input to N video outputs.
 ... nullsink          V->|       Do absolutely nothing with the input video.
`;
const devices = `Devices:
 D. = Demuxing supported
 .E = Muxing supported
 --
 DE alsa            ALSA audio output
  E caca            caca (color ASCII art) output device
 D  iec61883        libiec61883 (new DV1394) A/V input device
 D  lavfi           Libavfilter virtual input device
 D  libcdio          
  E sdl,sdl2        SDL2 output device
 DE video4linux2,v4l2 Video4Linux2 output device
`;
const protocols = `Supported file protocols:
Input:
  async
  file
  tcp
Output:
  file
  md5
  tcp
`;

describe('listings', () => {
  it('reads encoders without the legend', () => {
    expect(parseEncoders(encoders)).toEqual(new Set(['a64multi', 'ffv1', 'dnxhd', 'pcm_s24le', 'srt']));
  });
  it('reads filters without the legend', () => {
    expect(parseFilters(filters)).toEqual(
      new Set(['abench', 'bwdif', 'acrossfade', 'amovie', 'split', 'nullsink']),
    );
  });
  it('reads filters of a listing with two flags', () => {
    expect(parseFilters(' TS bwdif             V->V       Deinterlace.\n')).toEqual(new Set(['bwdif']));
  });
  it('reads devices by direction, each name of a shared line', () => {
    expect(parseDevices(devices)).toEqual({
      inputs: new Set(['alsa', 'iec61883', 'lavfi', 'libcdio', 'video4linux2', 'v4l2']),
      outputs: new Set(['alsa', 'caca', 'sdl', 'sdl2', 'video4linux2', 'v4l2']),
    });
  });
  it('reads protocols by direction', () => {
    expect(parseProtocols(protocols)).toEqual({
      inputs: new Set(['async', 'file', 'tcp']),
      outputs: new Set(['file', 'md5', 'tcp']),
    });
  });
});

describe('readCapabilities', () => {
  it('finds what Helical stands on in the ffmpeg in use', async () => {
    const { ffmpegPath } = await locateFfmpeg();
    const found = await readCapabilities(ffmpegPath);
    for (const encoder of ['ffv1', 'pcm_s24le', 'aac']) expect(found.encoders).toContain(encoder);
    for (const filter of ['signalstats', 'blackdetect', 'bwdif', 'astats'])
      expect(found.filters).toContain(filter);
    expect(found.inputDevices).toContain('lavfi');
    expect(found.inputProtocols).toContain('tcp');
    expect(found.outputProtocols).toContain('file');
  });
  it('says which ffmpeg did not answer', async () => {
    await expect(readCapabilities('/nonexistent/ffmpeg')).rejects.toMatchObject({ code: 'FFMPEG_FAILED' });
  });
});
