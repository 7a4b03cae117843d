/** The administrator's own account and preferences. */
import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createFileRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { FormSection } from '@/components/FormSection';
import { Loaded } from '@/components/Loaded';
import { PageHeader } from '@/components/PageHeader';
import { PasswordDialog } from '@/features/profile/PasswordDialog';
import { Preferences } from '@/features/profile/Preferences';
import { ProfileForm } from '@/features/profile/ProfileForm';
import { type Myself, myselfQuery } from '@/features/profile/queries';
import { useT } from '@/i18n/I18n';

const ProfilePage = () => {
  const t = useT();
  return (
    <>
      <PageHeader title={t('profile.title')} description={t('profile.description')} />
      <Stack gap="lg">
        <Preferences />
        <Loaded query={useQuery(myselfQuery)}>
          {(myself) => (
            <>
              <Password myself={myself} />
              <ProfileForm myself={myself} />
            </>
          )}
        </Loaded>
      </Stack>
    </>
  );
};

const Password = ({ myself: { hasPassword = true } }: { myself: Myself }) => {
  const t = useT();
  const [isChanging, setChanging] = useState(false);
  return (
    <FormSection title={t('users.password.label')} description={t('profile.password.description')}>
      <div>
        <Button variant="default" onClick={() => setChanging(true)}>
          {t('profile.password.change')}
        </Button>
      </div>
      <PasswordDialog hasPassword={hasPassword} isOpen={isChanging} onClose={() => setChanging(false)} />
    </FormSection>
  );
};

export const Route = createFileRoute('/_app/profile')({ component: ProfilePage });
