import { statfsSync } from 'node:fs';

/** Linux file system magic numbers (statfs(2)) on which SQLite's WAL and locks cannot be trusted. */
const networkFileSystems = new Map<number, string>([
  [0x6969, 'NFS'],
  [0x517b, 'SMB'],
  [0xff534d42, 'SMB (cifs)'],
  [0xfe534d42, 'SMB 2'],
  [0x5346414f, 'AFS'],
  [0x6b414653, 'AFS'],
  [0x73757245, 'Coda'],
  [0x564c, 'NCP'],
  [0x00c36400, 'Ceph'],
  [0x0bd00bd0, 'Lustre'],
  [0x786f4256, 'VirtualBox shared folder'],
  [0xbacbacbc, 'VMware shared folder'],
]);

/** These may be local or remote; the number alone does not say. */
const doubtfulFileSystems = new Map<number, string>([
  [0x65735546, 'FUSE'],
  [0x01021997, '9p'],
]);

export type FileSystemVerdict = { safe: true } | { safe: false; kind: string; certain: boolean };

/** Judges a Linux statfs type, a number such as 0x6969. */
export function judgeFileSystemType(type: number): FileSystemVerdict {
  const magic = type >>> 0;
  const network = networkFileSystems.get(magic);
  if (network !== undefined) return { safe: false, kind: network, certain: true };
  const doubtful = doubtfulFileSystems.get(magic);
  if (doubtful !== undefined) return { safe: false, kind: doubtful, certain: false };
  return { safe: true };
}

/**
 * Whether a database in `folder` can use a write-ahead log ("WAL does not work over a network filesystem",
 * sqlite.org/wal.html). Linux is asked by statfs; on Windows a UNC path is a share; a mapped drive letter and
 * macOS mounts cannot be told apart this cheaply and pass.
 */
export function judgeFolder(folder: string, platform: NodeJS.Platform = process.platform): FileSystemVerdict {
  if (platform === 'win32') {
    const isShare = /^(\\\\\?\\UNC\\|\\\\(?![?.]\\)|\/\/(?![?.]\/))/i.test(folder);
    return isShare ? { safe: false, kind: 'Windows share', certain: true } : { safe: true };
  }
  if (platform !== 'linux') return { safe: true };
  return judgeFileSystemType(statfsSync(folder).type);
}
