import en from './en.json' with { type: 'json' };
import fr from './fr.json' with { type: 'json' };
import nl from './nl.json' with { type: 'json' };

/** The words of one language, by key. English is the measure: the others have the same keys. */
export type Messages = typeof en;

/** Every sentence the screens say, in each language they speak. */
export const messages: { en: Messages; nl: Messages; fr: Messages } = { en, nl, fr };
