import type { FileRole, PassFile } from '#shared/domain/pass.ts';

/** Folder of each kind of file inside the payload. The proof lies beside the master, where the verifier looks for it. */
const folders: Record<FileRole, string> = {
  master: 'master',
  'master-as-crashed': 'master/as-crashed',
  'frame-hashes-as-crashed': 'master/as-crashed',
  'audio-hashes-as-crashed': 'master/as-crashed',
  'native-companion': 'master',
  'frame-hashes': 'master',
  'audio-hashes': 'master',
  seal: 'master',
  'decoded-frame-hashes': 'master/proof',
  'decoded-audio-hashes': 'master/proof',
  'recorder-log': 'provenance',
  access: 'access',
  samples: 'quality-control',
  'qc-events': 'quality-control',
  timecode: 'master',
  'dv-report': 'quality-control',
  'mediaconch-report': 'quality-control',
};

/** Where a file of a pass lies inside the payload, with `/`; in NFC, as the bag writes its paths. */
export function placeInPackage({ role, name }: Pick<PassFile, 'role' | 'name'>): string {
  return `${folders[role]}/${name}`.normalize('NFC');
}

/** What a package says of itself beside the files of the pass. */
export const describingFiles = [
  'provenance/premis.xml',
  'provenance/log.jsonl',
  'provenance/log-checkpoint.json',
  'provenance/station-key.pem',
  'provenance/tape.json',
  'quality-control/events.json',
] as const;
