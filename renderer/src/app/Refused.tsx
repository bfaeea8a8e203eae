import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty.tsx';

/** What stands in place of the screens when the engine does not know this browser. */
export function Refused() {
  const { t } = useTranslation();
  return <Empty>{t('connection.refused')}</Empty>;
}
