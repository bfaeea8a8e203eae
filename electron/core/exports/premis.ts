import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { LogEvent } from '#core/log/event.ts';
import type { FileRole, PassFile } from '#shared/domain/pass.ts';
import type { PackageContext } from './archive-profile.ts';
import type { Dossier } from './dossier.ts';
import { type AgentLink, agentsOf, preparations, softwareId, softwareOf } from './premis-agents.ts';
import { isOfAnotherPass, premisEventOf } from './premis-events.ts';

const namespace = 'http://www.loc.gov/premis/v3';

/**
 * The provenance of a pass as PREMIS 3.0: the work's tape as a representation, every file with its digests, the log's
 * events in their order, and who and what took part. Valid against the Library of Congress schema.
 * @param pathOf place of a file inside the package, for its original name's location
 */
export function premisDocument(
  dossier: Dossier,
  context: Pick<PackageContext, 'software'>,
  pathOf: (file: PassFile) => string,
): string {
  const { tape, pass, files, events } = dossier;
  const premis = create({ version: '1.0', encoding: 'UTF-8' }).ele(namespace, 'premis', { version: '3.0' });
  premis.att('http://www.w3.org/2000/xmlns/', 'xmlns:xsi', 'http://www.w3.org/2001/XMLSchema-instance');

  const entity = object(premis, 'intellectualEntity', [
    ['UUID', tape.id],
    ['local identifier', tape.identifier],
  ]);
  for (const [type, value] of [
    ['title', tape.title],
    ['artist', tape.artist],
    ['notes', tape.notes],
  ] as const) {
    if (value) significant(entity, type, value);
  }
  const others = preparations(dossier).filter(({ passId }) => passId !== pass.id);
  for (const id of [pass.id, ...others.map(({ passId }) => passId)])
    relate(entity, 'structural', 'is represented by', id);

  const carrier = object(premis, 'representation', [['UUID', pass.id]]);
  const properties: [string, string][] = [
    ['carrier format', tape.format],
    ['carrier video standard', tape.standard],
    ['carrier generation', tape.generation],
    ['carrier condition', tape.condition],
    ['pass number', String(pass.passNumber)],
    ['frames', String(pass.frames)],
    ['frames dropped', String(pass.droppedFrames)],
    ['frames lost', String(pass.lostFrames)],
    ['frame rate', `${pass.video.frameRate.num}/${pass.video.frameRate.den}`],
    ['field order', pass.video.fieldOrder],
    ['raster', `${pass.video.width}x${pass.video.height}`],
    ['source', pass.sourceDescription || pass.sourceId],
    ...(pass.chainName ? [['signal chain', pass.chainName] as [string, string]] : []),
  ];
  for (const [type, value] of properties) significant(carrier, type, value);
  for (const file of files) relate(carrier, 'structural', 'includes', file.id);
  relate(carrier, 'structural', 'represents', tape.id);

  for (const { passId, passNumber } of others) {
    const other = object(premis, 'representation', [['UUID', passId]]);
    significant(other, 'pass number', String(passNumber));
    significant(other, 'in this package', 'no');
    relate(other, 'structural', 'represents', tape.id);
  }

  for (const file of files) describeFile(premis, file, pathOf(file), pass.id, sourceOf(file, files));
  // First all that led to this package, then the tape's other playings.
  const [own, foreign] = [false, true].map((is) =>
    events.filter((each) => isOfAnotherPass(each, dossier) === is),
  );
  for (const event of [...(own ?? []), ...(foreign ?? [])])
    describeEvent(premis, event, dossier, context.software);
  describeAgents(premis, dossier, context.software);
  return premis.end({ prettyPrint: true });
}

function object(premis: XMLBuilder, kind: string, identifiers: [type: string, value: string][]): XMLBuilder {
  const element = premis.ele('object').att('http://www.w3.org/2001/XMLSchema-instance', 'xsi:type', kind);
  for (const [type, value] of identifiers) {
    element
      .ele('objectIdentifier')
      .ele('objectIdentifierType')
      .txt(type)
      .up()
      .ele('objectIdentifierValue')
      .txt(text(value));
  }
  return element;
}

function significant(element: XMLBuilder, type: string, value: string): void {
  element
    .ele('significantProperties')
    .ele('significantPropertiesType')
    .txt(type)
    .up()
    .ele('significantPropertiesValue')
    .txt(text(value));
}

function relate(element: XMLBuilder, type: string, subType: string, id: string): void {
  const relationship = element.ele('relationship');
  relationship.ele('relationshipType').txt(type);
  relationship.ele('relationshipSubType').txt(subType);
  const related = relationship.ele('relatedObjectIdentifier');
  related.ele('relatedObjectIdentifierType').txt('UUID');
  related.ele('relatedObjectIdentifierValue').txt(id);
}

/** Format names; PRONOM keys where there is one: fmt/569 is Matroska. */
const formats: Record<string, { name: string; pronom?: string }> = {
  '.mkv': { name: 'Matroska', pronom: 'fmt/569' },
  '.mp4': { name: 'MPEG-4 Media File', pronom: 'fmt/199' },
  '.dv': { name: 'DV' },
  '.json': { name: 'JSON', pronom: 'fmt/817' },
  '.arrows': { name: 'Apache Arrow IPC stream' },
  '.as-crashed': { name: 'Helical: what a crash left otherwise in a master (a line of JSON, then bytes)' },
};

/** The file that a file was made of, where it was made of one. */
function sourceOf(file: PassFile, files: readonly PassFile[]): PassFile | undefined {
  const role = ({ access: 'master', 'native-companion': 'master', master: 'master-as-crashed' } as const)[
    file.role as 'access'
  ];
  return files.find((each) => each.role === role);
}

function describeFile(
  premis: XMLBuilder,
  file: PassFile,
  path: string,
  passId: string,
  source: PassFile | undefined,
): void {
  const element = object(premis, 'file', [['UUID', file.id]]);
  significant(element, 'role', file.role satisfies FileRole);
  const characteristics = element.ele('objectCharacteristics');
  for (const [algorithm, digest] of [
    ['MD5', file.md5],
    ['SHA-256', file.sha256],
    ['SHA-512', file.sha512],
  ] as const) {
    const fixity = characteristics.ele('fixity');
    fixity.ele('messageDigestAlgorithm').txt(algorithm);
    fixity.ele('messageDigest').txt(digest);
  }
  characteristics.ele('size').txt(String(file.sizeBytes));
  const known = formats[/\.[^.]+$/.exec(file.name)?.[0] ?? ''] ?? { name: 'text' };
  const format = characteristics.ele('format');
  format.ele('formatDesignation').ele('formatName').txt(known.name);
  if (known.pronom) {
    const registry = format.ele('formatRegistry');
    registry.ele('formatRegistryName').txt('PRONOM');
    registry.ele('formatRegistryKey').txt(known.pronom);
    registry.ele('formatRegistryRole').txt('specification');
  }
  element.ele('originalName').txt(text(file.name));
  const location = element.ele('storage').ele('contentLocation');
  location.ele('contentLocationType').txt('path in package');
  location.ele('contentLocationValue').txt(text(path));
  relate(element, 'structural', 'is included in', passId);
  if (source) relate(element, 'derivation', 'has source', source.id);
}

function describeEvent(
  premis: XMLBuilder,
  event: LogEvent,
  dossier: Dossier,
  packaging: PackageContext['software'],
): void {
  const told = premisEventOf(event, dossier);
  const element = premis.ele('event');
  const identifier = element.ele('eventIdentifier');
  identifier.ele('eventIdentifierType').txt('UUID');
  identifier.ele('eventIdentifierValue').txt(event.eventUuid);
  element.ele('eventType').txt(told.type);
  element.ele('eventDateTime').txt(event.occurredAt);
  element.ele('eventDetailInformation').ele('eventDetail').txt(text(told.detail));
  if (told.outcome) {
    const outcome = element.ele('eventOutcomeInformation');
    outcome.ele('eventOutcome').txt(told.outcome);
    for (const note of told.notes)
      outcome.ele('eventOutcomeDetail').ele('eventOutcomeDetailNote').txt(text(note));
  }
  for (const { identifierType, id, role } of agentsOf(event, dossier, packaging)) {
    const link = element.ele('linkingAgentIdentifier');
    link.ele('linkingAgentIdentifierType').txt(identifierType);
    link.ele('linkingAgentIdentifierValue').txt(text(id));
    link.ele('linkingAgentRole').txt(role);
  }
  for (const [id, role] of told.objects) {
    const link = element.ele('linkingObjectIdentifier');
    link.ele('linkingObjectIdentifierType').txt('UUID');
    link.ele('linkingObjectIdentifierValue').txt(id);
    link.ele('linkingObjectRole').txt(role);
  }
}

function describeAgents(premis: XMLBuilder, dossier: Dossier, packaging: PackageContext['software']): void {
  const links = dossier.events.flatMap((event) => agentsOf(event, dossier, packaging));
  const idsOf = (role: AgentLink['role']) =>
    new Set(links.filter((link) => link.role === role).map(({ id }) => id));
  for (const id of idsOf('implementer')) describeAgent(premis, 'UUID', id, dossier.personName(id), 'person');
  for (const id of idsOf('station')) describeAgent(premis, 'UUID', id, 'Helical station', 'hardware');
  for (const software of softwareOf(dossier, packaging)) {
    describeAgent(premis, 'local', softwareId(software), software.name, 'software', software.version);
  }
}

function describeAgent(
  premis: XMLBuilder,
  identifierType: string,
  id: string,
  name: string,
  type: 'person' | 'software' | 'hardware',
  version?: string,
): void {
  const agent = premis.ele('agent');
  const identifier = agent.ele('agentIdentifier');
  identifier.ele('agentIdentifierType').txt(identifierType);
  identifier.ele('agentIdentifierValue').txt(text(id));
  agent.ele('agentName').txt(text(name));
  agent.ele('agentType').txt(type);
  if (version) agent.ele('agentVersion').txt(text(version));
}

/** XML 1.0 has no way to write most control characters, not even escaped: a note with one must not spoil the package. */
function text(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are exactly the ones that XML 1.0 leaves out.
  return value.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\uFFFD');
}
