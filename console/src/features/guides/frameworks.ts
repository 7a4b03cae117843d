/** What an application can be built with. Each has a guide in docs/guides/applications, of the same name. */
import {
  IconBrandCSharp,
  IconBrandGolang,
  IconBrandJavascript,
  IconBrandNextjs,
  IconBrandNodejs,
  IconBrandPython,
  IconBrandReact,
  IconBrandVue,
  IconCoffee,
  IconDeviceMobile,
  IconPlugConnected,
  IconRobot,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { ApplicationType } from '../applications/application';

export type Framework = {
  /** The file of its guide, without `.md`. */
  id: string;
  /** What it is called everywhere. Without one it is called as its type of application is, in the language of the page. */
  name?: string;
  /** What it is built with, as it is called everywhere. */
  detail: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  type: ApplicationType;
  /** Where its guide has people return to; nothing for machines. */
  redirectUri?: string;
  postLogoutRedirectUri?: string;
};

export const frameworks: Framework[] = [
  {
    id: 'react',
    name: 'React',
    detail: '@logto/react',
    icon: IconBrandReact,
    type: 'SPA',
    redirectUri: 'http://localhost:5173/callback',
    postLogoutRedirectUri: 'http://localhost:5173/',
  },
  {
    id: 'vue',
    name: 'Vue',
    detail: '@logto/vue',
    icon: IconBrandVue,
    type: 'SPA',
    redirectUri: 'http://localhost:5173/callback',
    postLogoutRedirectUri: 'http://localhost:5173/',
  },
  {
    id: 'javascript',
    name: 'JavaScript',
    detail: '@logto/browser',
    icon: IconBrandJavascript,
    type: 'SPA',
    redirectUri: 'http://localhost:5173/callback',
    postLogoutRedirectUri: 'http://localhost:5173/',
  },
  {
    id: 'next',
    name: 'Next.js',
    detail: '@logto/next',
    icon: IconBrandNextjs,
    type: 'Traditional',
    redirectUri: 'http://localhost:3000/callback',
    postLogoutRedirectUri: 'http://localhost:3000/',
  },
  {
    id: 'express',
    name: 'Express',
    detail: '@logto/express',
    icon: IconBrandNodejs,
    type: 'Traditional',
    redirectUri: 'http://localhost:3000/logto/sign-in-callback',
    postLogoutRedirectUri: 'http://localhost:3000',
  },
  {
    id: 'python',
    name: 'Python',
    detail: 'Flask, logto',
    icon: IconBrandPython,
    type: 'Traditional',
    redirectUri: 'http://localhost:5000/callback',
    postLogoutRedirectUri: 'http://localhost:5000/',
  },
  {
    id: 'go',
    name: 'Go',
    detail: 'net/http, logto-io/go',
    icon: IconBrandGolang,
    type: 'Traditional',
    redirectUri: 'http://localhost:8080/callback',
    postLogoutRedirectUri: 'http://localhost:8080/',
  },
  {
    id: 'java-spring-boot',
    name: 'Java Spring Boot',
    detail: 'Spring Security',
    icon: IconCoffee,
    type: 'Traditional',
    redirectUri: 'http://localhost:8080/login/oauth2/code/signet',
    postLogoutRedirectUri: 'http://localhost:8080/',
  },
  {
    id: 'dotnet',
    name: '.NET',
    detail: 'ASP.NET Core',
    icon: IconBrandCSharp,
    type: 'Traditional',
    redirectUri: 'http://localhost:5000/signin-oidc',
    postLogoutRedirectUri: 'http://localhost:5000/signout-callback-oidc',
  },
  {
    id: 'native',
    name: 'Android, iOS',
    detail: 'AppAuth',
    icon: IconDeviceMobile,
    type: 'Native',
    redirectUri: 'com.example.app:/callback',
    postLogoutRedirectUri: 'com.example.app:/signed-out',
  },
  {
    id: 'machine-to-machine',
    detail: 'client_credentials',
    icon: IconRobot,
    type: 'MachineToMachine',
  },
  {
    id: 'openid-connect',
    name: 'OpenID Connect',
    detail: 'PKCE',
    icon: IconPlugConnected,
    type: 'Traditional',
    redirectUri: 'http://localhost:3000/callback',
    postLogoutRedirectUri: 'http://localhost:3000/',
  },
];

export const frameworkOf = (id: string | undefined) => frameworks.find((framework) => framework.id === id);

/** The guides that fit a type. The one for any client of OpenID Connect fits all but machines. */
export const frameworksFor = (type: ApplicationType) =>
  frameworks.filter((framework) => framework.type === type || (framework.id === 'openid-connect' && type !== 'MachineToMachine'));
