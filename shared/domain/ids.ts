import { z } from 'zod';

/**
 * Every thing that has a history is named by a UUIDv7: unique over stations, and in the order of its making.
 * The brands keep a pass from being named where a tape is asked for.
 */
const id = <Name extends string>(_name: Name) => z.uuid({ version: 'v7' }).brand<Name>();

export const tapeIdSchema = id('TapeId');
export const passIdSchema = id('PassId');
export const fileIdSchema = id('FileId');
export const batchIdSchema = id('BatchId');
export const packageIdSchema = id('PackageId');
export const personIdSchema = id('PersonId');
export const stationIdSchema = id('StationId');
export const qcRunIdSchema = id('QcRunId');
export const certificateIdSchema = id('CertificateId');
export const intentionIdSchema = id('IntentionId');
export const copyCertificateIdSchema = id('CopyCertificateId');
export const decisionIdSchema = id('DecisionId');
export const noteIdSchema = id('NoteId');
export const verdictIdSchema = id('VerdictId');
export const opinionIdSchema = id('OpinionId');
export const sittingIdSchema = id('SittingId');

export type TapeId = z.infer<typeof tapeIdSchema>;
export type PassId = z.infer<typeof passIdSchema>;
export type BatchId = z.infer<typeof batchIdSchema>;
export type PackageId = z.infer<typeof packageIdSchema>;
export type PersonId = z.infer<typeof personIdSchema>;
export type QcRunId = z.infer<typeof qcRunIdSchema>;
export type CertificateId = z.infer<typeof certificateIdSchema>;
