import type { Phrases } from '@/i18n/types';

export const errors: Phrases['errors'] = {
  unreachable: '服务器没有响应。请检查连接后重试。',
  unexpected: '控制台发生了意外情况。',
  forbidden: '你的账户无权执行此操作。',
  server: '服务器出错（{status}）。请重试；如果一直失败，请查看服务器日志。',
  codes: {
    auth_unauthorized: '会话已失效，请重新登录。',
    auth_forbidden: '你的账户无权执行此操作。',
    entity_not_found: '它已不存在。',
    entity_not_exists: '它已不存在。',
    entity_not_exists_with_id: '它已不存在。',
    entity_relation_foreign_key_not_found: '所引用的内容已不存在。',
    entity_unique_integrity_violation: '已有相同的内容。',
    resource_resource_identifier_in_use: '另一个 API 资源已使用此标识符。',
    scope_name_exists: '此 API 资源已有同名权限。',
    scope_name_with_space: '权限名称不能包含空格。',
    role_name_in_use: '另一个角色已使用此名称。',
    user_username_already_in_use: '此用户名已被使用。',
    user_email_already_in_use: '此邮箱地址已被使用。',
    user_phone_already_in_use: '此电话号码已被使用。',
    request_message_rate_limited: '发送的消息过多，请稍后再试。',
  },
};
