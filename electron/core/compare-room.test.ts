import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { NewEvent } from '#shared/domain/events.ts';
import { createCompareRoom } from './compare-room.ts';
import { locateFfmpeg } from './ffmpeg/locate.ts';
import { readProfiles } from './profiles.ts';
import type { RoomOptions } from './rooms-options.ts';
import { oneTape } from './stores/one-tape.testbed.ts';
import { openStoresTestbed } from './stores/stores.testbed.ts';

it('says where the log holds a certificate, however much the log holds of its pass', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'helical-compare-room-'));
  const { stores, log, close } = await openStoresTestbed();
  try {
    const ffmpeg = await locateFfmpeg();
    const pathOf = ({ name }: { name: string }) => join(folder, name);
    const { ids, events } = oneTape('T-1');
    log.append([...events.person, ...events.registered, ...events.captured, ...events.sealed]);
    const files = stores.files.ofPass(ids.passId);
    for (const file of files.filter(({ role }) => role === 'master' || role === 'access')) {
      const encoder = file.role === 'master' ? ['-c:v', 'ffv1'] : ['-c:v', 'libx264', '-c:a', 'aac'];
      const input = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=25:d=0.2[out0];sine=d=0.2[out1]'];
      execFileSync(ffmpeg.ffmpegPath, ['-v', 'error', ...input, ...encoder, pathOf(file)]);
    }
    const marks = Array.from(
      { length: 1_100 },
      (_, frame): NewEvent => ({
        type: 'pass.marked',
        actorId: ids.personId,
        payload: { passId: ids.passId, frame: frame % 250, label: `${frame}` },
      }),
    );
    log.append(marks.slice(0, 1_050));
    const [certified] = events.copyCertified;
    if (certified?.type !== 'access.certified') throw new Error('no certificate');
    const accessFileId = files.find(({ role }) => role === 'access')?.id;
    const certificate = { ...certified.payload.certificate, accessFileId, worst: [] };
    log.append([{ ...certified, payload: { ...certified.payload, certificate } } as NewEvent]);
    log.append(marks.slice(1_050));

    const { master } = readProfiles(join(import.meta.dirname, '..', '..', 'resources'));
    const options = { stores, log, pathOf, software: [] } as unknown as RoomOptions;
    const room = createCompareRoom(options, ffmpeg, () => master[0] as (typeof master)[number]);
    const { html } = await room.certificateDocument(certificate.id, 'en');
    const [logged] = log.list({ type: 'access.certified' });
    expect(logged?.seq).toBeGreaterThan(1_050);
    expect(html).toContain(`event ${logged?.seq}, ${logged?.eventUuid}`);
    expect(html).toContain(stores.people.find(ids.personId)?.name);
  } finally {
    close();
    rmSync(folder, { recursive: true });
  }
});
