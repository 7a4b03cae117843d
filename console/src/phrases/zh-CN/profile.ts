import type { Phrases } from '@/i18n/types';

export const profile: Phrases['profile'] = {
  title: '个人资料',
  description: '你的管理员账号，以及控制台的显示方式。',
  account: { title: '账号', description: '其他管理员看到的信息。', usernameHint: '用它登录。' },
  password: {
    description: '用于登录此控制台。',
    change: '修改密码',
    old: '当前密码',
    again: '再次输入新密码',
    differ: '两次输入的密码不一致',
    changed: '密码已修改',
  },
  preferences: { title: '控制台', description: '保存在此浏览器中。' },
};
