/** The dialog that makes a new key: of which kind, and when it begins to sign. */
import { Radio, Select, Stack } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { FormModal } from '@/components/FormModal';
import { toast } from '@/components/toast';
import { useT } from '@/i18n/I18n';
import { type Kind, useRotate } from './queries';

type Props = { kind: Kind; isOpen: boolean; onClose: () => void };
type Values = { algorithm: 'EC' | 'RSA'; grace: string };

const hour = 3600;
/** In seconds, so that applications which keep the public keys for a day have seen the new one. */
const graces = { now: 0, hour, day: 24 * hour, week: 7 * 24 * hour };

export const RotateDialog = ({ kind, isOpen, onClose }: Props) => {
  const t = useT();
  const form = useForm<Values>({ defaultValues: { algorithm: 'EC', grace: 'day' } });
  const rotate = useRotate(kind);
  const hasChoice = kind === 'private-keys';
  const submit = async ({ algorithm, grace }: Values) => {
    const body = { signingKeyAlgorithm: algorithm, rotationGracePeriod: graces[grace as keyof typeof graces] };
    await rotate.mutateAsync(hasChoice ? body : {});
    toast(t('signingKeys.rotated'));
  };
  return (
    <FormModal
      isOpen={isOpen}
      onClose={onClose}
      title={t(`signingKeys.${kind}.rotate`)}
      description={t(`signingKeys.${kind}.rotateHint`)}
      form={form}
      onSubmit={submit}
      action={t('signingKeys.rotate')}
    >
      {hasChoice && (
        <>
          <Controller
            control={form.control}
            name="algorithm"
            render={({ field }) => (
              <Radio.Group label={t('signingKeys.algorithm')} {...field}>
                <Stack gap="xs" mt="xs">
                  <Radio value="EC" label={t('signingKeys.EC')} description={t('signingKeys.ECHint')} />
                  <Radio value="RSA" label={t('signingKeys.RSA')} description={t('signingKeys.RSAHint')} />
                </Stack>
              </Radio.Group>
            )}
          />
          <Controller
            control={form.control}
            name="grace"
            render={({ field }) => (
              <Select
                label={t('signingKeys.grace')}
                description={t('signingKeys.graceHint')}
                allowDeselect={false}
                data={Object.keys(graces).map((value) => ({
                  value,
                  label: t(`signingKeys.graces.${value as keyof typeof graces}`),
                }))}
                {...field}
              />
            )}
          />
        </>
      )}
    </FormModal>
  );
};
