import type { CopyCertificate } from '#shared/domain/copy-certificate.ts';
import type { NewEvent } from '#shared/domain/events.ts';
import type { Pass, PassFile } from '#shared/domain/pass.ts';
import type { MasterProfile } from '#shared/domain/profiles.ts';
import type { ShownEvent } from '#shared/domain/qc.ts';

/** Where a certificate comes from. */
export interface CertificateOrigin {
  certifiedBy: string;
  /** Of the event in the station's log. */
  eventId: string;
  seq: number;
}

/** What comparing asks of the rest of the engine; core.ts gives it. */
export interface ComparePorts {
  ffmpegPath: string;
  ffprobePath: string;
  pass(passId: string): Pass | undefined;
  /** NOT_FOUND for one that is not installed any more. */
  profile(profileId: string): MasterProfile;
  /** The pass's latest file in this role, also where it is not on this computer today. */
  file(passId: string, role: PassFile['role']): PassFile | undefined;
  /** Where it is; undefined where it is not there today. */
  pathOf(file: PassFile): string | undefined;
  /** What was found when the pass was judged last, with what is meant to be so; undefined where it never was. */
  events(passId: string): ShownEvent[] | undefined;
  /** What was certified of a pass, newest first. */
  certificates(passId: string): CopyCertificate[];
  certificate(certificateId: string): CopyCertificate | undefined;
  /** Who had it made, and the event of the log that holds it. */
  origin(certificate: CopyCertificate): CertificateOrigin | undefined;
  /** Title of the work and its artist; empty where they are not known. */
  work(tapeId: string): { title: string; artist: string };
  software: { name: string; version: string }[];
  record(event: NewEvent): void;
  /** Shows on the screens how many frames of a long work are done. */
  showing<T>(file: PassFile, run: (onProgress: (frames: number) => void) => Promise<T>): Promise<T>;
  newId(): string;
  now(): Date;
}
