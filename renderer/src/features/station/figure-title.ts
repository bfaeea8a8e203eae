import type { TFunction } from 'i18next';

const plain = [
  ...(['luma-white', 'luma-black', 'chroma-gain', 'chroma-hue', 'noise-luma', 'noise-chroma'] as const),
  ...(['field-order', 'sample-aspect', 'frames-dropped', 'seconds', 'master-rate', 'disk-write'] as const),
  ...(['left-channel', 'audio-offset', 'audio-drift'] as const),
] as const;
const ofTone = ['level', 'frequency', 'distortion', 'phase'] as const;

/** What a figure of a self-test is, for a person; its id where it has no words. */
export function figureTitle(id: string, t: TFunction): string {
  const known = plain.find((one) => one === id);
  if (known) return t(`figure.${known}`);
  const [, channel = '', part] = /^tone-(\d+)-(.+)$/.exec(id) ?? [];
  const toneWord = ofTone.find((one) => one === part);
  if (toneWord) return t(`figure.tone.${toneWord}`, { channel });
  const [, colour, component] = /^bar-(.+)-(y|cb|cr)$/.exec(id) ?? [];
  if (colour && component) return t('figure.bar', { colour, component: componentNames[component] });
  return id;
}

const componentNames: Record<string, string> = { y: 'Y', cb: 'Cb', cr: 'Cr' };
