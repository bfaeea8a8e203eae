import type { LogEvent } from '#core/log/event.ts';
import type { EventPayload, EventType } from '#shared/domain/events.ts';
import type { FileRole } from '#shared/domain/pass.ts';
import type { Dossier } from './dossier.ts';
import { planInWords } from './plan-in-words.ts';
import { preparations } from './premis-agents.ts';

/** An event of the log in PREMIS's words. */
export interface PremisEvent {
  type: string;
  detail: string;
  outcome?: 'success' | 'warning' | 'fail' | undefined;
  notes: string[];
  objects: [id: string, role: 'source' | 'outcome'][];
}

type Tell<Type extends EventType> = (payload: EventPayload<Type>, dossier: Dossier) => PremisEvent;

/** Types are those that Flemish archives know where there is one (digitization, validation ...), else plain words. */
const tellers: { [Type in EventType]?: Tell<Type> } = {
  'tape.registered': ({ tapeId }) =>
    told('registration', 'Registered at the station.', [[tapeId, 'outcome']]),
  'pass.prepared': (payload) =>
    told(
      'capture preparation',
      `Prepared pass ${payload.passNumber} from ${payload.sourceDescription || payload.sourceId} with profile ${payload.profileId} (SHA-256 ${payload.profileSha256})${payload.chainName ? `, signal chain ${payload.chainName}` : ''}. Software: ${payload.software.map(({ name, version }) => `${name} ${version}`).join(', ')}.`,
      [[payload.tapeId, 'source']],
    ),
  'pass.planned': ({ passId, plan }) =>
    told('capture preparation', `Conditions of the pass: ${planInWords(plan)}.`, [[passId, 'outcome']]),
  'station.certified': ({ certificate }) => ({
    ...told(
      'quality-control',
      `Self-test ${certificate.id} of the station, ${certificate.testedAt}: source ${certificate.sourceId}, signal chain ${certificate.chainName || '(not named)'}, ${certificate.frames} frames, ${certificate.droppedFrames} dropped. A pass of this package cites it.`,
      [],
    ),
    outcome: certificate.ok ? 'success' : 'fail',
    notes: certificate.figures.map(({ id, value, unit }) => `${id}: ${value} ${unit}`),
  }),
  'tape.pass-chosen': ({ passId, tapeId, reason }) =>
    told(
      'selection',
      `Chosen among the passes of the tape; the others are kept at the station.${reason === '' ? '' : ` Reason: ${reason}`}`,
      [
        [tapeId, 'source'],
        [passId, 'outcome'],
      ],
    ),
  'pass.programme-started': ({ passId, on, frame }) =>
    told('digitization', `The programme counts from frame ${frame} (start on ${on}).`, [[passId, 'outcome']]),
  'pass.alarm-cleared': ({ passId, kind, frame }) =>
    told('inspection', `The alarm ${kind} was over at frame ${frame}.`, [[passId, 'source']]),
  'pass.timecode-broken': ({ passId, frame, source, kind, before, after }) => ({
    ...told(
      'inspection',
      `Timecode (${source}) at frame ${frame}: ${kind}, from ${before ?? 'none'} to ${after ?? 'none'}.`,
      [[passId, 'source']],
    ),
    outcome: 'warning',
  }),
  'pass.derived-gave-way': ({ passId, frame, work, reason }) =>
    told('digitization', `From frame ${frame} on ${work} gave way to the recorder: ${reason}`, [
      [passId, 'outcome'],
    ]),
  'pass.derived-resumed': ({ passId, frame, work }) =>
    told('digitization', `From frame ${frame} on ${work} went on.`, [[passId, 'outcome']]),
  'pass.recording-started': ({ passId, argv }, { tape }) =>
    told('digitization', `Recording started: ${argv.join(' ')}`, [
      [tape.id, 'source'],
      [passId, 'outcome'],
    ]),
  'pass.recorder-adopted': ({ passId, frames }) =>
    told('digitization', `The engine started again and took the running recorder back at frame ${frames}.`, [
      [passId, 'outcome'],
    ]),
  'pass.marked': ({ passId, frame, label }) =>
    told('inspection', `Mark at frame ${frame}${label ? `: ${label}` : '.'}`, [[passId, 'source']]),
  'pass.alarm-raised': ({ passId, frame, message }) => ({
    ...told('inspection', `Alarm at frame ${frame}: ${message}`, [[passId, 'source']]),
    outcome: 'warning',
  }),
  'pass.stop-requested': ({ passId, reason }) =>
    told('digitization', `Stop asked for: ${reason}.`, [[passId, 'outcome']]),
  'pass.recording-ended': ({ passId, reason, frames, droppedFrames }) => ({
    ...told(
      'digitization',
      `Recording ended (${reason}) with ${frames} frames; ${droppedFrames} dropped by the card.`,
      [[passId, 'outcome']],
    ),
    outcome: droppedFrames === 0 ? 'success' : 'warning',
  }),
  'pass.interrupted': ({ passId, reason, detail }) => ({
    ...told('digitization', `Recording interrupted (${reason}): ${detail}`, [[passId, 'outcome']]),
    outcome: 'warning',
  }),
  'pass.recovered': ({ passId, framesKept, framesLost, lossBasis }) => ({
    ...told(
      'repair',
      `Master indexed again after the interruption: ${framesKept} frames kept, ${framesLost} lost (stated by: ${lossBasis}).`,
      [[passId, 'outcome']],
    ),
    outcome: framesLost === 0 ? 'success' : 'warning',
  }),
  'pass.followed': ({ passId, frames }, { pass, files }) => {
    const ofRole = (role: FileRole) => files.find((file) => passId === pass.id && file.role === role)?.id;
    const [master, access] = [ofRole('master'), ofRole('access')];
    return told(
      'transcoding',
      `Decoded ${frames} frames of the master once for proof, measures and access copy.`,
      [[master ?? passId, 'source'], ...(access ? [[access, 'outcome'] as [string, 'outcome']] : [])],
    );
  },
  'pass.sealed': ({ passId, checks }) => ({
    ...told(
      'validation',
      'Sealed: the decoded frames are the captured frames, and the master passed every check.',
      [[passId, 'source']],
    ),
    outcome: 'success',
    notes: checks.map((check) => `${check.id}: expected ${check.expected}, measured ${check.measured}`),
  }),
  'pass.failed': ({ passId, reason, detail, checks }) => ({
    ...told('validation', `Failed (${reason}): ${detail}`, [[passId, 'source']]),
    outcome: 'fail',
    notes: checks
      .filter((check) => !check.ok)
      .map((check) => `${check.id}: expected ${check.expected}, measured ${check.measured}`),
  }),
  'file.registered': ({ fileId, passId, name, digests }, { pass }) =>
    told('message digest calculation', `${name}: SHA-256 ${digests.sha256}`, [
      [passId === pass.id ? fileId : passId, 'source'],
    ]),
  'batch.created': ({ name }, { tape }) =>
    told('delivery preparation', `Put into batch ${name} for delivery.`, [[tape.id, 'source']]),
  'package.written': ({ name, profileId, sizeBytes, passId }) =>
    told(
      'information package creation',
      `Written as package ${name} with profile ${profileId}, ${sizeBytes} bytes.`,
      [[passId, 'source']],
    ),
  'package.verified': ({ ok, problems }, { tape }) => ({
    ...told('fixity check', 'A package of the tape was read back.', [[tape.id, 'source']]),
    outcome: ok ? 'success' : 'fail',
    notes: problems,
  }),
  'qc.intention-stated': ({ tapeId, check, channels, range, reason }, dossier) =>
    told(
      'quality-control',
      `What the check ${check} finds${channels === null ? '' : ` on channel ${channels.join(', ')}`} is intended by the artist, ${range === null ? 'in the whole work' : `in frames ${range.startFrame} to ${range.endFrame}${range.passId === dossier.pass.id ? '' : ` of pass ${range.passId}`}`}. Reason: ${reason}`,
      [[tapeId, 'source']],
    ),
  'qc.intention-withdrawn': ({ tapeId, intentionId, reason }) =>
    told('quality-control', `Intention ${intentionId} was withdrawn. Reason: ${reason}`, [
      [tapeId, 'source'],
    ]),
  'review.taken': ({ passId, reason }) =>
    told('quality-control', `Taken for review.${reason === '' ? '' : ` Taken over: ${reason}`}`, [
      [passId, 'source'],
    ]),
  'review.released': ({ passId }) => told('quality-control', 'Put back from review.', [[passId, 'source']]),
  'review.event-decided': ({ passId, check, channels, startFrame, endFrame, judgement, origin, remark }) =>
    told(
      'quality-control',
      `A reviewer's word on what the check ${check} found${channels === null ? '' : ` on channel ${channels.join(', ')}`} in frames ${startFrame} to ${endFrame}: ${judgement}${origin === null ? '' : `, origin ${origin}`}.${remark === '' ? '' : ` ${remark}`}`,
      [[passId, 'source']],
    ),
  'review.noted': ({
    passId,
    noteId,
    startFrame,
    endFrame,
    region,
    term,
    medium,
    origin,
    severity,
    words,
  }) => ({
    ...told(
      'quality-control',
      `Note ${noteId} on frames ${startFrame} to ${endFrame}${region ? `, ${region.width} x ${region.height} samples from ${region.x}, ${region.y}` : ''}: ${[term, medium, origin, severity].filter((part) => part !== null).join(', ') || 'no term'}.`,
      [[passId, 'source']],
    ),
    notes: words === '' ? [] : [words],
  }),
  'review.note-withdrawn': ({ passId, noteId, reason }) =>
    told('quality-control', `Note ${noteId} was withdrawn. Reason: ${reason}`, [[passId, 'source']]),
  'review.watched': ({ passId, startedAt, endedAt, ranges }) =>
    told(
      'quality-control',
      `Watched from ${startedAt} to ${endedAt}, at twice the speed at most: ${ranges.map(({ startFrame, endFrame }) => `frames ${startFrame} to ${endFrame}`).join(', ')}.`,
      [[passId, 'source']],
    ),
  'review.opinion-asked': ({ passId, question }) =>
    told('quality-control', `A second opinion was asked for.${question === '' ? '' : ` ${question}`}`, [
      [passId, 'source'],
    ]),
  'review.opinion-withdrawn': ({ passId, reason }) =>
    told('quality-control', `The second opinion was no longer asked for. Reason: ${reason}`, [
      [passId, 'source'],
    ]),
  'review.verdict-given': ({ passId, verdict, reason, master, basis, settles }) => ({
    ...told(
      'quality-control',
      `Verdict: ${verdict}${settles ? ', which settles what others disagree on' : ''}.${reason === '' ? '' : ` ${reason}`}`,
      [[passId, 'source']],
    ),
    outcome: verdict === 'accept' ? 'success' : verdict === 'accept-with-notes' ? 'warning' : 'fail',
    notes: [
      ...(master ? [`Of the master with SHA-256 ${master.sha256}`] : []),
      `${basis.judgedEvents} of ${basis.events} findings judged; ${basis.watchedPlanFrames} of ${basis.planFrames} frames of the plan ${basis.planId} watched`,
    ],
  }),
  'qc.measured': ({ passId, profileId, events, checks }) => {
    const failed = events.some((event) => event.severity === 'fail');
    const warned = events.some((event) => event.severity === 'warn');
    return {
      ...told('quality-control', `Measured with profile ${profileId}; checks: ${checks.join(', ')}.`, [
        [passId, 'source'],
      ]),
      outcome: failed ? 'fail' : warned ? 'warning' : 'success',
      notes: events.map(
        (event) =>
          `${event.check}, frames ${event.startFrame} to ${event.endFrame}, ${event.severity}: ${event.message}`,
      ),
    };
  },
};

/** Tells one event of the log. Types without a teller of their own are told by name, so that nothing is left out. */
export function premisEventOf(event: LogEvent, dossier: Dossier): PremisEvent {
  const tell = tellers[event.type as EventType] as
    | ((payload: unknown, dossier: Dossier) => PremisEvent)
    | undefined;
  const plain =
    tell?.(event.payload, dossier) ?? told(event.type, `Event ${event.seq} of the station's log.`, []);
  const { writtenBy } = event.payload as { writtenBy?: string };
  const result =
    writtenBy === undefined
      ? plain
      : { ...plain, notes: [...plain.notes, `Written down by ${writtenBy} for the one who said it`] };
  const others = new Map(
    preparations(dossier).map(({ passId, passNumber }) => [passId as string, passNumber]),
  );
  const known = new Set<string>([
    dossier.tape.id,
    dossier.pass.id,
    ...others.keys(),
    ...dossier.files.map((file) => file.id),
  ]);
  const objects = result.objects.filter(([id]) => known.has(id));
  if (!isOfAnotherPass(event, dossier)) return { ...result, objects };
  const passNumber = others.get((event.payload as { passId: string }).passId);
  return { ...result, objects, detail: `Pass ${passNumber}, which is not in this package: ${result.detail}` };
}

/** Whether an event tells of a playing of the tape that this package does not hold. */
export function isOfAnotherPass({ payload }: LogEvent, { pass }: Dossier): boolean {
  const { passId } = payload as { passId?: string };
  return passId !== undefined && passId !== pass.id;
}

function told(type: string, detail: string, objects: PremisEvent['objects']): PremisEvent {
  return { type, detail, notes: [], objects };
}
