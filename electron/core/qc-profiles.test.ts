import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { QcProfile } from '#shared/domain/profiles.ts';
import { carrierFormats } from '#shared/domain/tape.ts';
import { readProfiles } from './profiles.ts';
import type { Check } from './qc/check.ts';
import { checks } from './qc/checks/registry.ts';
import { judge } from './qc/judge.ts';
import type { Series } from './qc/series.ts';

const profiles = readProfiles(join(import.meta.dirname, '../../resources')).qc;
const known = new Map((checks as readonly Check[]).map((check) => [check.id, check]));

describe.each(profiles.map((profile): [string, QcProfile] => [profile.id, profile]))('%s', (_id, profile) => {
  it('names checks and limits that there are, in the units of the checks', () => {
    const wrong = Object.entries(profile.checks).flatMap(([id, { limits }]) => {
      const check = known.get(id);
      if (!check) return [`no check ${id}`];
      return Object.entries(limits).flatMap(([name, { unit }]) => {
        const own = check.limits[name];
        if (!own) return [`${id} has no limit ${name}`];
        return own.unit === unit ? [] : [`${id} ${name}: ${unit} is not ${own.unit}`];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('gives a source to all that it says', () => {
    const said = [
      ...(profile.normal ?? []),
      ...Object.values(profile.checks).flatMap(({ because, limits }) => [
        ...(because ? [because] : []),
        ...Object.values(limits),
      ]),
    ];
    expect(said.filter(({ source }) => source.trim().length < 4)).toEqual([]);
  });
});

it('is one profile at most for each format, and one for each that a lab meets', () => {
  const named = profiles.flatMap(({ formats }) => formats ?? []);
  expect(named.filter((format, at) => named.indexOf(format) !== at)).toEqual([]);
  expect(carrierFormats.filter((format) => !named.includes(format))).toEqual(['other']);
});

it('is one general profile, which keeps the limits of the checks', () => {
  const general = profiles.filter(({ formats }) => formats === undefined);
  expect(general.map(({ id }) => id)).toEqual(['analogue-sd']);
  const settings = Object.values(general[0]?.checks ?? {});
  expect(settings.filter(({ limits, enabled }) => !enabled || Object.keys(limits).length > 0)).toEqual([]);
});

it('caps what is normal for a format, and says by what it judged', () => {
  // Of four channels, as a card gives them, `heard` have something.
  const silent = (heard: number): Series => ({
    ...{ frames: 100, frameRate: { num: 25, den: 1 }, bitDepth: 10, channels: 4, standard: 'PAL' },
    column: (id) => {
      const isQuiet = id.startsWith('peakDbfs') && Number(id.split('.')[1]) > heard;
      return new Float32Array(100).fill(isQuiet ? Number.NEGATIVE_INFINITY : Number.NaN);
    },
  });
  const found = (id: string, heard = 1) => {
    const profile = profiles.find((one) => one.id === id) as QcProfile;
    const judged = judge(silent(heard), profile);
    const { severity, message } = judged.events.find(({ check }) => check === 'silence') ?? {};
    return [judged.profile, severity, /Normal for this kind of tape: (\w+ \w+)/.exec(message ?? '')?.[1]];
  };
  expect(found('analogue-sd')).toEqual([{ id: 'analogue-sd', name: 'Analogue tape, SD' }, 'warn', undefined]);
  const umatic = { id: 'umatic', name: 'U-matic, low band and high band' };
  expect(found('umatic')).toEqual([umatic, 'info', 'A tape']);
  // Sound on one track only does not explain why none of them has any.
  expect(found('umatic', 0)).toEqual([umatic, 'warn', undefined]);
  // Little used FM channels explain their own silence, and not that of channel 2.
  const betacam = { id: 'betacam', name: expect.any(String) };
  expect(found('betacam', 2)).toEqual([betacam, 'info', 'The FM']);
  expect(found('betacam', 1)).toEqual([betacam, 'warn', undefined]);
});

it('takes eight bits for normal only where the format has eight, and a third track for no partner of the first two', () => {
  const capped = (check: string) =>
    profiles.flatMap(({ id, formats, checks: { [check]: settings } }) =>
      settings?.severityAtMost ? [[id, formats, settings.onlyChannels]] : [],
    );
  expect(capped('eight-in-ten')).toEqual([
    ['digital-tape', ['betacamsx', 'hdv'], undefined],
    ['dv', expect.any(Array), undefined],
  ]);
  expect(capped('channel-imbalance')).toContainEqual(['one-inch', expect.any(Array), [3, 4]]);
});
