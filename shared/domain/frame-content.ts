/**
 * What a frame shows, as far as it tells whether a tape plays: a picture, or one of the things that come where none is
 * recorded. `flat` is a field of one colour: a deck, a time base corrector or a card makes one, and so do works. `silent-` is said
 * where every channel is below the limit of silence, or there is no sound at all. `blank` is black without any noise of its own and
 * sound without any: no tape gives that. `unknown` frames were not measured.
 */
export type FrameContent =
  | 'picture'
  | 'noise'
  | 'silent-noise'
  | 'flat'
  | 'silent-flat'
  | 'black'
  | 'silent-black'
  | 'blank'
  | 'unknown';
