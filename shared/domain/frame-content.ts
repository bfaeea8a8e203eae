/**
 * What a frame shows, as far as it tells whether a tape plays: a picture, or one of the things that come where none is
 * recorded. `flat` is a field that a deck, a time base corrector or a card made; `silent-black` is black without sound.
 * `unknown` frames were not measured.
 */
export type FrameContent = 'picture' | 'noise' | 'flat' | 'black' | 'silent-black' | 'unknown';
