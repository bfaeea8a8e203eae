import type { i18n, TFunction } from 'i18next';

interface Profile {
  id: string;
  name: string;
  description: string;
}

/** What a profile is called: in the reader's language where it is one that Helical ships, else as its file says. */
export function profileName({ id, name }: Pick<Profile, 'id' | 'name'>, words: i18n, t: TFunction): string {
  return own(`profile.name.${id}`, name, words, t);
}

/** What a profile is for, in the same way. */
export function profileDescription(
  { id, description }: Pick<Profile, 'id' | 'description'>,
  words: i18n,
  t: TFunction,
): string {
  return own(`profile.description.${id}`, description, words, t);
}

function own(key: string, text: string, words: i18n, t: TFunction): string {
  // A station may have changed the file of a profile: then its words hold.
  const isShipped = words.exists(key) && words.getFixedT('en')(key as 'profile.name.analogue-sd') === text;
  return isShipped ? t(key as 'profile.name.analogue-sd') : text;
}
