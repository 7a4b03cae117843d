/** What else can be done with a thing, behind three dots. */
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useT } from '@/i18n/I18n';

type Action = {
  label: string;
  icon?: ComponentType<{ size?: number }>;
  onClick: () => void;
  isDangerous?: boolean;
  isDisabled?: boolean;
};

type Props = { actions: Action[] /** What the actions are for: the row's name. */; label?: string; size?: 'sm' | 'lg' };

export const ActionMenu = ({ actions, label, size = 'sm' }: Props) => {
  const t = useT();
  const name = label ? t('common.actionsOf', { what: label }) : t('common.actions');
  return (
    <Menu position="bottom-end" withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon
          variant={size === 'lg' ? 'default' : 'subtle'}
          color="gray"
          size={size === 'lg' ? 36 : 'md'}
          aria-label={name}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ label: text, icon: Icon, onClick, isDangerous, isDisabled }) => (
          <Menu.Item
            key={text}
            onClick={onClick}
            {...(isDangerous && { color: 'red' })}
            disabled={isDisabled ?? false}
            leftSection={Icon && <Icon size={15} />}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};
