import { findInstallation } from '../installation.ts';

/** What measures and judges files that are in no register. Loaded when a command needs it: `qc` has others that do not. */
export async function openFileQc() {
  const [{ createQc }, { readProfiles }, { locateFfmpeg }] = await Promise.all([
    import('#core/qc/create-qc.ts'),
    import('#core/profiles.ts'),
    import('#core/ffmpeg/locate.ts'),
  ]);
  return createQc({
    profiles: readProfiles(findInstallation().resourcesDir).qc,
    ffmpeg: await locateFfmpeg(),
  });
}
