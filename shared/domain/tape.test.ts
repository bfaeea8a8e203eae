import { describe, expect, it } from 'vitest';
import { tapeDescriptionSchema } from './tape.ts';

const judge = (identifier: string) => tapeDescriptionSchema.safeParse({ identifier, format: 'umatic' });

describe('a tape identifier', () => {
  it.each(['CON', 'nul', 'Aux', 'PRN', 'com1', 'LPT9', 'con.2024', 'NUL .x', 'COM¹'])(
    'is refused where Windows means a device: %s',
    (identifier) => {
      const { success, error } = judge(identifier);
      expect(success).toBe(false);
      expect(error?.issues[0]?.message).toContain('device on Windows');
    },
  );

  it.each(['A-1.', 'A..', 'A .'])('is refused with a dot at its end: %s', (identifier) => {
    expect(judge(identifier).error?.issues[0]?.message).toContain('Windows drops a dot');
  });

  it('loses the spaces around it', () => {
    expect(judge(' A 1 ').data?.identifier).toBe('A 1');
  });

  it.each(['CON-1', 'CONCERT', 'COM', 'COM10', 'LPT', 'nulla.2', 'Null', 'A.B-1_2+3', 'Ünï 7'])(
    'may be %s',
    (identifier) => {
      expect(judge(identifier).data?.identifier).toBe(identifier);
    },
  );
});
