/** The mark and the name. */
import { Group, Text } from '@mantine/core';

export const Mark = ({ size = 28 }: { size?: number }) => (
  <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
    <rect width="32" height="32" rx="8" fill="#0f7669" />
    <path
      d="M16 6.5a6.5 6.5 0 0 0-2.6 12.46L12.2 25h7.6l-1.2-6.04A6.5 6.5 0 0 0 16 6.5Z"
      fill="none"
      stroke="#fff"
      strokeWidth="2.2"
      strokeLinejoin="round"
    />
    <circle cx="16" cy="13" r="2.2" fill="#fff" />
  </svg>
);

export const Logo = () => (
  <Group gap={10} wrap="nowrap">
    <Mark />
    <Text fw={650} fz={17} lts="-0.01em">
      Signet
    </Text>
  </Group>
);
