/** The settings of the API that the server itself offers: there to be read. */
import { CopyableField } from '@/components/CopyButton';
import { FormSection } from '@/components/FormSection';
import { useT } from '@/i18n/I18n';
import type { ApiResource } from './queries';

export const BuiltInSettings = ({ resource }: { resource: ApiResource }) => {
  const t = useT();
  return (
    <FormSection title={t('apiResources.general.title')} description={t('apiResources.general.builtIn')}>
      <CopyableField label={t('apiResources.fields.name')} value={resource.name} />
      <CopyableField label={t('apiResources.fields.indicator')} value={resource.indicator} />
      <CopyableField
        label={t('apiResources.fields.ttl')}
        description={t('apiResources.fields.ttlHint')}
        value={String(resource.accessTokenTtl)}
      />
    </FormSection>
  );
};
