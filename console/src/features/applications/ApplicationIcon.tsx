/** A picture of the type of an application, so that lists can be read at a glance. */
import { ThemeIcon } from '@mantine/core';
import { IconBrowser, IconDeviceMobile, IconRobot, IconServer2 } from '@tabler/icons-react';
import type { ApplicationType } from './application';

export const typeIcons = {
  SPA: IconBrowser,
  Traditional: IconServer2,
  Native: IconDeviceMobile,
  MachineToMachine: IconRobot,
};

export const ApplicationIcon = ({ type }: { type: ApplicationType }) => {
  const Icon = typeIcons[type] ?? IconServer2;
  return (
    <ThemeIcon variant="light" size={34} radius="md">
      <Icon size={18} stroke={1.6} />
    </ThemeIcon>
  );
};
