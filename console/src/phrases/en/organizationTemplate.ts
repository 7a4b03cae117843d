/** The organization template: roles and permissions that all organizations share. */
export const organizationTemplate = {
  title: 'Organization template',
  description: 'Roles and permissions that every organization has. Who holds them is decided in each organization.',
  tabs: { roles: 'Organization roles', permissions: 'Organization permissions', rolePermissions: 'Permissions' },
  types: { User: 'User', MachineToMachine: 'Machine-to-machine' },
  typeHints: {
    User: 'For people who are members.',
    MachineToMachine: 'For machine-to-machine applications that are members.',
  },
  roles: {
    create: 'Create organization role',
    created: 'Organization role “{name}” created',
    search: 'Search roles',
    name: 'Role name',
    namePlaceholder: 'admin',
    descriptionPlaceholder: 'Administers the organization',
    for: 'Who can have it',
    permissions: 'Permissions',
    empty: {
      title: 'Describe who does what',
      description:
        'A role such as “admin” or “member” is a set of permissions. You make it once here, and give it to members of any organization.',
    },
  },
  permissions: {
    create: 'Create organization permission',
    created: 'Permission “{name}” created',
    saved: 'Permission “{name}” saved',
    edit: 'Edit organization permission',
    search: 'Search permissions',
    name: 'Permission',
    namePlaceholder: 'invite:member',
    nameHint: 'Without spaces. It appears in the scope of organization tokens.',
    nameInvalid: 'Spaces are not allowed',
    descriptionPlaceholder: 'Invite people into the organization',
    deleteTitle: 'Delete permission “{name}”?',
    deleteMessage: 'Roles that have it lose it, and so does everybody who has one of these roles.',
    deleted: 'Permission “{name}” deleted',
    empty: {
      title: 'No organization permissions yet',
      description:
        'They are about the organization itself, such as invite:member, and appear in organization tokens. What members may do with your APIs are permissions of API resources.',
    },
  },
  role: {
    id: 'Role ID',
    addOrganization: 'Add organization permissions',
    addApi: 'Add API permissions',
    added: { one: '{count} permission added', other: '{count} permissions added' },
    of: 'Of',
    ofOrganization: 'Organization',
    take: 'Remove permission',
    taken: 'Permission “{name}” removed',
    noOrganizationLeft: 'There is no organization permission that the role does not have.',
    noApiLeft: 'There is no API permission that the role does not have.',
    settingsHint: 'Claims scripts and organization claims see the name.',
    empty: {
      title: 'This role allows nothing yet',
      description:
        'Give it permissions of the organization, or of your APIs. Members with the role get them in tokens for their organization.',
    },
    delete: {
      action: 'Delete role',
      title: 'Delete “{name}”?',
      message: 'Members of all organizations who have it lose it, and with it what it allows.',
      done: 'Organization role “{name}” deleted',
    },
  },
};
