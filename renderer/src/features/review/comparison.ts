import { create } from 'zustand';
import type { Alignment } from '#shared/domain/alignment.ts';
import type { VideoFormat } from '#shared/domain/formats.ts';
import type { PassId } from '#shared/domain/ids.ts';
import type { PassFile } from '#shared/domain/pass.ts';
import type { PictureRole } from '#shared/domain/picture-planes.ts';
import { type ReferenceBars, referenceBars } from '#shared/domain/reference-bars.ts';
import { engine } from '../../api/client.ts';
import { nextZoom, type Point, type View, wholePicture, type Zoom } from '../../ui/picture/layout.ts';

/** How A and B are shown; the figures 1 to 9 choose them in this order. */
export const viewModes = [
  'beside',
  'wipe',
  'stacked',
  'blink',
  'difference',
  'amplified',
  'signed',
  'checkerboard',
  'alone',
] as const;
export type ViewMode = (typeof viewModes)[number];

/** Both fields woven together, or the lines of the one that comes first (A) or second (B) in time. */
export const fieldChoices = ['frame', 'A', 'B'] as const;
export type FieldChoice = (typeof fieldChoices)[number];

/** A pass as far as its pictures go. */
export interface ComparedPass {
  id: PassId;
  passNumber: number;
  frames: number;
  video: Pick<VideoFormat, 'width' | 'height' | 'frameRate' | 'fieldOrder'>;
  /** Its access copy, which can be made anew while the pass is open; null: none, or none that is looked at. */
  accessFileId: PassFile['id'] | null;
}

/** What stands against the master of the pass that is reviewed. */
export type SideB =
  | { kind: 'none' }
  | { kind: 'access' }
  | { kind: 'pass'; pass: ComparedPass }
  | { kind: 'held'; pass: ComparedPass; role: PictureRole; frame: number }
  | { kind: 'bars'; pattern: ReferenceBars };

/** What was found when B was laid on A. */
export type Aligning =
  | { state: 'none' }
  | { state: 'asking' }
  | { state: 'found'; alignment: Alignment }
  | { state: 'failed'; error: unknown };

export interface Comparison {
  /** The pass that is reviewed; null before it is open. */
  subject: ComparedPass | null;
  b: SideB;
  /** All that B can be, but held frames. */
  choices: readonly SideB[];
  /** Frames by which B is shifted by hand: above 0, B shows what comes later in it. */
  shiftFrames: number;
  aligning: Aligning;
  mode: ViewMode;
  /** True: A and B have changed places on the screen. */
  isSwapped: boolean;
  onlyLuma: boolean;
  field: FieldChoice;
  view: View;
  /** Where the wipe stands, in parts of the picture's width. */
  wipe: number;
}

const atFirst = {
  b: { kind: 'none' },
  shiftFrames: 0,
  aligning: { state: 'none' },
  isSwapped: false,
  field: 'frame',
  view: wholePicture,
  wipe: 0.5,
} satisfies Partial<Comparison>;

export const useComparison = create<Comparison>()(() => ({
  subject: null,
  choices: [{ kind: 'none' }],
  mode: 'beside',
  onlyLuma: false,
  ...atFirst,
}));

const { getState: get, setState: set } = useComparison;

/** What keys and buttons do to the two pictures. */
export const comparison = {
  /** Opens a pass with what can stand against it. What B is stays where it is the same pass that is read again. */
  open(subject: ComparedPass, against: { hasAccess: boolean; others: readonly ComparedPass[] }): void {
    const isSame = get().subject?.id === subject.id;
    set({ subject, choices: choicesOf(against), ...(isSame ? {} : atFirst) });
  },
  close(): void {
    set({ subject: null, choices: [{ kind: 'none' }], ...atFirst });
  },
  hasB: () => get().subject !== null && get().b.kind !== 'none',
  choose(b: SideB): void {
    set({
      b,
      shiftFrames: 0,
      aligning: { state: 'none' },
      isSwapped: b.kind === 'none' ? false : get().isSwapped,
    });
  },
  setMode(mode: ViewMode): void {
    set({ mode });
  },
  /** The next thing that B can be, after the last one nothing again. */
  nextB(): void {
    const { choices, b } = get();
    const at = choices.findIndex((choice) => choiceName(choice) === choiceName(b));
    const next = choices[(at + 1) % choices.length];
    if (next) comparison.choose(next);
  },
  canShift: () => get().b.kind === 'pass' || get().b.kind === 'access',
  /** B shows its frames earlier or later against A. */
  shift(byFrames: number): void {
    if (comparison.canShift()) set((before) => ({ shiftFrames: before.shiftFrames + byFrames }));
  },
  unshift(): void {
    set({ shiftFrames: 0, aligning: { state: 'none' } });
  },
  swap(): void {
    if (comparison.hasB()) set((before) => ({ isSwapped: !before.isSwapped }));
  },
  toggleLuma(): void {
    set((before) => ({ onlyLuma: !before.onlyLuma }));
  },
  setField(field: FieldChoice): void {
    set({ field });
  },
  nextField(): void {
    const at = fieldChoices.indexOf(get().field);
    set({ field: fieldChoices[(at + 1) % fieldChoices.length] ?? 'frame' });
  },
  look(view: View): void {
    set({ view });
  },
  zoom(zoom: Zoom): void {
    set((before) => ({ view: { zoom, centre: before.view.centre } }));
  },
  /** One step; inwards to a point, in parts of the picture, where there is one. */
  zoomStep(direction: 1 | -1, point: Point | null): void {
    const { view } = get();
    const centre = direction > 0 && point ? point : view.centre;
    set({ view: { zoom: nextZoom(view.zoom, direction), centre } });
  },
  setWipe(wipe: number): void {
    set({ wipe: Math.min(1, Math.max(0, wipe)) });
  },
  canAlign: () => get().b.kind === 'pass',
  /** Asks the engine which frames of B show what A shows. What is found holds unless B was changed meanwhile. */
  async align(): Promise<void> {
    const { subject, b } = get();
    if (!subject || b.kind !== 'pass') return;
    set({ aligning: { state: 'asking' }, shiftFrames: 0 });
    const found = await engine.compare.align({ passIdA: subject.id, passIdB: b.pass.id }).then(
      (alignment): Aligning => ({ state: 'found', alignment }),
      (error: unknown): Aligning => ({ state: 'failed', error }),
    );
    if (get().b === b && get().aligning.state === 'asking') set({ aligning: found });
  },
};

function choicesOf(against: { hasAccess: boolean; others: readonly ComparedPass[] }): SideB[] {
  return [
    { kind: 'none' },
    ...(against.hasAccess ? [{ kind: 'access' } as const] : []),
    ...against.others.map((pass) => ({ kind: 'pass', pass }) as const),
    ...referenceBars.map((pattern) => ({ kind: 'bars', pattern }) as const),
  ];
}

/** A name that no other choice has. */
export function choiceName(b: SideB): string {
  if (b.kind === 'pass') return `pass ${b.pass.id}`;
  if (b.kind === 'bars') return `bars ${b.pattern}`;
  return b.kind;
}
