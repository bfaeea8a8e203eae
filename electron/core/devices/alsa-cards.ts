/** A sound card as Linux knows it. */
export interface AlsaCard {
  index: number;
  /** Stays the same when cards are plugged in another order; ffmpeg takes it as `hw:CARD=ID,DEV=0`. */
  id: string;
  name: string;
  /** Numbers of the devices that record. */
  captureDevices: number[];
}

/** Reads /proc/asound/cards and /proc/asound/pcm (Linux, Documentation/sound/designs/procfile.rst). */
export function parseAlsaCards(cards: string, pcm: string): AlsaCard[] {
  const captures = pcm.split('\n').flatMap((line) => {
    const match = /^(\d{1,3})-(\d{1,3}): .{0,200}: capture \d/.exec(line);
    return match ? [{ card: Number(match[1]), device: Number(match[2]) }] : [];
  });
  return cards.split('\n').flatMap((line): AlsaCard[] => {
    const match = /^ ?(\d{1,3}) \[(\S{1,32}) *\]: (.{0,200})$/.exec(line);
    if (!match?.[2]) return [];
    const index = Number(match[1]);
    const [, name = match[2]] = (match[3] ?? '').split(' - ');
    const captureDevices = captures.filter(({ card }) => card === index).map(({ device }) => device);
    return [{ index, id: match[2], name: name.trim(), captureDevices }];
  });
}
