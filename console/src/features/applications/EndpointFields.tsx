/** What the application is configured with: its identifier and where the server is. Nothing here can be changed. */
import { Button, Collapse, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { CopyableField } from '@/components/CopyButton';
import { FormSection } from '@/components/FormSection';
import { useT } from '@/i18n/I18n';
import { type Application, isMachine } from './application';
import { endpoints } from './endpoints';

export const EndpointFields = ({ application }: { application: Application }) => {
  const t = useT();
  const [isOpen, { toggle }] = useDisclosure(false);
  const { endpoint, issuer, discovery, authorization, token, userinfo, jwks } = endpoints();
  return (
    <FormSection title={t('applications.endpoints.title')} description={t('applications.endpoints.description')}>
      <CopyableField label={t('applications.fields.id')} value={application.id} />
      <CopyableField
        label={t('applications.endpoints.endpoint')}
        description={t('applications.endpoints.endpointHint')}
        value={endpoint}
      />
      <CopyableField
        label={t('applications.endpoints.issuer')}
        description={t('applications.endpoints.issuerHint')}
        value={issuer}
      />
      {isMachine(application) && <CopyableField label={t('applications.endpoints.token')} value={token} />}
      <div>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={toggle}
          aria-expanded={isOpen}
          rightSection={isOpen ? <IconChevronUp size={14} /> : <IconChevronDown size={14} />}
        >
          {t(isOpen ? 'applications.endpoints.fewer' : 'applications.endpoints.more')}
        </Button>
        <Collapse expanded={isOpen}>
          <Stack gap="md" mt="md">
            <CopyableField label={t('applications.endpoints.discovery')} value={discovery} />
            <CopyableField label={t('applications.endpoints.authorization')} value={authorization} />
            {!isMachine(application) && <CopyableField label={t('applications.endpoints.token')} value={token} />}
            <CopyableField label={t('applications.endpoints.userinfo')} value={userinfo} />
            <CopyableField label={t('applications.endpoints.jwks')} value={jwks} />
          </Stack>
        </Collapse>
      </div>
    </FormSection>
  );
};
