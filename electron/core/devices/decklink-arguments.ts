import type { DemuxerOptions } from '#core/ffmpeg/demuxer-help.ts';
import type { ChosenValues } from './decklink-choices.ts';

/**
 * ffmpeg's arguments for a card, up to and including `-i CARD`. Timestamps are the card's own and begin at zero
 * (`-decklink_copyts` stays off), so that a frame it threw away is a hole in time.
 */
export function decklinkArguments(options: {
  card: string;
  values: ChosenValues;
  help: DemuxerOptions;
  /** `-format_code`; undefined lets the card detect it. */
  mode: string | undefined;
  queueBytes: number | undefined;
}): string[] {
  const { card, values, help, mode, queueBytes } = options;
  const { video, audio, raw, channels, timecode, video_pts: videoClock, audio_pts: audioClock } = values;
  return [
    ...['-f', 'decklink'],
    ...(isSet(video) ? ['-video_input', video] : []),
    ...(isSet(audio) ? ['-audio_input', audio] : []),
    ...(mode === undefined ? [] : ['-format_code', mode]),
    ...['-raw_format', raw, '-channels', channels, '-audio_depth', '32'],
    ...(videoClock === undefined ? [] : ['-video_pts', videoClock]),
    ...(audioClock === undefined ? [] : ['-audio_pts', audioClock]),
    ...(timecode === 'none' ? [] : ['-timecode_format', timecode]),
    ...withoutBars(help),
    ...(queueBytes === undefined ? [] : ['-queue_size', String(queueBytes)]),
    ...['-i', card],
  ];
}

function isSet(connector: string | undefined): connector is string {
  return connector !== undefined && connector !== 'unset';
}

/**
 * A lost signal is recorded as it comes: a master holds no picture that a computer drew. ffmpeg 7.1 has another option for it
 * (signal_loss_action; draw_bars is deprecated since), so the build is asked which one it knows.
 */
function withoutBars(help: DemuxerOptions): string[] {
  if (help.get('signal_loss_action')?.values.includes('none')) return ['-signal_loss_action', 'none'];
  return help.has('draw_bars') ? ['-draw_bars', '0'] : [];
}
