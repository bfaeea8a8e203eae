/** How the bytes of an element are read. `data` is binary that is never kept; `head` keeps only its first bytes. */
export type ElementKind = 'master' | 'uint' | 'int' | 'float' | 'text' | 'date' | 'binary' | 'head' | 'data';

/** One row of the element table of RFC 9559 (Matroska) and RFC 8794 (EBML). */
export interface ElementDefinition {
  id: number;
  name: string;
  kind: ElementKind;
  /** Id of the master that may hold it; 0 for the top of the file. */
  parent: number;
}

export const ebmlHeaderId = 0x1a45dfa3;
export const segmentId = 0x18538067;
export const clusterId = 0x1f43b675;
export const crc32Id = 0xbf;
export const voidId = 0xec;

const kinds: Record<string, ElementKind> = {
  m: 'master',
  u: 'uint',
  i: 'int',
  f: 'float',
  t: 'text',
  d: 'date',
  b: 'binary',
  h: 'head',
  x: 'data',
};

/** Per master: its children as `id name kind`. */
const table: Record<string, string> = {
  '0': '1a45dfa3 EBML m,18538067 Segment m',
  '1a45dfa3':
    '4286 EBMLVersion u,42f7 EBMLReadVersion u,42f2 EBMLMaxIDLength u,42f3 EBMLMaxSizeLength u,4282 DocType t,4287 DocTypeVersion u,4285 DocTypeReadVersion u,4281 DocTypeExtension m',
  '4281': '4283 DocTypeExtensionName t,4284 DocTypeExtensionVersion u',
  '18538067':
    '114d9b74 SeekHead m,1549a966 Info m,1654ae6b Tracks m,1f43b675 Cluster m,1c53bb6b Cues m,1941a469 Attachments m,1043a770 Chapters x,1254c367 Tags m',
  '114d9b74': '4dbb Seek m',
  '4dbb': '53ab SeekID b,53ac SeekPosition u',
  '1549a966':
    '73a4 SegmentUUID b,7384 SegmentFilename t,3cb923 PrevUUID b,3c83ab PrevFilename t,3eb923 NextUUID b,3e83bb NextFilename t,4444 SegmentFamily b,6924 ChapterTranslate x,2ad7b1 TimestampScale u,4489 Duration f,4461 DateUTC d,7ba9 Title t,4d80 MuxingApp t,5741 WritingApp t',
  '1654ae6b': 'ae TrackEntry m',
  ae: 'd7 TrackNumber u,73c5 TrackUID u,83 TrackType u,b9 FlagEnabled u,88 FlagDefault u,55aa FlagForced u,55ab FlagHearingImpaired u,55ac FlagVisualImpaired u,55ad FlagTextDescriptions u,55ae FlagOriginal u,55af FlagCommentary u,9c FlagLacing u,6de7 MinCache u,6df8 MaxCache u,23e383 DefaultDuration u,234e7a DefaultDecodedFieldDuration u,23314f TrackTimestampScale f,537f TrackOffset i,55ee MaxBlockAdditionID u,41e4 BlockAdditionMapping x,536e Name t,22b59c Language t,22b59d LanguageBCP47 t,86 CodecID t,63a2 CodecPrivate b,258688 CodecName t,7446 AttachmentLink u,3a9697 CodecSettings t,3b4040 CodecInfoURL t,26b240 CodecDownloadURL t,aa CodecDecodeAll u,6fab TrackOverlay u,56aa CodecDelay u,56bb SeekPreRoll u,6624 TrackTranslate x,e0 Video m,e1 Audio m,e2 TrackOperation x,6d80 ContentEncodings x,c0 TrickTrackUID u,c1 TrickTrackSegmentUID b,c6 TrickTrackFlag u,c7 TrickMasterTrackUID u,c4 TrickMasterTrackSegmentUID b',
  e0: '9a FlagInterlaced u,9d FieldOrder u,53b8 StereoMode u,53c0 AlphaMode u,53b9 OldStereoMode u,b0 PixelWidth u,ba PixelHeight u,54aa PixelCropBottom u,54bb PixelCropTop u,54cc PixelCropLeft u,54dd PixelCropRight u,54b0 DisplayWidth u,54ba DisplayHeight u,54b2 DisplayUnit u,54b3 AspectRatioType u,2eb524 UncompressedFourCC b,2fb523 GammaValue f,2383e3 FrameRate f,55b0 Colour m,7670 Projection x',
  '55b0':
    '55b1 MatrixCoefficients u,55b2 BitsPerChannel u,55b3 ChromaSubsamplingHorz u,55b4 ChromaSubsamplingVert u,55b5 CbSubsamplingHorz u,55b6 CbSubsamplingVert u,55b7 ChromaSitingHorz u,55b8 ChromaSitingVert u,55b9 Range u,55ba TransferCharacteristics u,55bb Primaries u,55bc MaxCLL u,55bd MaxFALL u,55d0 MasteringMetadata x',
  e1: 'b5 SamplingFrequency f,78b5 OutputSamplingFrequency f,9f Channels u,7d7b ChannelPositions b,6264 BitDepth u,52f1 Emphasis u',
  '1f43b675':
    'e7 Timestamp u,5854 SilentTracks x,a7 Position u,ab PrevSize u,a3 SimpleBlock h,a0 BlockGroup m,af EncryptedBlock x',
  a0: 'a1 Block h,a2 BlockVirtual x,75a1 BlockAdditions x,9b BlockDuration u,fa ReferencePriority u,fb ReferenceBlock i,fd ReferenceVirtual i,a4 CodecState x,75a2 DiscardPadding i,8e Slices x,c8 ReferenceFrame x',
  '1c53bb6b': 'bb CuePoint m',
  bb: 'b3 CueTime u,b7 CueTrackPositions m',
  b7: 'f7 CueTrack u,f1 CueClusterPosition u,f0 CueRelativePosition u,b2 CueDuration u,5378 CueBlockNumber u,ea CueCodecState u,db CueReference x',
  '1941a469': '61a7 AttachedFile m',
  '61a7':
    '467e FileDescription t,466e FileName t,4660 FileMediaType t,465c FileData x,46ae FileUID u,4675 FileReferral b,4661 FileUsedStartTime u,4662 FileUsedEndTime u',
  '1254c367': '7373 Tag m',
  '7373': '63c0 Targets m,67c8 SimpleTag m',
  '63c0':
    '68ca TargetTypeValue u,63ca TargetType t,63c5 TagTrackUID u,63c9 TagEditionUID u,63c4 TagChapterUID u,63c6 TagAttachmentUID u',
  '67c8':
    '45a3 TagName t,447a TagLanguage t,447b TagLanguageBCP47 t,4484 TagDefault u,44b4 TagDefaultBogus u,4487 TagString t,4485 TagBinary b,67c8 SimpleTag m',
};

const definitions = new Map<number, ElementDefinition[]>();
for (const [parentHex, rows] of Object.entries(table)) {
  for (const row of rows.split(',')) {
    const [idHex = '', name = '', letter = ''] = row.split(' ');
    const kind = kinds[letter];
    if (!kind) throw new Error(`element table: ${row}`);
    const id = Number.parseInt(idHex, 16);
    const definition: ElementDefinition = { id, name, kind, parent: Number.parseInt(parentHex, 16) };
    definitions.set(id, [...(definitions.get(id) ?? []), definition]);
  }
}

/** The element `id` as a child of `parent` (0: the top of the file). CRC-32 and Void may be in any master. */
export function elementIn(parent: number, id: number): ElementDefinition | undefined {
  if (id === crc32Id) return { id, name: 'CRC-32', kind: 'binary', parent };
  if (id === voidId) return { id, name: 'Void', kind: 'data', parent };
  return definitions.get(id)?.find((definition) => definition.parent === parent);
}

/** The ids that stand directly in the Segment ("level 1"); all are four bytes long. */
export const levelOneIds: readonly number[] = [...definitions.values()]
  .flat()
  .filter((definition) => definition.parent === segmentId)
  .map((definition) => definition.id);

/** The field name of an element, for messages: `Cluster`, or its id in hex. */
export function elementName(id: number): string {
  return definitions.get(id)?.[0]?.name ?? (id === voidId ? 'Void' : `0x${id.toString(16)}`);
}
