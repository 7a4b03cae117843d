/** A brand as forms hold it, and as the API does: there, what is not set is absent. */
export type Brand = {
  primaryColor: string;
  isDarkModeEnabled: boolean;
  darkPrimaryColor: string;
  logoUrl: string;
  darkLogoUrl: string;
  favicon: string;
  darkFavicon: string;
};

export type Color = { primaryColor?: string; isDarkModeEnabled?: boolean; darkPrimaryColor?: string };
export type Branding = { logoUrl?: string; darkLogoUrl?: string; favicon?: string; darkFavicon?: string };

export const brandOf = (color: Color, branding: Branding): Brand => ({
  primaryColor: color.primaryColor ?? '',
  isDarkModeEnabled: color.isDarkModeEnabled ?? false,
  darkPrimaryColor: color.darkPrimaryColor ?? '',
  logoUrl: branding.logoUrl ?? '',
  darkLogoUrl: branding.darkLogoUrl ?? '',
  favicon: branding.favicon ?? '',
  darkFavicon: branding.darkFavicon ?? '',
});

const set = <T extends object>(members: T): Partial<T> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== '')) as Partial<T>;

export const colorOf = ({ primaryColor, isDarkModeEnabled, darkPrimaryColor }: Brand): Color =>
  set({ primaryColor, isDarkModeEnabled, darkPrimaryColor });

export const brandingOf = ({ logoUrl, darkLogoUrl, favicon, darkFavicon }: Brand): Branding =>
  set({ logoUrl, darkLogoUrl, favicon, darkFavicon });
