/** The hosted pages as they would be with what the form says now. */
import { Box, Group, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile, IconMoon, IconSun } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Surface } from '@/components/Surface';
import { useI18n, useT } from '@/i18n/I18n';
import type { Experience } from '../experience';
import { languageName } from '../languages';
import { ownPhrasesQuery } from '../queries';
import { pageHtml, type Shown } from './page';
import { builtInPhrases, builtInTags, wordsOf } from './wording';

/** The server's own stylesheet, as it is in its folder. */
const stylesheets = import.meta.glob<string>('../../../../../crates/http/templates/pages.css', {
  query: '?raw',
  import: 'default',
});
const loadStylesheet = async () => (await Object.values(stylesheets)[0]?.()) ?? '';

type Width = 'phone' | 'wide';
/** The page is laid out at these sizes, and shown as small as the column is. */
const sizes: Record<Width, { width: number; height: number }> = {
  phone: { width: 390, height: 720 },
  wide: { width: 960, height: 720 },
};

export const Preview = ({ experience }: { experience: Experience }) => {
  const t = useT();
  const [width, setWidth] = useState<Width>('phone');
  const [shown, setShown] = useState<Shown>({
    page: experience.signInMode === 'Register' ? 'register' : 'sign-in',
    isDark: false,
    language: experience.languageInfo.fallbackLanguage,
  });
  const { data: own = [], isPending } = useQuery(ownPhrasesQuery);
  const { data: builtIn } = useQuery({
    queryKey: ['built-in-phrases', shown.language],
    queryFn: () => builtInPhrases(shown.language),
  });
  const { data: stylesheet } = useQuery({ queryKey: ['hosted-stylesheet'], queryFn: loadStylesheet });
  const translation = own.find(({ languageTag }) => languageTag === shown.language)?.translation ?? {};
  // The frame begins once, with everything: each new document in it is a navigation.
  const isReady = stylesheet !== undefined && builtIn !== undefined && !isPending;
  return (
    <Surface p="md" aria-label={t('signInExperience.preview.title')}>
      <Stack gap="sm">
        <Controls
          shown={shown}
          onShow={setShown}
          width={width}
          onWidth={setWidth}
          hasDark={experience.brand.isDarkModeEnabled}
          tags={[...new Set([...builtInTags, ...own.map(({ languageTag }) => languageTag)])].toSorted()}
        />
        {isReady && <Screen html={pageHtml({ experience, shown, t: wordsOf(builtIn, translation), stylesheet })} width={width} />}
        <Text size="xs" c="dimmed">
          {t('signInExperience.preview.hint')}
        </Text>
      </Stack>
    </Surface>
  );
};

const Screen = ({ html, width }: { html: string; width: Width }) => {
  const t = useT();
  const size = sizes[width];
  return (
    <Box
      mx="auto"
      w="100%"
      maw={width === 'phone' ? 340 : undefined}
      style={{
        containerType: 'inline-size',
        aspectRatio: `${size.width} / ${size.height}`,
        overflow: 'hidden',
        border: '1px solid var(--line)',
        borderRadius: 12,
      }}
    >
      <iframe
        title={t('signInExperience.preview.title')}
        srcDoc={html}
        // No scripts, and no forms that are sent. The origin is the console's, because a policy of its own would load pictures differently.
        sandbox="allow-same-origin"
        tabIndex={-1}
        style={{
          ...size,
          border: 0,
          transformOrigin: '0 0',
          // tan(atan2()) makes a number of two lengths.
          transform: `scale(tan(atan2(100cqw, ${size.width}px)))`,
        }}
      />
    </Box>
  );
};

type ControlsProps = {
  shown: Shown;
  onShow: (shown: Shown) => void;
  width: Width;
  onWidth: (width: Width) => void;
  hasDark: boolean;
  tags: string[];
};

const Controls = ({ shown, onShow, width, onWidth, hasDark, tags }: ControlsProps) => {
  const t = useT();
  const { tag } = useI18n();
  return (
    <Group gap="xs" justify="space-between">
      <SegmentedControl
        size="xs"
        aria-label={t('signInExperience.preview.page')}
        value={shown.page}
        onChange={(page) => onShow({ ...shown, page: page as Shown['page'] })}
        data={[
          { value: 'sign-in', label: t('signInExperience.preview.signIn') },
          { value: 'register', label: t('signInExperience.preview.register') },
        ]}
      />
      <Group gap="xs">
        <Select
          size="xs"
          w={150}
          aria-label={t('signInExperience.preview.language')}
          allowDeselect={false}
          value={shown.language}
          onChange={(language) => language && onShow({ ...shown, language })}
          data={tags.map((value) => ({ value, label: languageName(value, tag) }))}
        />
        {hasDark && (
          <SegmentedControl
            size="xs"
            aria-label={t('signInExperience.preview.scheme')}
            value={shown.isDark ? 'dark' : 'light'}
            onChange={(scheme) => onShow({ ...shown, isDark: scheme === 'dark' })}
            data={[
              { value: 'light', label: <IconSun size={14} aria-label={t('navigation.account.light')} /> },
              { value: 'dark', label: <IconMoon size={14} aria-label={t('navigation.account.dark')} /> },
            ]}
          />
        )}
        <SegmentedControl
          size="xs"
          aria-label={t('signInExperience.preview.size')}
          value={width}
          onChange={(value) => onWidth(value as Width)}
          data={[
            { value: 'phone', label: <IconDeviceMobile size={14} aria-label={t('signInExperience.preview.phone')} /> },
            { value: 'wide', label: <IconDeviceDesktop size={14} aria-label={t('signInExperience.preview.wide')} /> },
          ]}
        />
      </Group>
    </Group>
  );
};
