import { expect, test } from 'vitest';
import { engineWords } from './engine-words.ts';

test('an alarm of several sentences is said in each language, with its numbers', () => {
  const said =
    "The card's queue is full, and it throws frames away. The master has stood still for 2.2 s; whether for the processor or the disk is not known.";
  expect(engineWords('nl', said)).toEqual({
    words:
      'De wachtrij van de kaart is vol, en ze gooit beelden weg. De master staat al 2,2 s stil; of dat aan de processor of aan de schijf ligt, is niet bekend.',
  });
  expect(engineWords('fr', said).words).toContain('depuis 2,2 s\u202f;');
  expect(engineWords('en', said)).toEqual({ words: said });
});

test('what a seal measured is said with its own numbers, however large', () => {
  const said = '2 tracks, 2500 blocks, 28800000 bytes: all equal';
  expect(engineWords('nl', said).words).toBe('2 sporen, 2500 blokken, 28.800.000 bytes: alles gelijk');
  expect(engineWords('fr', 'within 40.0 ms of the picture').words).toBe('à 40,0 ms près de l’image');
});

test('what nobody has words for stays as it was written, and says which language that is', () => {
  const said = 'The card has no signal. Something else.';
  expect(engineWords('fr', said)).toEqual({ words: said, language: 'en' });
});

test.each(['nl', 'fr'] as const)('what a machine lacks is said in %s', (language) => {
  const said = [
    'Keep the data folder on a faster disk: a local one, not a network share.',
    '24 MB/s with sync',
    'This ffmpeg was built without support for Blackmagic DeckLink (its device decklink).',
    'AVFoundation exists on macOS only. Use the capture devices of Linux.',
  ];
  for (const english of said) {
    const words = engineWords(language, english);
    expect(words.language, english).toBeUndefined();
    expect(words.words).not.toBe(english);
  }
});

test.each(['nl', 'fr'] as const)('alarms, ends and a seal that failed are said in %s', (language) => {
  const said = [
    'All other frames are in the master. 76 came broken or not at all: frame 61, 72 and 17 more places.',
    '174 frames are in the master. The card went away.',
    'The pictures are snow, black without sound, or a flat field without sound. The recording ends in 9 s.',
    'The recorder is 2.4 s behind the tape. Derived work gives way.',
    'The timecode jumps ahead from 10:00:01:00 to 10:00:41:01 at frame 25.',
    'Only 24 of 25 frames were measured. They have to be made again.',
    'The card held 3 frames (0.1 s) when the stop was asked for, and the recorder did not take them: they are lost.',
    'From frame 120 on the tape is in NTSC, 720x486 at 29.97 frames a second.',
    'Not one whole frame was on the disk when the recorder ended. The card had taken 9 frames off the tape by then; they are lost.',
    'Time has gaps. First behind frame 60: 11 frames.',
    'The master does not hold what was captured. First at frame 7.',
  ];
  for (const english of said) {
    const words = engineWords(language, english);
    expect(words.language, english).toBeUndefined();
    expect(words.words).not.toMatch(/\b(the|frames|master of)\b/i);
  }
});
