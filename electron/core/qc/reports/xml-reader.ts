/** What stands in an XML document, in its order. */
export interface XmlVisitor {
  open(name: string, attributes: ReadonlyMap<string, string>): void;
  close?(name: string): void;
  text?(text: string): void;
  comment?(text: string): void;
}

/** Why a document is not read further. */
export class XmlFault extends Error {}

/** No tag, comment or run of text of the reports that are read is near so long. */
const longestToken = 1 << 20;
const tag = /^<(\/?)([^\s/>"'<=&]{1,200})((?:\s+[^\s/>"'<=&]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>$/;
const attribute = /([^\s/>"'<=&]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;

/**
 * Reads XML that comes in pieces of any size, keeping only what is open: reports of a long tape have hundreds of megabytes.
 * Elements, attributes, text, CDATA and comments; a DOCTYPE is refused, so that no entity can grow. Throws XmlFault.
 */
export function createXmlReader(visitor: XmlVisitor): {
  write(piece: string): void;
  /** Throws XmlFault where the document is cut. */
  end(): void;
} {
  let rest = '';
  const open: string[] = [];
  let hasRoot = false;

  function element(source: string): void {
    const found = tag.exec(source);
    const [, closing, name = '', attributes = '', empty] = found ?? [];
    if (!found || (closing && (attributes || empty))) throw new XmlFault(`not a tag: ${source.slice(0, 60)}`);
    if (closing) {
      if (open.pop() !== name) throw new XmlFault(`</${name.slice(0, 60)}> ends what is not open`);
      visitor.close?.(name);
      return;
    }
    if (open.length === 0 && hasRoot) throw new XmlFault('a second root');
    if (open.length >= 100) throw new XmlFault('elements within elements without end');
    hasRoot = true;
    visitor.open(name, attributes ? attributesOf(attributes) : none);
    if (empty) visitor.close?.(name);
    else open.push(name);
  }

  /** Handles what begins at `from`; where it ends, or -1 when that has not come yet. */
  function token(from: number): number {
    if (rest.startsWith('<!--', from)) {
      const end = rest.indexOf('-->', from + 4);
      if (end < 0) return -1;
      visitor.comment?.(rest.slice(from + 4, end));
      return end + 3;
    }
    if (rest.startsWith('<![CDATA[', from)) {
      const end = rest.indexOf(']]>', from + 9);
      if (end < 0) return -1;
      visitor.text?.(rest.slice(from + 9, end));
      return end + 3;
    }
    if (rest.startsWith('<?', from)) {
      const end = rest.indexOf('?>', from + 2);
      return end < 0 ? -1 : end + 2;
    }
    if (rest.startsWith('<!', from)) {
      // The nine characters of <![CDATA[ may not be there yet.
      if (rest.length - from < 9) return -1;
      throw new XmlFault('a DOCTYPE is not read');
    }
    const end = endOfTag(rest, from);
    if (end < 0) return -1;
    element(rest.slice(from, end));
    return end;
  }

  return {
    write(piece) {
      rest += piece;
      let at = 0;
      for (;;) {
        const next = rest.indexOf('<', at);
        if (next < 0) break;
        if (next > at) visitor.text?.(decode(rest.slice(at, next)));
        at = next;
        const end = token(next);
        if (end < 0) break;
        at = end;
      }
      rest = at === 0 ? rest : rest.slice(at);
      if (rest.length > longestToken) throw new XmlFault('something in it does not end');
    },
    end() {
      if (!hasRoot) throw new XmlFault('no element');
      if (open.length > 0 || rest.trim() !== '') throw new XmlFault('it ends too early');
    },
  };
}

const none: ReadonlyMap<string, string> = new Map();

/** Behind the `>` that ends the tag, which may stand in attributes too; -1 where it has not come yet. */
function endOfTag(text: string, from: number): number {
  let at = from;
  for (;;) {
    const end = text.indexOf('>', at);
    if (end < 0) return -1;
    const quotes = text.slice(at, end).match(/["']/g);
    if (!quotes) return end + 1;
    const closing = closingOf(text, at, end);
    if (closing === undefined) return end + 1;
    if (closing < 0) return -1;
    at = closing;
  }
}

/** Undefined when every quote before `end` is closed; else behind the quote that closes the open one, or -1. */
function closingOf(text: string, from: number, end: number): number | undefined {
  let at = from;
  for (;;) {
    const single = text.indexOf("'", at);
    const double = text.indexOf('"', at);
    const start = single < 0 ? double : double < 0 ? single : Math.min(single, double);
    if (start < 0 || start > end) return undefined;
    const close = text.indexOf(text[start] as string, start + 1);
    if (close < 0) return -1;
    if (close > end) return close + 1;
    at = close + 1;
  }
}

function attributesOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const [, name = '', double, single] of text.matchAll(attribute)) {
    found.set(name, decode(double ?? single ?? ''));
  }
  return found;
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decode(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));/g,
    (whole, hex, decimal, name) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
