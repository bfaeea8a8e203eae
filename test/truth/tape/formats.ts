/** What a tape format and its deck do to a picture. Figures are rounded from data sheets; noise in 10-bit codes, r.m.s. */
export interface TapeFormat {
  name: string;
  /** Of the house's profiles, the one that is chosen for such a tape. */
  profile: string;
  lumaBandwidthMhz: number;
  chromaBandwidthMhz: number;
  /** Chroma lies this far behind the luma. */
  chromaDelayNs: number;
  lumaNoiseCodes: number;
  chromaNoiseCodes: number;
  /** What the time base corrector leaves, in nanoseconds r.m.s. */
  jitterNs: number;
  /** Lines of the frame at the bottom where the heads change over; 0: outside the picture. */
  switchingLines: number;
}

export const tapeFormats = {
  vhs: {
    name: 'VHS',
    profile: 'home-cassettes',
    lumaBandwidthMhz: 3,
    chromaBandwidthMhz: 0.5,
    chromaDelayNs: 150,
    lumaNoiseCodes: 6,
    chromaNoiseCodes: 7,
    jitterNs: 12,
    switchingLines: 8,
  },
  umatic: {
    name: 'U-matic low band',
    profile: 'umatic',
    lumaBandwidthMhz: 3.2,
    chromaBandwidthMhz: 0.6,
    chromaDelayNs: 90,
    lumaNoiseCodes: 5,
    chromaNoiseCodes: 6,
    jitterNs: 10,
    switchingLines: 6,
  },
  hi8: {
    name: 'Hi8',
    profile: 'eight-millimetre',
    lumaBandwidthMhz: 4.2,
    chromaBandwidthMhz: 0.5,
    chromaDelayNs: 110,
    lumaNoiseCodes: 5,
    chromaNoiseCodes: 5.5,
    jitterNs: 8,
    switchingLines: 4,
  },
  betacam: {
    name: 'Betacam SP',
    profile: 'betacam',
    lumaBandwidthMhz: 5.2,
    chromaBandwidthMhz: 1.5,
    chromaDelayNs: 20,
    lumaNoiseCodes: 3,
    chromaNoiseCodes: 3,
    jitterNs: 3,
    switchingLines: 0,
  },
} as const satisfies Record<string, TapeFormat>;

export type TapeFormatName = keyof typeof tapeFormats;
