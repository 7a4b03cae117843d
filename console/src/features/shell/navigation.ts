/** The entries of the navigation, in their groups. A new page is a row here and a file in routes/. */
import {
  IconAdjustments,
  IconBox,
  IconBuilding,
  IconBuildingCommunity,
  IconCertificate,
  IconCode,
  IconLayoutDashboard,
  IconListSearch,
  IconPalette,
  IconPlugConnected,
  IconShieldLock,
  IconUsers,
} from '@tabler/icons-react';
import type { LinkProps } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import type { PhraseKey } from '@/i18n/types';

type Entry = { to: LinkProps['to']; label: PhraseKey; icon: ComponentType<{ size?: number; stroke?: number }> };

type Group = { label: PhraseKey; entries: Entry[] };

export const navigationGroups: Group[] = [
  {
    label: 'navigation.groups.overview',
    entries: [{ to: '/dashboard', label: 'navigation.dashboard', icon: IconLayoutDashboard }],
  },
  {
    label: 'navigation.groups.authentication',
    entries: [{ to: '/sign-in-experience', label: 'navigation.signInExperience', icon: IconPalette }],
  },
  {
    label: 'navigation.groups.authorization',
    entries: [
      { to: '/applications', label: 'navigation.applications', icon: IconBox },
      { to: '/api-resources', label: 'navigation.apiResources', icon: IconPlugConnected },
      { to: '/roles', label: 'navigation.roles', icon: IconShieldLock },
      { to: '/organizations', label: 'navigation.organizations', icon: IconBuilding },
      { to: '/organization-template', label: 'navigation.organizationTemplate', icon: IconBuildingCommunity },
      { to: '/customize-jwt', label: 'navigation.customJwt', icon: IconCode },
    ],
  },
  {
    label: 'navigation.groups.users',
    entries: [{ to: '/users', label: 'navigation.users', icon: IconUsers }],
  },
  {
    label: 'navigation.groups.developer',
    entries: [
      { to: '/audit-logs', label: 'navigation.auditLogs', icon: IconListSearch },
      { to: '/signing-keys', label: 'navigation.signingKeys', icon: IconCertificate },
    ],
  },
  {
    label: 'navigation.groups.tenant',
    entries: [{ to: '/tenant-settings', label: 'navigation.tenantSettings', icon: IconAdjustments }],
  },
];
