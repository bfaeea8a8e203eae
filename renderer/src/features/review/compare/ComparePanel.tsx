import type { Pass, PassFile } from '#shared/domain/pass.ts';
import { useComparison } from '../comparison.ts';
import { CertificatePanel } from './CertificatePanel.tsx';
import { PassesPanel } from './PassesPanel.tsx';

/** What the engine finds of A and B: the certificate of an access copy, or two passes that lie on each other. */
export function ComparePanel({
  pass,
}: {
  pass: Pick<Pass, 'id' | 'passNumber' | 'video'> & { files: readonly PassFile[] };
}) {
  const b = useComparison((compared) => compared.b);
  if (b.kind === 'access') return <CertificatePanel pass={pass} />;
  if (b.kind === 'pass') return <PassesPanel pass={pass} other={b.pass} />;
  return null;
}
